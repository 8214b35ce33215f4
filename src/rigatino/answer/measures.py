"""Do measured sentences say what the record says? Pointers into it, and the figures it holds.

A sentence points into the JSON of the diagnosis by JSON Pointer (RFC 6901). What it points
to decides what it may say: a text must stand in it to the letter; of a number, every figure
of the sentence must be that number, as rounded as it is written, in per cent where it is so
written; of an object, each figure must be one of its own numbers. Elsewhere no digit may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rigatino.answer.record import Sentence

#: in front of the paragraph that holds what was measured
LABEL = "Measured in your file"

_FIGURE = re.compile(r"(?<![\d.,])(\d+(?:\.(\d+))?)(?:\s?(%))?")


def pointed(record: Any, pointer: str) -> Any:
    """What a JSON Pointer points to; ``LookupError`` if nothing is there."""
    at = record
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        at = at[int(key)] if isinstance(at, list | tuple) and key.isdigit() else at[key]
    return at


def measured_fault(sentence: Sentence, record: Mapping[str, Any] | None) -> str | None:
    """What is wrong with a measured sentence, if anything."""
    if not sentence.measure:
        return "it does not say where its figure stands"
    if record is None:
        return "no file was measured"
    try:
        value = pointed(record, sentence.measure)
    except (LookupError, TypeError, ValueError):
        return f"the record has nothing at {sentence.measure}"
    wrong = _unsaid(value, sentence.text.replace(sentence.quote or "\0", ""))
    return f"{wrong} the record says at {sentence.measure}" if wrong else None


def _unsaid(value: Any, said: str) -> str | None:
    """Which part of a text is not what this value of the record allows."""
    if isinstance(value, list | tuple):
        return "it does not choose one of what"
    if isinstance(value, str):
        plain = value.rstrip(".")
        if not plain or plain not in said:
            return "it does not say what"
        said = said.replace(plain, "")
    numbers = [value] if _is_number(value) else list(_own_numbers(value))
    for figure in _FIGURE.finditer(said):
        if not any(_shows(figure, number) for number in numbers):
            return f"{figure.group()} is not what"
    return None


def measured_values(record: Mapping[str, Any]) -> frozenset[float]:
    """Every figure that a text about the record may show, in per cent too; tables left out."""
    return frozenset(_spread(record))


def _spread(value: Any) -> Iterator[float]:
    if _is_number(value):
        yield from (float(value), *(round(100 * value, digits) for digits in (0, 1, 2)))
    elif isinstance(value, str):
        yield from (float(number) for number, *_ in _FIGURE.findall(value))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _spread(part)
    elif isinstance(value, list | tuple):
        for part in value:
            if not _is_number(part):
                yield from _spread(part)


def _own_numbers(value: Any) -> Iterator[float]:
    if isinstance(value, Mapping):
        yield from (v for v in value.values() if _is_number(v))


def _shows(figure: re.Match[str], number: float) -> bool:
    """Whether a figure, as it is written, is this number rounded."""
    written, decimals, percent = figure.groups()
    shown = 100 * number if percent else number
    return f"{shown:.{len(decimals or '')}f}" == written


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
