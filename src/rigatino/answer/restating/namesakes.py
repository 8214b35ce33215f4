"""The names and rare words of a sentence: only those of its quote, its title, or plain English."""

from __future__ import annotations

from functools import lru_cache

from rigatino.answer.audit.boilerplate import field_stems
from rigatino.answer.audit.evidence import Evidence, Item
from rigatino.answer.audit.mentions import GENERAL_TERMS
from rigatino.answer.audit.names import common_stems, outside_names
from rigatino.answer.audit.words import content_words, stem, words


@lru_cache(maxsize=64)
def _alone(title: str, quote: str) -> Evidence:
    """A brief that holds nothing but one quote."""
    item = Item("", title, f"{title}\n{quote}", ())
    return Evidence("", {"": item}, {"": frozenset({""})})


def names_fault(claim: str, quote: str, title: str) -> str | None:
    """A name, or a word too rare to be plain English, that stands in neither quote nor title."""
    named = next(iter(outside_names(claim, _alone(title, quote), capitals_tell=True)), None)
    if named is not None:
        return f"{claim[named.start : named.end]!r} is a name that its source does not give here"
    return rare_fault(claim, frozenset(stem(w) for w in words(f"{title}\n{quote}")))


def rare_fault(text: str, given: frozenset[str]) -> str | None:
    """A word that is neither given nor plain English nor the trade's own."""
    known = given | common_stems() | field_stems()
    for word in content_words(text):
        plain = word.isdigit() or word.upper() in GENERAL_TERMS
        if not plain and stem(word) not in known:
            return f"{word!r} is a word of its own"
    return None
