"""The names and rare words of a sentence: only those of its quote, its title, or plain English."""

from __future__ import annotations

from functools import lru_cache

from rigatino.answer.audit.boilerplate import field_stems
from rigatino.answer.audit.evidence import Evidence, Item
from rigatino.answer.audit.mentions import GENERAL_TERMS
from rigatino.answer.audit.names import common_stems, outside_names
from rigatino.answer.audit.words import content_words, stem, words
from rigatino.tasks import rarity

#: A word less rare than this is plain English; names of products are rarer.
PLAIN = 0.86
_PREFIXES = ("re", "un", "over", "pre", "mis", "de", "non")
#: words that join sentences, and common verbs, which a list of common words may lack
_LINKING = frozenset(
    ("meanwhile", "afterwards", "moreover", "furthermore", "nevertheless", "nonetheless", "hence",
     "likewise", "somewhat", "whereby", "thereby", "thereof", "beforehand", "sideways", "upwards",
     "downwards", "guess", "guesses", "guessed", "guesswork", "smear", "smears", "smeared",
     "blurry", "crisp", "fuzzy", "mend", "mends", "mended", "rebuilt", "rebuild")
)  # fmt: skip


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
        if not plain and not _is_known(word, known) and not _is_a_form(word, given):
            return f"{word!r} is a word of its own"
    return None


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Plain English, maybe with a prefix: "reposted", "unclear"."""
    if min(rarity(word), rarity(stem(word))) < PLAIN:
        return True
    bare = (
        word.removeprefix(p) for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3
    )
    return any(w in _LINKING or stem(w) in known for w in (word, *bare))


def _is_a_form(word: str, given: frozenset[str]) -> bool:
    """Another form of a given word, as far as a beginning of five letters tells."""
    return len(word) > 6 and any(len(g) > 4 and g.startswith(word[:5]) for g in given)
