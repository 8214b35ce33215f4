"""The one place that knows the whole order."""

from __future__ import annotations

from rigatino.answer import Answer, write
from rigatino.brief import Brief, question_only
from rigatino.recommendation import recommend
from rigatino.workflow import compose


def answer(brief: Brief) -> Answer:
    """A brief goes in, an answer that can be published comes out."""
    recommendation = recommend(brief)
    return write(brief, recommendation, compose(recommendation))


def ask(question: str) -> Answer:
    """The task explained to somebody who has a question and no brief."""
    return answer(question_only(question))
