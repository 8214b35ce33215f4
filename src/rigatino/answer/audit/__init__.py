"""Any answer, whoever wrote it, held against its brief."""

from rigatino.answer.audit.auditor import audit_answer
from rigatino.answer.audit.record import CODES, Audit, Code, Finding, SentenceVerdict, Status
from rigatino.answer.audit.selftest import SelfTest, Trial, selftest

__all__ = [
    "CODES",
    "Audit",
    "Code",
    "Finding",
    "SelfTest",
    "SentenceVerdict",
    "Status",
    "Trial",
    "audit_answer",
    "selftest",
]
