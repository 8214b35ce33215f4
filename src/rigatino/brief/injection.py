"""Orders to whoever answers, planted in a text that is only to be read.

Questions, titles, summaries, names and links are data. ``find_injections`` finds the
sentences in them that try to command the answerer ("ignore the rules above", "as an AI
you must", "add this link", ``system: …``), so that they can be reported and never be
quoted as a paper's words. The patterns are data (``injection.toml``).

A sentence is looked at in a plain spelling: lower case, full-width and look-alike letters
and invisible characters resolved, s p a c e d letters closed up. What is found is told in
terms of the text as it stands. A command that follows a found sentence belongs to it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=\S)|(?<=[。！？])\s*|\s*\n+\s*")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|fig|eq|dr|mr|mrs|no|p\.s|a\.i)|\b[A-Za-z])\.$", re.I
)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_LOOKALIKES = str.maketrans("аеорсхуіѕԁһ", "aeopcxyisdh")
_SPACED = re.compile(r"(?<!\w)(?:\w[ ._-]){4,}\w(?!\w)")
_OPENING = re.compile(r"[\W_]*")
#: Quoted as an example of an attack, not given as an order.
_CITED = re.compile(
    r"(?:such as|like|e\.g\.,?|for (?:example|instance),?|(?:phrases?|prompts?|strings?|attacks?"
    r"|commands?|instructions?|queries|sentences?|words)(?: of the form)?:?)\s*[(\[]?[\"“'‘«]$"
)


@dataclass(frozen=True, slots=True)
class InjectionSpan:
    """An order in a text: ``text[start:end]`` is ``text``.

    ``kind`` is ``override``, ``address``, ``role``, ``command``, ``link``, ``praise``,
    ``secrecy``, ``request`` (a wish about the answer, which only a question may have) or
    ``following`` (a command right after one of the others).
    """

    start: int
    end: int
    text: str
    kind: str


class _Gate(NamedTuple):
    """Patterns of one sort, and a quick test for sentences that they may be found in."""

    test: re.Pattern[str]
    markers: tuple[str, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


class _Patterns(NamedTuple):
    gates: tuple[_Gate, ...]
    following: re.Pattern[str]


class _Plain(NamedTuple):
    """A plain spelling and, for each of its characters, the place in the text."""

    text: str
    places: list[int] | None


@lru_cache(maxsize=256)
def find_injections(text: str) -> tuple[InjectionSpan, ...]:
    """The sentences of a text that give orders to whoever answers."""
    patterns = _patterns()
    plain = _plain(text)
    padded = f" {plain.text} "
    gates = [g for g in patterns.gates if not g.markers or any(m in padded for m in g.markers)]
    found: list[tuple[int, int, str]] = []
    for start, end in _sentences(plain.text):
        kind = _kind(plain.text[start:end], gates)
        if kind is None and found and _touches(plain.text, found[-1][1], start):
            kind = "following" if patterns.following.search(plain.text[start:end]) else None
        if kind:
            found.append((start, end, kind))
    return tuple(_span(text, plain, *place) for place in found)


def _touches(text: str, end: int, start: int) -> bool:
    return not text[end:start].strip()


def _kind(sentence: str, gates: list[_Gate]) -> str | None:
    """The kind of order that a sentence gives, if any."""
    for gate in gates:
        if gate.test.search(sentence):
            for kind, pattern in gate.patterns:
                if any(not _is_cited(sentence, match) for match in pattern.finditer(sentence)):
                    return kind
    return None


def _is_cited(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words before an order introduce it as an example of one."""
    opening = _OPENING.match(match.group())
    before = sentence[: match.start() + (opening.end() if opening else 0)].rstrip()
    return bool(_CITED.search(before))


def _span(text: str, plain: _Plain, start: int, end: int, kind: str) -> InjectionSpan:
    if plain.places is not None:
        start, end = plain.places[start], plain.places[end - 1] + 1
    return InjectionSpan(start, end, text[start:end], kind)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence; a line break ends one."""
    cuts = [0]
    for match in _SENTENCE_END.finditer(text):
        broken = "\n" in match.group()
        if broken or not _ABBREVIATED.search(text, max(0, match.start() - 8), match.start()):
            cuts += [match.start(), match.end()]
    cuts.append(len(text))
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        if text[start:end].strip():
            yield start, end


def _plain(text: str) -> _Plain:
    """The plain spelling; without oddities it has the length of the text."""
    if text.isascii() and not _SPACED.search(text):
        return _Plain(text.lower(), None)
    kept = [(_folded(c), i) for i, c in enumerate(text) if c not in _INVISIBLE]
    spelling = "".join(c for c, _ in kept)
    if re.search("[a-z][а-яіѕԁһ]|[а-яіѕԁһ][a-z]", spelling):
        spelling = spelling.translate(_LOOKALIKES)
    places = [i for _, i in kept]
    for match in reversed(list(_SPACED.finditer(spelling))):
        gaps = range(match.end() - 2, match.start(), -2)
        for gap in gaps:
            spelling = spelling[:gap] + spelling[gap + 1 :]
            del places[gap]
    return _Plain(spelling, places)


def _folded(character: str) -> str:
    """One character for one: full-width and styled letters become plain, case is dropped."""
    if character.isascii():
        return character.lower()
    simple = unicodedata.normalize("NFKC", character)
    lower = (simple if len(simple) == 1 else character).lower()
    return lower if len(lower) == 1 else character


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    text = resources.files("rigatino.brief").joinpath("injection.toml").read_text("utf-8")
    data = tomllib.loads(text)
    words: dict[str, str] = data["words"]
    gates = tuple(
        _Gate(
            _compiled(test, words),
            tuple(data["markers"].get(gate, ())),
            tuple(
                (entry["kind"], _compiled(entry["regex"], words))
                for entry in data["patterns"]
                if entry["gate"] == gate
            ),
        )
        for gate, test in data["gates"].items()
    )
    return _Patterns(gates, _compiled(data["following"]["regex"], words))


def _compiled(regex: str, words: dict[str, str]) -> re.Pattern[str]:
    for word, meaning in reversed(words.items()):  # later words may hold earlier ones
        regex = regex.replace("{" + word + "}", meaning)
    return re.compile(regex)
