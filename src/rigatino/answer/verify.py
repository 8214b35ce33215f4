"""The one verifier, the same for every writer: each sentence is what it says it is.

* *brief*: it cites at least one item; its quote stands in the text, and at its span in
  the repaired source, to the letter; its link references exist.
* *measured*: it points into the diagnosis, and every figure in it is the one that stands
  there; what it quotes of the question stands there too.
* *general*: it holds no address, and no title or name of the brief's items.

Every sentence: no address outside a quote that is in the brief, and no instruction that
was planted in the brief.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rigatino.answer.measures import measured_fault, whole_record
from rigatino.answer.record import Answer, Sentence
from rigatino.brief import find_injections
from rigatino.errors import UnverifiedError

_ADDRESS = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|io|ai)\b/", re.IGNORECASE)


def verify(answer: Answer) -> None:
    """Raise for the first sentence that is not what it says it is."""
    names = [m.name for m in answer.brief.models] + [p.title for p in answer.brief.papers]
    measured = whole_record(
        None if answer.measured is None else answer.measured.to_json(),
        None if answer.evidence is None else answer.evidence.to_json(),
    )
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
    if s.quote or s.links or s.cites:
        return "background cites nothing"
    if any(len(name) > 12 and name in s.text for name in names):
        return "background names an item of the brief"
    return None


def _brief_fault(answer: Answer, s: Sentence) -> str | None:
    if not s.cites or s.quote is None or s.span is None:
        return "it does not say what it quotes"
    known = {source.id: source.text for source in answer.brief.sources}
    if any(cited not in known for cited in s.cites):
        return f"it cites {', '.join(s.cites)}, which the brief does not have"
    if known[s.cites[0]][slice(*s.span)] != s.quote:
        return f"the quote is not at {s.span} of {s.cites[0]}"
    if s.quote not in s.text:
        return "the quote is not in the sentence"
    whole = s.quote in (item.title for item in answer.brief.papers)  # a title is a name
    if s.cites[0] != "Q" and not whole and len(s.quote) > 60 and find_injections(s.quote):
        return "the quote is an instruction planted in the brief"
    return None
