"""Any answer, whoever wrote it, held against its brief."""

from rigatino.answer.audit.auditor import audit_answer
from rigatino.answer.audit.reading import answer_text
from rigatino.answer.audit.record import CODES, Audit, Code, Finding, SentenceVerdict, Status
from rigatino.answer.audit.reporting import report_json, report_text, selftest_json, selftest_text
from rigatino.answer.audit.selftest import Selftest, Trial, run_selftest

__all__ = [
    "CODES",
    "Audit",
    "Code",
    "Finding",
    "Selftest",
    "SentenceVerdict",
    "Status",
    "Trial",
    "answer_text",
    "audit_answer",
    "report_json",
    "report_text",
    "run_selftest",
    "selftest_json",
    "selftest_text",
]
