"""Blanking out parts of a text at equal length, so that offsets stay."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.mentions import find_mentions
from rigatino.answer.audit.urls import find_links


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces in place of the spans."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without_links(text: str) -> str:
    """The text with its links blanked out."""
    return blanked(text, ((link.start, link.end) for link in find_links(text)))


@lru_cache(maxsize=1024)
def without_items(text: str, evidence: Evidence) -> str:
    """The text without links, and without marks, titles and names of the brief's items."""
    bare = without_links(text)
    return blanked(bare, ((m.start, m.end) for m in find_mentions(bare, evidence)))
