"""Splitting running text into sentences, with their places.

A full stop ends a sentence unless it belongs to a number, an initial or one of the
abbreviations below; a closing quotation mark or bracket stays with its sentence.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…。？！]+[\"'”’)\]]*(?=\s|$)|\n{2,}", re.UNICODE)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|et al|cf|vs|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|No|approx|resp|w\.r\.t|a\.k\.a"
    r"|Mr|Mrs|Ms|Dr|Prof|St)|\b[A-Z])\.$"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        stop = match.end()
        if _ABBREVIATION.search(text[start : match.start() + 1]) and text[stop:].strip():
            continue
        _keep(text, start, stop, spans)
        start = stop
    _keep(text, start, len(text), spans)
    return spans


def _keep(text: str, start: int, stop: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:stop]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, stop - (len(piece) - len(piece.rstrip()))))
