"""What was measured in a restoration of the asker's file: fixed, filled in, contradicted."""

from __future__ import annotations

from collections.abc import Iterator

from rigatino.answer.measures import KEPT, UNDER
from rigatino.answer.record import Block, Sentence
from rigatino.answer.speaking import general
from rigatino.evidence import Evidence
from rigatino.evidence.telling import told

_OWN = "These figures are about what this program made of your file."
_GIVEN = "These figures are about the restoration that was handed in with your file."


def kept_block(evidence: Evidence, restored_here: bool) -> Block:
    """One paragraph; every figure points to its number in the evidence."""
    return Block("paragraph", tuple(_said(evidence, restored_here)), KEPT)


def _said(evidence: Evidence, restored_here: bool) -> Iterator[Sentence]:
    yield general(_OWN if restored_here else _GIVEN)
    for sentence in told(evidence):
        yield Sentence(sentence.text, "measured", measure=_places(sentence.cites))
    for at, alarm in enumerate(evidence.alarms):
        yield Sentence(alarm.words, "measured", measure=_places((f"/alarms/{at}/words",)))


def _places(cites: tuple[str, ...]) -> str:
    return " ".join(UNDER + cite for cite in cites)
