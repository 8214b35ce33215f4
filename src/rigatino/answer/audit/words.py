"""Words of a text: tokens with their places, stems, and the words that carry no content.

The stemmer is deliberately light. It only has to bring together what one writer calls
"enlarging" and another "enlarges", and the British and American spelling of a word; where
it is in doubt it leaves a word alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rigatino.answer.audit.wordlists import wordlist

#: Words that say nothing about a subject (English; other languages keep all their words).
STOPWORDS = wordlist("stopwords")

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)?")

# Longest first; the second entry is what stays in place of the ending.
_ENDINGS = (
    ("ization", "iz"), ("isation", "iz"), ("ational", "at"), ("fulness", "ful"),
    ("iveness", "iv"), ("ousness", "ous"), ("ability", "abl"), ("ibility", "ibl"),
    ("ically", "ic"), ("ations", "at"), ("ation", "at"), ("izing", "iz"), ("ising", "iz"),
    ("ments", "ment"), ("ities", "it"), ("iness", "i"), ("ingly", ""), ("edly", ""),
    ("ators", "at"), ("ator", "at"), ("ates", "at"), ("ated", "at"), ("ating", "at"),
    ("ions", ""), ("ised", "iz"), ("ized", "iz"), ("ises", "iz"), ("izes", "iz"),
    ("ings", ""), ("ally", "al"), ("ness", ""), ("sses", "ss"), ("ate", "at"),
    ("ing", ""), ("ion", ""), ("ies", "i"), ("ied", "i"), ("ers", ""), ("ors", "or"),
    ("ise", "iz"), ("ize", "iz"), ("ity", "it"), ("est", ""), ("ful", "ful"),
    ("ed", ""), ("er", ""), ("es", ""), ("ly", ""), ("al", ""), ("ic", ""),
    ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip

_SPELLINGS = (
    ("colour", "color"), ("grey", "gray"), ("centre", "center"), ("metre", "meter"),
    ("artefact", "artifact"), ("behaviour", "behavior"), ("favour", "favor"),
    ("neighbour", "neighbor"), ("programme", "program"), ("analyse", "analyze"),
    ("blurr", "blur"), ("catalogue", "catalog"), ("fibre", "fiber"), ("labelled", "labeled"),
    ("modell", "model"),
)  # fmt: skip

_IRREGULAR = {
    "saw": "see", "seen": "see", "took": "take", "taken": "take", "knew": "know",
    "known": "know", "found": "find", "grew": "grow", "grown": "grow", "drew": "draw",
    "drawn": "draw", "hid": "hide", "hidden": "hide", "wrote": "write", "written": "write",
    "chose": "choose", "chosen": "choose", "built": "build", "taught": "teach", "lost": "lose",
    "men": "man", "women": "woman", "people": "person", "children": "child", "feet": "foot",
    "better": "good", "best": "good", "worse": "bad", "worst": "bad", "larger": "large",
    "photograph": "photo", "photographs": "photo", "photos": "photo", "images": "picture",
    "image": "picture", "pictures": "picture", "video": "film", "videos": "film",
    "films": "film", "automobile": "car", "died": "death", "dead": "death",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in a text: ``text[start:end] == word``."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Every word or number of a text in order; an apostrophe keeps its ending."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without possessive endings."""
    found = _TOKEN.findall(text.lower().replace("’", "'"))
    return tuple(w[:-2] if w.endswith("'s") else w for w in found)


@lru_cache(maxsize=1024)
def content_words(text: str) -> tuple[str, ...]:
    """The words that carry content, in order and with repetition."""
    return tuple(w for w in words(text) if w not in STOPWORDS and (len(w) > 1 or w.isdigit()))


@lru_cache(maxsize=1024)
def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the content words, in order and with repetition."""
    return tuple(stem(w) for w in content_words(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the forms of one word have in common (``word`` in lower case)."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.isascii() or any(c.isdigit() for c in word):
        return word
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return _without_ending(word)


def _without_ending(word: str) -> str:
    """Strip one ending if at least three letters stay, and undouble the last letter."""
    stripped = ""
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + rest
            stripped = ending
            break
    if word.endswith("at") and len(word) > 6 and stripped.startswith("at"):
        word = word[:-2]  # restoration, restored; estimation, estimate
    if (
        stripped in ("ing", "ed")
        and len(word) > 3
        and word[-1] == word[-2]
        and word[-1] not in "ls"
    ):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
