"""The little that an audit has to know of an answer's language."""

from __future__ import annotations

import re
from functools import lru_cache

# The commonest small words of languages in Latin script; German is the one of them that
# writes every noun with a capital, so that a capital tells nothing there.
_SMALL_WORDS: dict[str, str] = {
    "en": "the of and to is that it for with are this not from by on",
    "de": "der die das und ist nicht ein eine mit von den dem auf im",
    "es": "el la los las de que en un una es con por se del",
    "fr": "le la les des et est une dans pour que qui du de en",
    "it": "il lo la gli di che un una per non con del è si",
    "pt": "os as de que um uma para com não em do da se",
}


_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(small.split()) for name, small in _SMALL_WORDS.items()}


def _counts(text: str) -> tuple[dict[str, int], int]:
    """How often each language's small words occur, and how many words in Latin script."""
    words = _WORD.findall(text.lower())
    latin = [word for word in words if word[0] < "\u0250"]
    if len(latin) < 0.5 * len(words):
        return {}, 0
    return {name: sum(w in small for w in latin) for name, small in _small_words().items()}, len(
        latin
    )


@lru_cache(maxsize=512)
def language_of(text: str) -> str:
    """``en``, ``de``, ``es``, ``fr``, ``it``, ``pt``, or ``other`` where none stands out."""
    counts, latin = _counts(text)
    best = max(counts, key=lambda name: counts[name], default="other")
    return best if latin and counts[best] >= 0.06 * latin else "other"


def language_of_sentence(sentence: str, whole: str) -> str:
    """The language of a sentence: that of the whole text unless another clearly stands out."""
    usual = language_of(whole)
    counts, latin = _counts(sentence)
    if not latin:
        return "other" if sum(c.isalpha() for c in sentence) > 8 else usual
    best = max(counts, key=lambda name: counts[name])
    clear = counts[best] >= max(2, 0.12 * latin) and counts[best] > counts.get(usual, 0) + 1
    return best if clear else usual


#: The languages in which a capital inside a sentence marks a name.
NOUNS_SMALL = frozenset(("en", "es", "fr", "it", "pt"))
