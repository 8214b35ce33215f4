"""Do measured sentences say what the record says? Pointers into it, and the figures it holds.

A sentence points into the JSON of the diagnosis by JSON Pointer (RFC 6901), or, where the pointer
begins with ``/evidence``, into that of the evidence. Several pointers have blanks between them.
What they point to decides what it may say: a text must stand in it to the letter; of a number,
every figure of the sentence must be that number, as rounded as it is written, in per cent where it
is so written; of an object, each figure must be one of its own numbers. Elsewhere no digit may
stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rigatino.answer.record import Answer, Sentence

#: in front of the paragraph that holds what was measured
LABEL = "Measured in your file"
#: in front of the paragraph that holds what was measured in a restoration of it
KEPT = "Measured in the restoration"
#: where the evidence stands in the record that pointers lead into
UNDER = "/evidence"

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
        values = [pointed(record, pointer) for pointer in sentence.measure.split(" ")]
    except (LookupError, TypeError, ValueError):
        return f"the record has nothing at {sentence.measure}"
    wrong = _unsaid(values, sentence.text.replace(sentence.quote or "\0", ""))
    return f"{wrong} the record says at {sentence.measure}" if wrong else None


def _unsaid(values: list[Any], said: str) -> str | None:
    """Which part of a text is not what these values of the record allow."""
    numbers: list[float] = []
    for value in values:
        if isinstance(value, list | tuple):
            return "it does not choose one of what"
        if isinstance(value, str):
            plain = value.rstrip(".")
            if not plain or plain not in said:
                return "it does not say what"
            said = said.replace(plain, "")
        numbers += [value] if _is_number(value) else _own_numbers(value)
    for figure in _FIGURE.finditer(said):
        if not any(_shows(figure, number) for number in numbers):
            return f"{figure.group()} is not what"
    return None


def whole_record(
    diagnosis: Mapping[str, Any] | None, evidence: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """What pointers lead into: the diagnosis, and under its own name the evidence."""
    if evidence is None:
        return diagnosis
    return {**(diagnosis or {}), UNDER.removeprefix("/"): evidence}


def record_of(answer: Answer) -> Mapping[str, Any] | None:
    """What the measured sentences of an answer point into."""
    return whole_record(
        None if answer.measured is None else answer.measured.to_json(),
        None if answer.evidence is None else answer.evidence.to_json(),
    )


def spoken_of(evidence: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of an evidence that an answer speaks of: so an altered figure finds no home."""
    told = ("shares", "plain", "binds", "sentences", "assumes")
    main = {name: evidence["claims"][0][name] for name in told}
    shares = {name: main[name].get("fine") or main[name].get("all") for name in ("shares", "plain")}
    return {**main, **shares, "alarms": evidence["alarms"], "says": evidence["says"]}


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
