"""Where a model's quote stands in its source: to the letter, save for how it is typed."""

from __future__ import annotations

import re

from rigatino.answer.audit.splitting import sentence_spans
from rigatino.brief import Brief, find_injections

#: the stated repairs: quotation marks, dashes and runs of white space may be typed otherwise
_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_LEAST_WORDS = 3
_MOST_CHARACTERS = 2000


def find_quote(brief: Brief, source_id: str, quote: str) -> tuple[int, int] | None:
    """The whole sentences of the source in which a quote stands; None where it does not.

    A name or title counts whole. A quote cut out of a sentence is widened to it, so that a
    "not" cannot be left outside.
    """
    text = brief.source(source_id).text
    title = _title_length(brief, source_id)
    found = _found(text, quote.strip().strip('"“”'))
    if found is None:
        return None
    if found[1] <= title:
        whole = found == (0, title) or len(quote.split()) >= _LEAST_WORDS
        return (0, title) if whole else None
    if found[0] < title or len(quote.split()) < _LEAST_WORDS:
        return None
    start = title + 1 if title else 0
    sentences = sentence_spans(text, start, len(text))
    within = [s for s in sentences if s[0] < found[1] and found[0] < s[1]]
    return (within[0][0], within[-1][1]) if within else None


def holds_order(brief: Brief, source_id: str, span: tuple[int, int]) -> bool:
    """Whether a stretch of a source holds an order to whoever answers."""
    orders = find_injections(brief.source(source_id).text)
    return any(o.start < span[1] and span[0] < o.end for o in orders)


def _title_length(brief: Brief, source_id: str) -> int:
    """Of a paper's title or a model's name; 0 for the question."""
    for item in brief.papers:
        if item.id == source_id:
            return len(item.title)
    return next((len(m.name) for m in brief.models if m.id == source_id), 0)


def _found(text: str, quote: str) -> tuple[int, int] | None:
    words = quote.translate(_TYPED).split()
    if not words or len(quote) > _MOST_CHARACTERS:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text.translate(_TYPED))
    return match.span() if match else None
