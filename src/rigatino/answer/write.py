"""The offline writer: an answer from a brief and its recommendation, no model needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rigatino.answer.first import task_blocks
from rigatino.answer.phrases import Phrases, headings, notice
from rigatino.answer.record import Answer, Block, Kept, Section
from rigatino.answer.second import work_blocks
from rigatino.answer.third import list_blocks
from rigatino.answer.verify import verify
from rigatino.brief import Brief
from rigatino.recommendation import Recommendation
from rigatino.tasks import language_of
from rigatino.workflow import Workflow

if TYPE_CHECKING:
    from rigatino.diagnosis import Diagnosis

#: Languages that the task cards and phrases exist in.
WRITTEN = ("en",)


def write(
    brief: Brief,
    recommendation: Recommendation,
    workflow: Workflow,
    measured: Diagnosis | None = None,
    kept: Kept | None = None,
) -> Answer:
    """Three sections; the result has passed the verifier.

    What was ``measured`` in the asker's file stands at the end of the first, and after it what a
    restoration ``kept`` of it.
    """
    phrases = Phrases(brief.question)
    first, second, third = headings()
    file = (*_file(brief, recommendation, measured, phrases), *_kept(kept))
    asked_in = language_of(brief.question)
    answer = Answer(
        brief=brief,
        recommendation=recommendation,
        workflow=workflow,
        language=asked_in if asked_in in WRITTEN else "en",
        language_note="" if asked_in in WRITTEN else notice(asked_in),
        sections=(
            Section(first, (*task_blocks(brief, recommendation, phrases), *file)),
            Section(second, work_blocks(brief, recommendation, workflow, phrases)),
            Section(third, list_blocks(brief, recommendation, phrases)),
        ),
        reported=_reported(brief),
        measured=measured,
        evidence=None if kept is None else kept.evidence,
    )
    verify(answer)
    return answer


def _file(
    brief: Brief, rec: Recommendation, measured: Diagnosis | None, phrases: Phrases
) -> tuple[Block, ...]:
    if measured is None:
        return ()
    # Only here, since reading pictures takes libraries that words do not need.
    from rigatino.answer.measured import measured_block

    return (measured_block(brief, rec, measured, phrases),)


def _kept(kept: Kept | None) -> tuple[Block, ...]:
    if kept is None:
        return ()
    from rigatino.answer.kept import kept_block

    return (kept_block(kept.evidence, kept.restored_here),)


def _reported(brief: Brief) -> tuple[str, ...]:
    """What the reader mended, inferred or found suspicious."""
    said = []
    for n in brief.notices:
        place = f" (line {n.line})" if n.line else ""
        said.append(f"{n.code}, {n.where}{place}: {n.message}")
    return tuple(said)
