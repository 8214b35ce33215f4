"""The numbers of a sentence against those of its quote: same value, unit, bound, order, subject."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rigatino.answer.audit.quantities import Quantity, find_quantities
from rigatino.answer.audit.words import STOPWORDS, content_stems, stem

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_UNIT = re.compile(r"\s?-?([A-Za-z%°µ×]+)")
_SIGN = re.compile(r"(?:^|[\s(])[-−–+]\s?$")
_SIGNED = re.compile(r"(?<![\w.])[-−–+±]\s?\d+")
_WITH_DIGIT = re.compile(r"[^\s,.;:()]*\d[^\s,;:()]*[^\s,.;:()]|\d")
_BOUND = re.compile(
    r"\b(up to|at least|at most|more than|less than|fewer than|over|under|above|below|within"
    r"|between|about|around|nearly|almost|roughly|only|exactly|beyond|from|to|by|not|every|per)"
    r"(?:\s+(?:an?|the|of|distance|factor|size|range|width|total)){0,4}\W{0,2}$",
    re.IGNORECASE,
)
#: bounds that mean the same, or change nothing in the figure
_ALIKE = {"over": "more than", "above": "more than", "beyond": "more than", "under": "less than",
          "below": "less than", "fewer than": "less than", "around": "about", "roughly": "about",
          "nearly": "almost"}  # fmt: skip
_FREE = frozenset({"only", "between", "per", "every"})
_UNITS = {
    "percent": "%", "per": "%", "pixel": "px", "pixels": "px", "second": "s", "seconds": "s",
    "millisecond": "ms", "milliseconds": "ms", "minutes": "min", "minute": "min", "hours": "h",
    "hour": "h", "days": "day", "years": "year", "months": "month", "weeks": "week",
    "times": "x", "fold": "x", "×": "x", "decibel": "db", "decibels": "db", "metres": "m",
    "metre": "m", "meters": "m", "meter": "m", "frames": "frame", "bits": "bit", "points": "point",
    "megapixels": "megapixel", "mp": "megapixel", "degrees": "°", "degree": "°", "hertz": "hz",
    "images": "image", "pictures": "image", "picture": "image", "people": "person",
    "observers": "observer", "cases": "case",
}  # fmt: skip
_KNOWN_UNITS = frozenset(
    ("%", "px", "s", "ms", "min", "h", "day", "year", "month", "week", "x", "db", "m", "mm", "cm",
     "km", "nm", "frame", "fps", "bit", "bpp", "point", "megapixel", "°", "hz", "khz", "mhz", "ghz",
     "kb", "mb", "gb", "tb", "k")
)  # fmt: skip
_WORDED = re.compile(
    r"\b(?:half|halve[sd]?|third|thirds|quarters?|twice|double[sd]?|triple[sd]?|thrice|tenfold|dozens?"
    r"|hundreds?|thousands?|millions?|billions?|majority|minority|both|pair|couple|several|percent"
    r"|first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth|hundredth|last"
    r"|once|single|quadruple[sd]?|\w{3,}fold)\b",
    re.IGNORECASE,
)
_REACH = 5
_NEXT = re.compile(r"(?:[\s%-]+[A-Za-z]+){0,6}")
_PART = re.compile(r"[.,;:]\s")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with all that must not change about it."""

    values: tuple[float, ...]
    unit: str
    sign: bool
    bound: str
    around: frozenset[str]
    #: what it counts: the words right after it
    counted: tuple[str, ...]
    text: str


def figures_fault(claim: str, quote: str) -> str | None:
    """A number of the claim that the quote does not give in this way, if there is one."""
    missing = _missing(claim, quote) or _mangled(claim, quote)
    if missing:
        return f"{missing!r} is not a number of its quote"
    given = _figures(quote)
    at = 0
    for figure in _figures(claim):
        place = next((i for i in range(at, len(given)) if _same(figure, given[i])), None)
        if place is None:
            if _is_pronoun(figure, given):
                continue
            return f"{figure.text!r} does not stand so in its quote"
        if _miscounts(figure, given[place]) or _elsewhere(figure, place, given):
            return f"{figure.text!r} belongs to something else in its quote"
        at = place + 1
    return None


def _missing(claim: str, quote: str) -> str | None:
    """Digits that the quote does not have, words of number that it has less often."""
    worded = {v for q in find_quantities(quote) if q.worded for v in q.values}
    digits = set(_DIGITS.findall(quote))
    written: str
    for written in _DIGITS.findall(claim):
        if written not in digits and not (written.isdigit() and float(written) in worded):
            return written
    words = Counter(w.lower() for w in _WORDED.findall(quote))
    counting = Counter(w.lower() for w in _WORDED.findall(claim))
    return next(iter(counting - words), None)


def _mangled(claim: str, quote: str) -> str | None:
    """A sign before digits, or digits inside other characters, that the quote does not have."""
    signs = {m.group().replace(" ", "") for m in _SIGNED.finditer(quote)}
    signed = (m.group().replace(" ", "") for m in _SIGNED.finditer(claim))
    wrong = next((s for s in signed if s not in signs), None)
    if wrong:
        return wrong
    plain = [(q.start, q.end) for q in find_quantities(claim)]
    for token in _WITH_DIGIT.finditer(claim):
        inside = any(a < token.end() and token.start() < b for a, b in plain)
        if not inside and token.group() not in quote:
            return token.group()
    return None


@lru_cache(maxsize=64)
def _figures(text: str) -> tuple[_Figure, ...]:
    return tuple(_figure(text, q) for q in find_quantities(text))


def _figure(text: str, q: Quantity) -> _Figure:
    after = _UNIT.match(text, q.end)
    unit = "%" if q.text.rstrip().endswith(("%", "percent", "per cent")) else ""
    if not unit and after:
        word = after.group(1).lower()
        unit = _UNITS.get(word, word)
    bound = _BOUND.search(text, max(0, q.start - 40), q.start)
    said = bound.group(1).lower() if bound else ""
    return _Figure(
        q.values, unit, bool(_SIGN.search(text[max(0, q.start - 3) : q.start])),
        "" if said in _FREE else _ALIKE.get(said, said), _around(text, q), _counted(text, q),
        q.text,
    )  # fmt: skip


def _around(text: str, q: Quantity) -> frozenset[str]:
    """The content words next to a number, on either side, within its part of the sentence."""
    before = _PART.split(text[: q.start])[-1]
    after = _PART.split(text[q.end :])[0]
    first, then = ([s for s in content_stems(t) if not s.isdigit()] for t in (before, after))
    return frozenset(first[-_REACH:] + then[:_REACH])


def _counted(text: str, q: Quantity) -> tuple[str, ...]:
    """The stems of the words right after a number that have content: "100 learned queries"."""
    found: list[str] = []
    after = _NEXT.match(text, q.end)
    for word in re.findall(r"[A-Za-z]+", after.group() if after else ""):
        if word.lower() in STOPWORDS:
            break
        found.append(stem(word.lower()))
    return tuple(found)


def _same(figure: _Figure, given: _Figure) -> bool:
    """Equal in value, sign, bound and, where either has one, unit of measure."""
    units = {figure.unit, given.unit} & _KNOWN_UNITS
    return (
        bool(set(figure.values) & set(given.values))
        and figure.sign == given.sign
        and figure.bound == given.bound
        and (not units or figure.unit == given.unit)
    )


def _miscounts(figure: _Figure, given: _Figure) -> bool:
    """Whether it counts something else than in the quote: viewers where comparisons stand."""
    if not figure.counted:
        return False
    return figure.counted[0] not in (given.counted or given.around)


def _elsewhere(figure: _Figure, place: int, given: tuple[_Figure, ...]) -> bool:
    """Whether the words around it are rather those around another number of the quote."""

    def nearness(other: _Figure) -> int:
        return len(figure.around & other.around)

    mine = nearness(given[place])
    alike = (g for i, g in enumerate(given) if i != place and _alike(figure, g))
    others = [nearness(g) for g in alike if not _same(figure, g)]
    return any(mine < other for other in others)


def _alike(figure: _Figure, other: _Figure) -> bool:
    """Whether two numbers could be taken for each other: of one unit, or neither of any."""
    units = {figure.unit, other.unit} & _KNOWN_UNITS
    return not units or figure.unit == other.unit


def _is_pronoun(figure: _Figure, given: tuple[_Figure, ...]) -> bool:
    """ "One network": no count, where the quote counts nothing small."""
    small = any(v <= 20 for g in given for v in g.values)
    return figure.text.lower() == "one" and not small
