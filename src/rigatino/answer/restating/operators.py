"""Negations, hedges, certainties and opposites: none may be added, left out or turned round."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rigatino.answer.audit.words import STOPWORDS, stem, tokens

_REACH = 4
_CONTRASTS = frozenset({"but", "rather", "instead", "yet"})


@dataclass(frozen=True, slots=True)
class _Operators:
    governing: dict[str, frozenset[str]]
    rows: tuple[frozenset[str], ...]
    promises: frozenset[str]
    doubted: frozenset[str]
    prefixes: tuple[str, ...]
    no_superlatives: frozenset[str]
    opposites: tuple[tuple[frozenset[str], frozenset[str], bool], ...]


@lru_cache(maxsize=1)
def _operators() -> _Operators:
    text = files("rigatino.answer.restating").joinpath("operators.toml").read_text("utf-8")
    data = tomllib.loads(text)
    pairs = (
        (frozenset(p["sides"][0].split()), frozenset(p["sides"][1].split()), p.get("strict", False))
        for p in data["opposites"]
    )
    return _Operators(
        {name: frozenset(words.split()) for name, words in data["governing"].items()},
        tuple(frozenset(row.split()) for row in data["only_if_given"]["rows"]),
        frozenset(data["promises"]["words"].split()),
        frozenset(data["promises"]["doubted"].split()),
        tuple(data["shapes"]["prefixes"].split()),
        frozenset(data["shapes"]["no_superlatives"].split()),
        tuple(pairs),
    )


def operators_fault(claim: str, quote: str) -> str | None:
    """What a claim does to the small words on which the truth of its quote hangs."""
    said, given = _lowered(claim), _lowered(quote)
    return (
        _governed(said, given)
        or _brought_in(said, given)
        or _turned(said, given)
        or _shaped(said, given)
    )


def promise_fault(text: str) -> str | None:
    """A word that background may not use: a promise, praise, a call to do something."""
    known, said = _operators(), _lowered(text)
    doubts = not known.governing["doubt"].isdisjoint(said)
    unfit = known.promises - known.doubted if doubts else known.promises
    word = next((w for w in said if w in unfit), None)
    return f"background promises nothing, and it says {word!r}" if word else None


@lru_cache(maxsize=64)
def _lowered(text: str) -> tuple[str, ...]:
    """The words in order, contractions opened: "isn't" is "not"."""
    found = []
    for token in tokens(text.replace("’", "'")):
        word = token.word.lower()
        found.append("not" if word.endswith("n't") else word)
    return tuple(found)


def _content(words: tuple[str, ...]) -> list[str]:
    return [stem(w) for w in words if w not in STOPWORDS and (len(w) > 1 or w.isdigit())]


def _governed(said: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    """Negations and hedges: each has to govern the same in claim and quote."""
    for kind, members in _operators().governing.items():
        theirs = [i for i, w in enumerate(given) if w in members]
        ours = [i for i, w in enumerate(said) if w in members]
        strict = kind == "negation"
        if strict and len(ours) > len(theirs):
            return f"it denies more than its quote ({said[ours[-1]]!r})"
        for i in ours:
            reach = set(_after(said, i)[:2] if strict else _content(said[i + 1 :])[:_REACH])
            near = (set(_after(given, j) if strict else _near(given, j)) for j in theirs)
            if not any(not reach or reach & each for each in near):
                return f"{said[i]!r} is not said so in its quote"
        stems = set(_content(said))
        for j in theirs:
            governed = (_after(given, j) if strict else _content(given[j + 1 :]))[:2]
            if governed and set(governed) <= stems and not ours:
                return f"it leaves out {given[j]!r} ({kind})"
    return None


def _after(words: tuple[str, ...], place: int) -> list[str]:
    """What a negation reaches: up to a "but", as in "not once but many times"."""
    after = words[place + 1 :]
    end = next((i for i, word in enumerate(after) if word in _CONTRASTS), len(after))
    return _content(after[:end])[:_REACH]


def _beside(words: tuple[str, ...], place: int) -> list[str]:
    return _content(words[:place])[-3:] + _content(words[place + 1 :])[:3]


def _near(words: tuple[str, ...], place: int) -> list[str]:
    return _content(words[:place])[-3:] + _content(words[place + 1 :])[: _REACH + 3]


def _brought_in(said: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    for row in _operators().rows:
        brought = next((w for w in said if w in row), None)
        if brought and not row & set(given):
            return f"{brought!r} goes beyond its quote"
    return None


def _shaped(said: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    """Superlatives of the claim's own; a word whose opposite by prefix the quote has."""
    ops = _operators()
    ours, theirs = set(said) - set(given), set(given) - set(said)
    for word in said:
        if (
            word in ours
            and len(word) > 5
            and word.endswith("est")
            and word not in ops.no_superlatives
        ):
            return f"{word!r} goes beyond its quote"
    stems = {stem(w) for w in given if len(w) > 3}
    own = {stem(w) for w in said if len(w) > 3}
    for words, others in ((ours, stems), (theirs, own)):
        for word in words:
            for prefix in ops.prefixes:
                bare = word.removeprefix(prefix)
                if (
                    bare != word
                    and len(bare) > 3
                    and stem(bare) in others
                    and stem(word) not in others
                ):
                    return f"{word!r} turns its quote round"
    return None


def _turned(said: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    """Opposites: the side that the claim takes must be the one that the quote has there."""
    for one, other, strict in _operators().opposites:
        for mine, against in ((one, other), (other, one)):
            for i, word in enumerate(said):
                if word in mine and _is_turned((said, i), given, (mine, against), strict):
                    return f"{word!r} turns round or adds to what its quote says"
    return None


def _is_turned(
    here: tuple[tuple[str, ...], int],
    given: tuple[str, ...],
    sides: tuple[frozenset[str], frozenset[str]],
    strict: bool,
) -> bool:
    same = [j for j, w in enumerate(given) if w in sides[0]]
    opposite = [j for j, w in enumerate(given) if w in sides[1]]
    if not same:
        return strict or bool(opposite)
    around = set(_beside(*here))

    def nearness(places: list[int]) -> int:
        return max((len(around & set(_beside(given, j))) for j in places), default=0)

    moved = strict and bool(around) and nearness(same) == 0
    return moved or nearness(opposite) > nearness(same)
