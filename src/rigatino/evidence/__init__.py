"""What AFTER kept of BEFORE, what it filled in, what it contradicts."""

from rigatino.evidence.case import Told
from rigatino.evidence.compare import compare_files
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
    "Kind",
    "Map",
    "Maps",
    "Operator",
    "Pair",
    "Place",
    "Relation",
    "Sentence",
    "Shares",
    "Told",
    "compare_files",
    "report_text",
]
