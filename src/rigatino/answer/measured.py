"""What was measured in the asker's own file, and how that goes with the asker's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rigatino.answer.measures import LABEL
from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Block, Sentence
from rigatino.brief import Brief
from rigatino.diagnosis import REPAIRS, Diagnosis, Finding, by_importance, sureness
from rigatino.recommendation import Recommendation, TaskGuess
from rigatino.tasks import card

#: so many sentences of evidence for each thing found
_MOST = 2


def measured_block(brief: Brief, rec: Recommendation, found: Diagnosis, phrases: Phrases) -> Block:
    """One paragraph: words against file, what was found, what to do, what a JPEG still knows."""
    said = [
        *_compared(brief, rec, found, phrases),
        *_findings(found, phrases),
        *_advice(rec, found),
        *_clues(found),
    ]
    return Block("paragraph", tuple(said), LABEL)


def _compared(
    brief: Brief, rec: Recommendation, found: Diagnosis, phrases: Phrases
) -> Iterator[Sentence]:
    """Whether the file's problem is the one that the question speaks of.

    Only of repairs: that a picture is to be described or made up is no statement about a file.
    """
    damages = _damages(rec)
    if not damages:
        return
    task = damages[0].slug
    key, place = _case(task, {guess.slug for guess in damages}, found)
    span = _word(brief.question, damages[0].because)
    quote = brief.question[slice(*span)] if span else None
    first = found.verdict.steps[0].finding if found.verdict.steps else ""
    word = f' ("{quote}")' if quote else ""
    text = phrases.say(key, word=word, name=card(task).name, first=first)
    yield Sentence(text, "measured", ("Q",) if quote else (), quote, span, measure=place)


def _case(task: str, spoken_of: set[str], found: Diagnosis) -> tuple[str, str]:
    """The phrase for how words and file stand to each other, and what it points to."""
    first = "/verdict/steps/0/finding"
    repaired = [step.task for step in found.verdict.steps]
    if spoken_of & set(repaired):
        return ("agree" if repaired[0] in spoken_of else "agree_later"), first
    unseen = "" if _looked(task, found) else "_unseen"
    if repaired:
        return f"differ{unseen}", first
    return f"nothing_there{unseen}", "/verdict/leave_alone"


def _looked(task: str, found: Diagnosis) -> bool:
    """Whether a detector could tell that the file does not need this repair."""
    asked = {repair.finding for repair in REPAIRS if repair.task == task}
    return any(f.name in asked and not f.refused for f in found.findings)


def _word(question: str, because: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the most telling of the deciding words stands in the question."""
    for word in because:
        hit = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", question, re.IGNORECASE)
        if hit:
            return hit.span()
    return None


def _findings(found: Diagnosis, phrases: Phrases) -> Iterator[Sentence]:
    """Each thing found, the most important first, in the detector's own words."""
    places = {finding.name: at for at, finding in enumerate(found.findings)}
    for finding in by_importance(found):
        yield from _finding(finding, f"/findings/{places[finding.name]}", phrases)


def _finding(finding: Finding, place: str, phrases: Phrases) -> Iterator[Sentence]:
    text = phrases.say("found", name=finding.name, sure=sureness(finding.confidence))
    yield _measured(text, f"{place}/name")
    for at, said in enumerate(finding.evidence[:_MOST]):
        yield _measured(said, f"{place}/evidence/{at}")


def _advice(rec: Recommendation, found: Diagnosis) -> Iterator[Sentence]:
    """What to do; not "leave it alone" where the damage asked about could not be looked for."""
    unseen = any(not _looked(guess.slug, found) for guess in _damages(rec))
    if not (found.verdict.leave_alone and unseen):
        yield _measured(found.verdict.sentence, "/verdict/sentence")


def _damages(rec: Recommendation) -> list[TaskGuess]:
    """The repairs that the question speaks of, the main one first."""
    return [guess for guess in rec.tasks if card(guess.slug).group == "restoration"]


def _clues(found: Diagnosis) -> Iterator[Sentence]:
    if found.clues is not None:
        yield _measured(found.clues.sentence, "/clues/nonzero")
        yield _measured(found.clues.levels_sentence, "/clues/squares")


def _measured(text: str, place: str) -> Sentence:
    return Sentence(text, "measured", measure=place)
