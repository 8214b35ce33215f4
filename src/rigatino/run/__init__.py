"""Carry repairs out, and keep the record.

::

    asked(steps, model, …)   -> Asked      checked, in the order of repair
    prepare(source, asked)   -> Prepared   read, diagnosed, planned; refusals come here
    prepared.estimate()      -> Estimate   time and memory before it starts
    prepared.carry_out()     -> Restored   the picture and its RunRecord
    undone(network, …)       -> array      a known blur, undone
"""

from rigatino.run.alternatives import Alternative, Alternatives, alternatives, check_count
from rigatino.run.estimate import Estimate
from rigatino.run.evidence_only import keep_to_evidence
from rigatino.run.plan import SHORT, Plan, Planned, asked, plan
from rigatino.run.record import (
    SCHEMA,
    Asked,
    Consistent,
    Cut,
    Pass,
    Projected,
    RunRecord,
    Shape,
    Undone,
)
from rigatino.run.repair import Prepared, Restored, example_picture, prepare
from rigatino.run.reporting import report_text
from rigatino.run.target import Factors, Target, as_factors, as_size
from rigatino.run.undoing import undone

__all__ = [
    "SCHEMA",
    "SHORT",
    "Alternative",
    "Alternatives",
    "Asked",
    "Consistent",
    "Cut",
    "Estimate",
    "Factors",
    "Pass",
    "Plan",
    "Planned",
    "Prepared",
    "Projected",
    "Restored",
    "RunRecord",
    "Shape",
    "Target",
    "Undone",
    "alternatives",
    "as_factors",
    "as_size",
    "asked",
    "check_count",
    "example_picture",
    "keep_to_evidence",
    "plan",
    "prepare",
    "report_text",
    "undone",
]
