"""The answer around a model's claims: verdicts, workflow, misfits, links are the program's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rigatino.answer.first import named, warning
from rigatino.answer.measures import KEPT, LABEL
from rigatino.answer.modelled.judging import Judged
from rigatino.answer.modelled.sections import SectionName
from rigatino.answer.papers import mechanism, misfits
from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Answer, Block, Section, Sentence
from rigatino.answer.second import flow_blocks, reply

#: in front of a paragraph that no source stands behind
GENERAL = "General background"


def assemble(
    offline: Answer, judged: tuple[Judged, ...], phrases: Phrases, measured: tuple[Sentence, ...]
) -> tuple[Section, ...]:
    """The three sections of the offline answer with the model's sentences in them."""
    first, second, third = offline.sections
    return (
        Section(first.heading, tuple(_first(offline, judged, phrases, measured))),
        Section(second.heading, tuple(_second(offline, judged, phrases))),
        third,
    )


def _first(
    offline: Answer, judged: tuple[Judged, ...], phrases: Phrases, measured: tuple[Sentence, ...]
) -> Iterator[Block]:
    """What does not fit and the task's name, the model's words, what was measured."""
    brief, rec = offline.brief, offline.recommendation
    yield Block("paragraph", (*warning(brief, rec, phrases), *named(rec, phrases)))
    yield from _runs(_of("task", judged))
    placed = {j.sentence for j in judged}
    kept = [block for block in offline.sections[0].blocks if block.label == KEPT]
    placed |= {sentence for block in kept for sentence in block.sentences}
    left = tuple(s for s in measured if s not in placed)
    if left:
        yield Block("paragraph", left, LABEL)
    yield from kept


def _second(offline: Answer, judged: tuple[Judged, ...], phrases: Phrases) -> Iterator[Block]:
    """The workflow, the model's words, what no claim speaks of, what does not fit."""
    brief, rec, flow = offline.brief, offline.recommendation, offline.workflow
    yield from flow_blocks(brief, rec, flow, phrases)
    how = _of("how", judged)
    yield from _runs(how)
    spoken_of = {cited for s in how for cited in s.cites}
    told = (s for s in mechanism(brief, rec, phrases) if s.cites[0] not in spoken_of)
    yield from _paragraph(told)
    if not how:
        yield from _paragraph(reply(brief, rec, phrases))
    yield from _paragraph(misfits(brief, rec, phrases))
    yield from _runs(_of("misfits", judged))


def _of(section: SectionName, judged: tuple[Judged, ...]) -> list[Sentence]:
    return [j.sentence for j in judged if j.sentence is not None and j.section == section]


def _paragraph(sentences: Iterable[Sentence]) -> Iterator[Block]:
    found = tuple(sentences)
    if found:
        yield Block("paragraph", found)


def _runs(sentences: list[Sentence]) -> Iterator[Block]:
    """A paragraph for each run of one origin, background and measured ones with a label."""
    labels = {"general": GENERAL, "measured": LABEL}
    for origin, run in groupby(sentences, key=lambda s: s.source):
        yield Block("paragraph", tuple(run), labels.get(origin))
