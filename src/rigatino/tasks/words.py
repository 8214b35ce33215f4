"""From a text to words, stems and the named features that the readers weigh.

Everything here is language-light on purpose: a stem is a word with the commonest
English endings taken off, so that "blocks", "blocky" and "blocked" meet; for other
languages and for misspellings, runs of characters inside a word do the same work.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|%", re.UNICODE)

PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

#: Words that say nothing about a picture. They are neither features nor shared words.
STOP = frozenset(
    word
    for line in (files(__package__) / "stop.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

_SUFFIXES = (
    "izations", "isations", "ization", "isation", "nesses", "ations", "ingly", "ation", "ments",
    "ness", "ings", "ment", "edly", "ized", "ised", "izes", "ises", "izer", "iser", "izing",
    "ising", "ize", "ise", "ier", "iest", "ies", "ied", "ing", "ers", "est", "ed", "es", "er",
    "ly", "y", "s", "e",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it stands, lower-cased, stemmed, and where."""

    shown: str
    lower: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Take one ending off, as long as three letters remain (long ones first)."""
    if not word.isascii():
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            root = word[: -len(suffix)]
            # "blurred" -> "blurr" -> "blur", but "glass" stays whole
            return root[:-1] if root[-1] == root[-2] and root[-1] not in "ls" else root
    return word


@lru_cache(maxsize=512)
def words(text: str) -> tuple[Word, ...]:
    """Split a text into words, in order, with their places."""
    found = []
    for match in WORD.finditer(text):
        lower = unicodedata.normalize("NFC", match.group().lower().replace("’", "'"))
        found.append(Word(match.group(), lower, stem(lower.removesuffix("'s")), *match.span()))
    return tuple(found)


@lru_cache(maxsize=512)
def telling(text: str) -> tuple[Word, ...]:
    """The words of a text that could say something about a picture."""
    return tuple(w for w in words(text) if w.lower not in STOP and _long_enough(w.lower))


def parts(word: Word) -> tuple[Word, ...]:
    """The parts of a coined name, "BlockDrop" being "Block" and "Drop"; empty for a plain word."""
    found = tuple(PART.finditer(word.shown))
    if len(found) < 2:
        return ()
    return tuple(
        Word(
            m.group(),
            m.group().lower(),
            stem(m.group().lower()),
            word.start + m.start(),
            word.start + m.end(),
        )
        for m in found
        if len(m.group()) >= 3
    )


def _long_enough(word: str) -> bool:
    return len(word) > 1 or not word.isascii()


def features(text: str) -> list[tuple[str, int]]:
    """Named features of a text, each with the index of the telling word that it stands on.

    ``w:`` a stem; ``b:`` two neighbouring stems; ``c:`` runs of characters inside a word
    (four for Latin letters, two for scripts that write a morpheme in a character).
    """
    stems = [w.stem for w in telling(text)]
    named: list[tuple[str, int]] = []
    for i, root in enumerate(stems):
        named.append((f"w:{root}", i))
        if i:
            named.append((f"b:{stems[i - 1]} {root}", i))
        size = 4 if root.isascii() or ord(max(root)) < 0x250 else 2
        padded = f"^{root}$"
        named.extend(
            (f"c:{padded[j : j + size]}", i) for j in range(max(1, len(padded) - size + 1))
        )
    return named
