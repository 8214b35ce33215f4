"""The one verifier, the same for every writer: each sentence is what it says it is.

* *brief*: it cites at least one item; its quote stands in the text, and at its span in
  the repaired source, to the letter; its link references exist.
* *measured*: it points into the diagnosis, and every figure in it is the one that stands
  there; what it quotes of the question stands there too.
  Written by a model, it restates its quote, and is held to it as in ``restating``.
* *general*: it holds no address, and no title or name of the brief's items; written by a
  model, it names nothing at all.

Every sentence: no address outside a quote that is in the brief, and no instruction that
was planted in the brief.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rigatino.answer.measures import measured_fault, record_of
from rigatino.answer.modules import module_sentences
from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Answer, Sentence
from rigatino.answer.restating import background_fault, is_appeal, restatement_fault
from rigatino.brief import Brief, find_injections
from rigatino.errors import UnverifiedError
from rigatino.recommendation import Recommendation

_ADDRESS = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|io|ai)\b/", re.IGNORECASE)


def verify(answer: Answer) -> None:
    """Raise for the first sentence that is not what it says it is."""
    names = [m.name for m in answer.brief.models] + [p.title for p in answer.brief.papers]
    measured = record_of(answer)
    for section in answer.sections:
        for sentence in section.sentences:
            reason = _fault(answer, sentence, names, measured)
            if reason:
                raise UnverifiedError(sentence.text, reason)


def _fault(
    answer: Answer, s: Sentence, names: list[str], measured: Mapping[str, Any] | None
) -> str | None:
    if _ADDRESS.search(s.text.replace(s.quote or "", "")):
        return "it writes an address, where links go by reference"
    if s.source == "measured":
        quoted = _brief_fault(answer, s) if s.quote is not None or s.cites else None
        return quoted or measured_fault(s, measured)
    if s.source == "brief":
        return _brief_fault(answer, s)
    return _general_fault(answer, s, names)


def _general_fault(answer: Answer, s: Sentence, names: list[str]) -> str | None:
    if s.quote or s.links or s.cites:
        return "background cites nothing"
    if any(len(name) > 12 and name in s.text for name in names):
        return "background names an item of the brief"
    if s.by == "model":
        return background_fault(s.text, answer.brief, answer.recommendation)
    return None


def _brief_fault(answer: Answer, s: Sentence) -> str | None:
    if not s.cites or s.quote is None or s.span is None:
        return "it does not say what it quotes"
    known = {source.id: source.text for source in answer.brief.sources}
    if any(cited not in known for cited in s.cites):
        return f"it cites {', '.join(s.cites)}, which the brief does not have"
    if known[s.cites[0]][slice(*s.span)] != s.quote:
        return f"the quote is not at {s.span} of {s.cites[0]}"
    if s.by == "model":
        return _planted(answer.brief, s) or restating_fault(answer.brief, answer.recommendation, s)
    return _quoting_fault(answer.brief, s, s.quote)


def _quoting_fault(brief: Brief, s: Sentence, quote: str) -> str | None:
    """Of a sentence that has its quote in it."""
    if quote not in s.text:
        return "the quote is not in the sentence"
    whole = quote in (item.title for item in brief.papers)  # a title is a name
    if s.cites[0] != "Q" and not whole and len(quote) > 60 and find_injections(quote):
        return "the quote is an instruction planted in the brief"
    return None


def _planted(brief: Brief, s: Sentence) -> str | None:
    """Whether a model's quote touches an order that was planted in its source."""
    start, end = s.span or (0, 0)
    orders = find_injections(brief.source(s.cites[0]).text)
    touched = any(o.start < end and start < o.end for o in orders)
    appeals = start > 0 and s.cites[0].startswith("P") and is_appeal(s.quote or "")
    return "the quote is an instruction planted in the brief" if touched or appeals else None


def restating_fault(brief: Brief, rec: Recommendation, s: Sentence) -> str | None:
    """Whether a model's sentence says more or other than what it quotes.

    A name says what the program reads in it: that is what a sentence about a module is held to.
    """
    source, quote = s.cites[0], s.quote or ""
    title = next((p.title for p in brief.papers if p.id == source), "")
    if source.startswith("M"):
        read = module_sentences(brief, rec, Phrases(brief.question))
        title, quote = quote, " ".join(m.text for m in read if source in m.cites)
    return restatement_fault(s.text, quote, title, source)
