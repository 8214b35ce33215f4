"""Where sentences end, with Markdown, links, titles and abbreviations respected."""

from __future__ import annotations

import re
from itertools import pairwise

# An end mark, closing quotes or brackets, and then a space before something that can
# begin a sentence; full-width marks need no space.
_END = re.compile(
    r"(?:[.!?…]+[\"”’')\]*_]*(?=\s+[\"“‘'(\[*_]*[^\W_a-z]|\s*$|\s+[\"“‘*_]))|[。！？]+[」』”]?"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|et al|approx|resp|fig|nr|dr|mr|mrs|prof|z\.B|d\.h|bzw|p\.ej|sra?)"
    r"|\b[A-Z])\.$",
    re.I,
)
_TRAILING_MARK = re.compile(
    r"\s+(?:[\[(][MP]\d+(?:\s*[,;–-]\s*[MP]?\d+)*[\])][,;\s]*)+(?=\s*$|\s+\W*[A-Z])"
)


def sentence_spans(
    text: str, start: int, end: int, kept_whole: tuple[tuple[int, int], ...] = ()
) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, in order and without outer space."""
    cuts = [start]
    for match in _END.finditer(text, start, end):
        cut = match.end()
        if _inside(cut, kept_whole) or _abbreviated(text, start, match):
            continue
        mark = _TRAILING_MARK.match(text, cut, end)
        cuts.append(mark.end() if mark else cut)
    cuts.append(end)
    spans = (_trimmed(text, a, b) for a, b in pairwise(cuts) if a < b)
    return [(a, b) for a, b in spans if any(c.isalnum() for c in text[a:b])]


def _inside(cut: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Inside a title, or right at the end of one that itself ends in a mark."""
    return any(a < cut <= b for a, b in spans)


def _abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    dotted = match.group().startswith(".") and len(match.group().rstrip("\"”’')]*_")) == 1
    return dotted and bool(
        _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
