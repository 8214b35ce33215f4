"""Numbers that the source they are credited to does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.quantities import Quantity, find_quantities, values_in

#: Figures that belong to no source: all of it, a byte's range, an even chance, a circle.
_PROVERBIAL = frozenset(
    {0.0, 1.0, 2.0, 3.0, 4.0, 8.0, 10.0, 50.0, 90.0, 100.0, 180.0, 255.0, 256.0, 360.0}
)

_DERIVED = re.compile(
    r"\b(?:that is|that makes|works? out|comes? to|amounts? to|i\.e\.|in other words|equals?|thus"
    r"|which is|which makes|together|altogether|in total|difference|apart|gap|twice|double|triple"
    r"|half|quarter|third|remaining|one \w+ (?:in|out of))\b|=",
    re.I,
)
_COUNTED = re.compile(
    r"\W{0,2}(?:\w+[ -]){0,2}(?:papers?|models?|modules?|items?|sources?|tools?|works?|links?"
    r"|entries|repositories|sections?|questions?|things?|reasons?|limits?|cautions?"
    r"|of (?:them|these))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A number that is not where it should be; ``elsewhere`` names items that do give it."""

    quantity: Quantity
    elsewhere: tuple[str, ...]


def wrong_numbers(
    masked: str, cites: tuple[str, ...], evidence: Evidence, continued: bool = False
) -> Iterator[WrongNumber]:
    """The numbers of a sentence that nothing it may rest on gives.

    ``masked`` is the sentence with links, marks, titles and names blanked out at equal
    length. A sentence that cites is held to the items cited, their kin and the
    question; one that does not, to the whole brief. ``continued`` is whether it goes on
    speaking of an item ("It enlarges ..."): then its figures are that item's, not everyday ones.
    """
    quantities = find_quantities(masked)
    allowed = _allowed(cites, evidence)
    derived = frozenset[float]()
    if _DERIVED.search(masked):
        derived = _derived(quantities, allowed, evidence) | _fractions(masked)
    for quantity in quantities:
        if not _is_given(quantity, allowed | derived) and not _is_general(
            quantity, masked, bool(cites) or continued, evidence
        ):
            yield WrongNumber(quantity, _elsewhere(quantity, evidence))


def _allowed(cites: tuple[str, ...], evidence: Evidence) -> frozenset[float]:
    question = values_in(evidence.question)
    if not cites:
        return question | values_in(evidence.text)
    return question.union(*(values_in(text) for text in evidence.texts(cites)))


def _is_given(quantity: Quantity, allowed: frozenset[float]) -> bool:
    return any(_same(value, given, quantity) for value in quantity.values for given in allowed)


def _same(value: float, given: float, quantity: Quantity) -> bool:
    """Equal, or a rounding of it: fewer digits and within 2 % (6 % after "about")."""
    if abs(value - given) <= 1e-9 * max(abs(value), abs(given), 1.0):
        return True
    if given == 0 or quantity.digits >= _significant(given):
        return False
    off = abs(value - given) / abs(given)
    return off <= (0.06 if quantity.hedged else 0.02)


def _significant(value: float) -> int:
    return len(f"{value:.12g}".replace(".", "").lstrip("0").rstrip("0").split("e")[0]) or 1


def _is_general(quantity: Quantity, text: str, cited: bool, evidence: Evidence) -> bool:
    """Small words, counts of the brief's own items, and figures that belong to no source."""
    value = quantity.values[0] if quantity.values else 0.0
    if value in (0.0, 1.0, 100.0) or _counts_items(quantity, text, evidence):
        return True
    if quantity.worded:
        return value <= (3 if cited else 20)
    if "%" in quantity.text:
        return not cited and value == 50.0
    return not cited and value in _PROVERBIAL


def _counts_items(quantity: Quantity, text: str, evidence: Evidence) -> bool:
    """A count of papers, models or ways that the brief and the answer bear out."""
    value = quantity.values[0] if quantity.values else 0.5
    count = value.is_integer() and value <= max(3, len(evidence.items)) and quantity.text[-1] != "%"
    return count and bool(_COUNTED.match(text, quantity.end))


def _derived(
    quantities: list[Quantity], allowed: frozenset[float], evidence: Evidence
) -> frozenset[float]:
    """What follows by one operation from the given numbers of the sentence and the question."""
    given = {v for q in quantities for v in q.values if _is_given(q, allowed)}
    percent = any("%" in q.text or "per" in q.text for q in quantities)
    given |= values_in(evidence.question)
    found: set[float] = set()
    for a, b in permutations(sorted(given)[:12], 2):
        found |= {a + b, a - b, a * b}
        found |= {a / b} if b else set()
        found |= {100 * (a - b) / b} if b and percent else set()
    found |= {100 / value for value in given if value}
    return frozenset(round(value, 9) for value in found if value > 0)


def _fractions(text: str) -> frozenset[float]:
    """What the fractions named in a text are as decimals and as per cent."""
    named = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
    found = [value for word, value in named.items() if word in text.lower()]
    return frozenset([*found, *(round(100 * value, 1) for value in found)])


def _elsewhere(quantity: Quantity, evidence: Evidence) -> tuple[str, ...]:
    return tuple(
        item.id
        for item in evidence.items.values()
        if any(v in values_in(item.text) for v in quantity.values)
    )
