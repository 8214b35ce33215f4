"""Numbers in a text: digits and words, with separators, magnitudes and hedges understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "bn": 1e9, "mio": 1e6, "dozen": 12.0,
}  # fmt: skip
_SMALL = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_WORD = re.compile(
    rf"(?<![\w-])((?:{_SMALL}|hundred|thousand)(?:[\s-]+(?:and[\s-]+)?(?:{_SMALL}|hundred|thousand"
    rf"|million|billion|trillion|dozen))*)(?=-?fold)?(?!\w)",
    re.I,
)
_DIGITS = re.compile(
    r"(?<![A-Za-z\d_.,/#-])(?<![A-Za-z\d_][-–])(\d+(?:[ \u202f\u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)"
    r"(?:\s?(%|percent|per cent)"
    r"|\s?(thousand|million|billion|trillion|hundred|dozen|bn|mio|k|M)\b)?"
    r"(?=[x×]\s?\d|(?:x|×|-fold|fold|ms|fps|[dD][bB]|px|[kKMGT]i?[bB]|[kKM]?[hH]z|mm|cm|km|m|s|nm|bit"
    r"|bits|bpp|th|st|nd|rd|p|h|min|°)?(?![A-Za-z\d_]))"
)
_AFTER_TIMES = re.compile(r"(?<=\d[x×])\d+(?:[.,]\d+)*(?:[x×]\d+)?")
_HEDGE = re.compile(
    r"\b(about|around|roughly|nearly|almost|some|approximately|approx\.?|circa|close to|over"
    r"|more than|less than|under|just (?:over|under)|up to|at least|or so|well over|a good)\b"
    r"|[≈~]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands: its possible values (a comma may be read in two ways).

    ``digits`` counts the significant digits, ``hedged`` says that words such as "about"
    stand before it, ``worded`` that it is written in words.
    """

    text: str
    start: int
    end: int
    values: tuple[float, ...]
    digits: int
    hedged: bool
    worded: bool


def find_quantities(text: str) -> list[Quantity]:
    """All numbers of a text in order; digits inside names are left out."""
    found = [_from_digits(m, text) for m in _DIGITS.finditer(text)]
    found += [_bare(m.group(), m.start()) for m in _AFTER_TIMES.finditer(text)]
    found += [q for m in _WORD.finditer(text) if (q := _from_words(m, text))]
    return sorted(found, key=lambda q: q.start)


@lru_cache(maxsize=256)
def values_in(text: str) -> frozenset[float]:
    """Every value that a source gives, digits inside names and compounds included."""
    found = {value for q in find_quantities(text) for value in q.values}
    for piece in re.findall(r"\d+(?:[.,]\d+)*", text):
        found.update(_readings(piece))
    return frozenset(found)


def _from_digits(match: re.Match[str], text: str) -> Quantity:
    scale = match.group(3) or ""
    factor = 1e6 if scale == "M" else _SCALES.get(scale.lower(), 1.0)
    written = re.sub(r"[ \u202f\u00a0](?=\d{3})", "", match.group(1))
    values = tuple(value * factor for value in _readings(written))
    if scale == "M":  # "12 M" may be metres or mega-something
        values += tuple(_readings(written))
    end = match.end(2) if match.group(2) else match.end(3) if scale else match.end(1)
    return Quantity(
        text[match.start() : end], match.start(), end, values, _digits(written),
        _hedged(text, match.start()), False,
    )  # fmt: skip


def _bare(written: str, start: int) -> Quantity:
    """The second factor of "256x256"."""
    written = re.split(r"[x×]", written)[0]
    readings = tuple(_readings(written))
    end = start + len(written)
    return Quantity(written, start, end, readings, _digits(written), hedged=False, worded=False)


def _from_words(match: re.Match[str], text: str) -> Quantity | None:
    words = re.findall(r"[a-z]+", match.group().lower())
    value = _spelled(words)
    if value is None:
        return None
    written = f"{value:g}"
    return Quantity(
        match.group(), match.start(), match.end(), (value,), _digits(written),
        _hedged(text, match.start()), True,
    )  # fmt: skip


def _spelled(words: list[str]) -> float | None:
    """Two billion -> 2e9; one hundred and sixty -> 160; None if there is no unit at all."""
    if not any(w in _UNITS or w in _TENS for w in words):
        return None
    total = current = 0.0
    for word in words:
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in ("hundred", "dozen"):
            current = max(current, 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += max(current, 1.0) * _SCALES[word]
            current = 0.0
    return total + current


def _readings(written: str) -> set[float]:
    """The values that digits with points or commas may stand for."""
    found = set()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        found.add(float(written.replace(",", "")))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        found.add(float(written.replace(".", "").replace(",", ".")))
    if re.fullmatch(r"\d+(?:\.\d+)?", written):
        found.add(float(written))
    if re.fullmatch(r"\d+,\d+", written) and not re.fullmatch(r"\d{1,3},\d{3}", written):
        found.add(float(written.replace(",", ".")))
    return found


def _digits(written: str) -> int:
    digits = re.sub(r"\D", "", written).lstrip("0")
    return len(digits if re.search(r"[.,]\d{1,2}$", written) else digits.rstrip("0")) or 1


def _hedged(text: str, start: int) -> bool:
    return bool(_HEDGE.search(text, max(0, start - 18), start))
