"""What AFTER kept of BEFORE, what it filled in, what it contradicts."""

from rigatino.evidence.case import Told
from rigatino.evidence.compare import compare_files
from rigatino.evidence.projecting import Held, ProjectionRecord, project_files, projection_text
from rigatino.evidence.proving import Proof, Trial, proof_text, prove_file
from rigatino.evidence.record import (
    CONSISTENT,
    NO_DETAIL,
    SCHEMA,
    Alarm,
    Box,
    Bytes,
    Claim,
    Evidence,
    Kind,
    Map,
    Maps,
    Operator,
    Pair,
    Place,
    Relation,
    Sentence,
    Shares,
)
from rigatino.evidence.reporting import report_text

__all__ = [
    "CONSISTENT",
    "NO_DETAIL",
    "SCHEMA",
    "Alarm",
    "Box",
    "Bytes",
    "Claim",
    "Evidence",
    "Held",
    "Kind",
    "Map",
    "Maps",
    "Operator",
    "Pair",
    "Place",
    "ProjectionRecord",
    "Proof",
    "Relation",
    "Sentence",
    "Shares",
    "Told",
    "Trial",
    "compare_files",
    "project_files",
    "projection_text",
    "proof_text",
    "prove_file",
    "report_text",
]
