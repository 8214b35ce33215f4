"""The one place that knows the whole order."""

from __future__ import annotations

from rigatino.answer import Answer, write
from rigatino.answer.audit import Audit, Selftest, audit_answer, run_selftest
from rigatino.brief import Brief, question_only
from rigatino.recommendation import recommend
from rigatino.workflow import compose


def answer_brief(brief: Brief) -> Answer:
    """A brief goes in, an answer that can be published comes out."""
    recommendation = recommend(brief)
    return write(brief, recommendation, compose(recommendation))


def ask(question: str) -> Answer:
    """The task explained to somebody who has a question and no brief."""
    return answer_brief(question_only(question))


def audit(text: str, brief: Brief) -> Audit:
    """Any answer, whoever wrote it, against its brief."""
    return audit_answer(text, brief, recommend(brief))


def selftest(text: str, brief: Brief) -> Selftest:
    """Corrupt an answer in known ways and see what the auditor misses."""
    return run_selftest(text, brief, recommend(brief))
