"""What becomes of each claim: it stands, its quote takes its place, it is background, or gone.

Verdicts are the program's: a claim may not rest on an item that does not fit, except where it is
said what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rigatino.answer.modelled.claims import Claim
from rigatino.answer.modelled.quotes import find_quote, holds_order
from rigatino.answer.modelled.sections import SectionName
from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Change, Sentence
from rigatino.answer.restating import (
    background_fault,
    holds_address,
    is_appeal,
    restates,
    without_addresses,
)
from rigatino.answer.speaking import quoting
from rigatino.answer.verify import restating_fault
from rigatino.brief import Brief
from rigatino.recommendation import Recommendation

_PLACEHOLDER = re.compile(r"\{F(\d{1,3})\}")
_MOST_BACKGROUND = 10
#: characters of a quote that may take a claim's place, and of a claim in the account
_MOST_QUOTED, _MOST_SHOWN = 700, 300


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, the sentence that it became (none if it was dropped), and the change if any."""

    claim: Claim
    section: SectionName
    sentence: Sentence | None
    change: Change | None


def judge_all(
    claims: tuple[Claim, ...],
    brief: Brief,
    rec: Recommendation,
    phrases: Phrases,
    measured: tuple[Sentence, ...],
) -> tuple[Judged, ...]:
    """Every claim judged, in order; nothing stands twice."""
    judge = _Judge(brief, rec, phrases, measured)
    return tuple(judge.judged(claim) for claim in claims)


class _Judge:
    """Remembers what stands already."""

    def __init__(
        self,
        brief: Brief,
        rec: Recommendation,
        phrases: Phrases,
        measured: tuple[Sentence, ...],
    ) -> None:
        self._brief, self._rec, self._phrases, self._measured = brief, rec, phrases, measured
        self._ids = frozenset(s.id for s in brief.sources)
        self._fits: dict[str, str] = {v.id: v.fit for v in rec.models}
        self._fits |= {v.id: v.fit for v in rec.papers}
        self._said: set[str] = set()
        self._quoted: set[tuple[str, tuple[int, int]]] = set()
        self._background = 0

    def judged(self, claim: Claim) -> Judged:
        """One claim."""
        fits = self._fits.get(claim.source or "", "")
        direct = claim.section == "misfits" and fits == "direct"
        section: SectionName = "how" if direct else claim.section
        sentence, change = self._outcome(claim, section)
        if sentence is not None and sentence.text in self._said:
            sentence, change = None, dropped(claim, "it stands in the answer already")
        if sentence is not None:
            self._said.add(sentence.text)
            self._background += sentence.source == "general"
        return Judged(claim, section, sentence, change)

    def _outcome(self, claim: Claim, section: SectionName) -> tuple[Sentence | None, Change | None]:
        if _PLACEHOLDER.search(claim.text):
            return self._placed(claim)
        if claim.source is None:
            fault = self._background_fault(claim)
            return (None, dropped(claim, fault)) if fault else (_background(claim), None)
        if claim.source not in self._ids:
            return self._demoted(claim, "it cites a source that the brief does not have")
        return self._sourced(claim, claim.source, section)

    def _sourced(
        self, claim: Claim, source: str, section: SectionName
    ) -> tuple[Sentence | None, Change | None]:
        """A claim with a source of the brief."""
        span = find_quote(self._brief, source, claim.quote or "")
        if span is None:
            unfound = f"its quote does not stand in {source}"
            given = (self._brief.source(source).text, self._brief.question)
            restated = any(restates(claim.text, text) for text in given)
            return (None, dropped(claim, unfound)) if restated else self._demoted(claim, unfound)
        quote = self._brief.source(source).text[slice(*span)]
        reason = next(self._unusable(source, section, quote, span), None)
        if reason:
            return None, dropped(claim, reason)
        sentence = Sentence(
            _marked(claim.text, source), "brief", (source,), quote, span, by="model"
        )
        fault = restating_fault(self._brief, self._rec, sentence)
        if fault is None:
            self._quoted.add((source, span))
            return sentence, None
        return self._in_its_words(claim, source, span, fault)

    def _unusable(
        self, source: str, section: SectionName, quote: str, span: tuple[int, int]
    ) -> Iterator[str]:
        """Why neither a claim nor its quote may stand here."""
        title = span[0] == 0  # a title is a name, whatever it says
        appeals = source.startswith("P") and not title and is_appeal(quote)
        if appeals or holds_order(self._brief, source, span):
            yield "its quote is or holds an order to the reader"
        if holds_address(quote) and span != (0, len(self._brief.source(source).text)):
            yield "its quote holds an address, where links go by reference"
        unfit = self._fits.get(source) in ("keyword-only", "unrelated", "none")
        if unfit and section != "misfits":
            yield f"{source} does not fit the question, and a model cannot change that verdict"

    def _in_its_words(
        self, claim: Claim, source: str, span: tuple[int, int], fault: str
    ) -> tuple[Sentence | None, Change | None]:
        """The quote in the claim's place."""
        if source.startswith("M"):
            return None, dropped(claim, f"{fault}; what its name says is said by the program")
        if (source, span) in self._quoted:
            return None, dropped(claim, f"{fault}; its quote stands in the answer already")
        if span[1] - span[0] > _MOST_QUOTED:
            return None, dropped(claim, f"{fault}; its quote is too long to take its place")
        self._quoted.add((source, span))
        key = "you_wrote" if source == "Q" else "in_its_words"
        sentence = quoting(self._brief, self._phrases, key, source, span)
        return sentence, _change("quoted", claim, sentence.text, fault)

    def _demoted(self, claim: Claim, fault: str) -> tuple[Sentence | None, Change | None]:
        """Background, where a claim without a true source names nothing."""
        if self._background_fault(claim):
            return None, dropped(claim, fault)
        return _background(claim), _change("general", claim, claim.text, fault)

    def _background_fault(self, claim: Claim) -> str | None:
        if self._background >= _MOST_BACKGROUND:
            return "there is background enough"
        return background_fault(claim.text, self._brief, self._rec)

    def _placed(self, claim: Claim) -> tuple[Sentence | None, Change | None]:
        """A measured sentence where the model wants it; its words are not the model's to choose."""
        match = _PLACEHOLDER.search(claim.text)
        number = int(match.group(1)) if match else 0
        if not 0 < number <= len(self._measured):
            return None, dropped(claim, "there is no measured figure of that number")
        sentence = self._measured[number - 1]
        if match and match.group() == claim.text:
            return sentence, None
        fault = "a measured figure stands in the program's own words"
        return sentence, _change("quoted", claim, sentence.text, fault)


def dropped(claim: Claim, why: str) -> Change:
    """The account of a claim that is gone."""
    return _change("dropped", claim, "", why)


def _change(
    what: Literal["quoted", "general", "dropped"], claim: Claim, after: str, why: str
) -> Change:
    """The account of a change; addresses and control characters are not repeated in it."""
    before = without_addresses(claim.text[: _MOST_SHOWN + 1])
    shown = before if len(before) <= _MOST_SHOWN else before[:_MOST_SHOWN] + "…"
    source = claim.source if re.fullmatch(r"Q|[MP]\d{1,3}", claim.source or "") else None
    return Change(what, claim.section, source, shown, after, without_addresses(why[:_MOST_SHOWN]))


def _background(claim: Claim) -> Sentence:
    return Sentence(claim.text, "general", by="model")


def _marked(text: str, source: str) -> str:
    """With the mark of its source in front of the full stop, unless it stands there already."""
    if source == "Q" or f"[{source}]" in text:
        return text
    body = text.rstrip(".!?")
    return f"{body} [{source}]{text[len(body) :] or '.'}"
