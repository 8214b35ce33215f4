"""The offline writer: an answer from a brief and its recommendation, no model needed."""

from __future__ import annotations

from rigatino.answer.first import task_blocks
from rigatino.answer.phrases import Phrases, headings, notice
from rigatino.answer.record import Answer, Section
from rigatino.answer.second import work_blocks
from rigatino.answer.third import list_blocks
from rigatino.answer.verify import verify
from rigatino.brief import Brief
from rigatino.recommendation import Recommendation
from rigatino.tasks import language_of
from rigatino.workflow import Workflow

#: Languages that the task cards and phrases exist in.
WRITTEN = ("en",)


def write(brief: Brief, recommendation: Recommendation, workflow: Workflow) -> Answer:
    """Three sections; the result has passed the verifier."""
    phrases = Phrases(brief.question)
    first, second, third = headings()
    asked_in = language_of(brief.question)
    answer = Answer(
        brief=brief,
        recommendation=recommendation,
        workflow=workflow,
        language=asked_in if asked_in in WRITTEN else "en",
        language_note="" if asked_in in WRITTEN else notice(asked_in),
        sections=(
            Section(first, task_blocks(brief, recommendation, phrases)),
            Section(second, work_blocks(brief, recommendation, workflow, phrases)),
            Section(third, list_blocks(brief, recommendation, phrases)),
        ),
        reported=_reported(brief),
    )
    verify(answer)
    return answer


def _reported(brief: Brief) -> tuple[str, ...]:
    """What the reader mended, inferred or found suspicious."""
    said = []
    for n in brief.notices:
        place = f" (line {n.line})" if n.line else ""
        said.append(f"{n.code}, {n.where}{place}: {n.message}")
    return tuple(said)
