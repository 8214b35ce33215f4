"""The little that an audit has to know of an answer's language."""

from __future__ import annotations

import re
from functools import lru_cache

# The commonest small words of languages in Latin script; German is the one of them that
# writes every noun with a capital, so that a capital tells nothing there.
_SMALL_WORDS: dict[str, str] = {
    "en": "the of and to is that it for with are this not",
    "de": "der die das und ist nicht ein eine mit von den dem",
    "es": "el la los las de que y en un una es con por",
    "fr": "le la les des et est une dans pour que qui du",
    "it": "il lo la gli di che e un una per non con",
    "pt": "o a os as de que e um uma para com não",
}


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(small.split()) for name, small in _SMALL_WORDS.items()}


@lru_cache(maxsize=512)
def language_of(text: str) -> str:
    """``en``, ``de``, ``es``, ``fr``, ``it``, ``pt``, or ``other`` where none stands out."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    latin = [word for word in words if word[0] < "\u0250"]
    if len(latin) < 0.5 * len(words) or not words:
        return "other"
    counts = {name: sum(w in small for w in latin) for name, small in _small_words().items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 0.06 * len(latin) else "other"


def language_of_sentence(sentence: str, whole: str) -> str:
    """The language of a sentence; of the whole text where the sentence is too short to tell."""
    own = language_of(sentence) if len(sentence.split()) > 5 else "other"
    latin = sum(c.isascii() and c.isalpha() for c in sentence)
    told = own != "other" or latin < 0.5 * sum(c.isalpha() for c in sentence)
    return own if told else language_of(whole)


#: The languages in which a capital inside a sentence marks a name.
NOUNS_SMALL = frozenset(("en", "es", "fr", "it", "pt"))
