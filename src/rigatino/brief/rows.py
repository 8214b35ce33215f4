"""Briefs from a JSONL stream, one row at a time, at flat memory.

A row is the JSON form of a brief, or an object that holds a whole brief as text:
``{"id": …, "brief": "You are an AI scientist. …"}`` (also under ``text`` or ``prompt``).
For such a row, origins count characters of that text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from rigatino.brief.decoding import BOM
from rigatino.brief.reading import read_brief
from rigatino.brief.record import Brief
from rigatino.errors import BriefError

#: Fifty times the largest brief seen; what is longer is not a brief, and slow to find out.
MAX_ROW = 1 << 20

_TEXT_KEYS = ("brief", "text", "prompt")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a JSONL file: its 1-based line, its own id if it has one, and the brief.

    Where the row holds no brief, ``brief`` is the error that says why.
    """

    line: int
    id: str | None
    brief: Brief | BriefError


@dataclass(frozen=True, slots=True)
class RawRow:
    """A line that is not blank, not yet read; ``data`` is None where it was too long to keep."""

    line: int
    data: bytes | str | None


def read_rows(stream: IO[bytes] | IO[str]) -> Iterator[Row]:
    """Every row that is not blank; a bad row is a row with an error, never an exception."""
    return map(read_row, raw_rows(stream))


def raw_rows(stream: IO[bytes] | IO[str]) -> Iterator[RawRow]:
    """The rows, unread: to be counted, passed over or read elsewhere."""
    line = 0
    while raw := stream.readline(MAX_ROW + 1):
        line += 1
        if len(raw) > MAX_ROW:
            _skip_line(stream, raw)
            yield RawRow(line, None)
        elif raw.strip():
            yield RawRow(line, raw)


def read_row(raw: RawRow) -> Row:
    """The brief of a row, or what is wrong with it."""
    if raw.data is None:
        return Row(raw.line, None, _too_long(raw.line))
    return _row(raw.data, raw.line)


def _row(raw: bytes | str, line: int) -> Row:
    row_id: str | None = None
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8")
        row = json.loads(text.strip(BOM + " \t\r\n"))
        row_id = _id(row)
        if not isinstance(row, dict):
            raise BriefError("the row is not an object", '{"question": …}', "correct the row")
        brief = read_brief(_inner(row) or text, "the row")
        return Row(line, row_id, replace(brief, id=row_id))
    except UnicodeDecodeError:
        error = BriefError("the row is not UTF-8", "a JSON object in UTF-8", "convert the file")
    except (ValueError, RecursionError):
        error = BriefError("the row is not valid JSON", "one object per line", "correct the row")
    except BriefError as bad:
        error = bad
    return Row(line, row_id, BriefError(_given(error), error.expected, error.advice, line))


def _given(error: BriefError) -> str:
    """What was given, without a line number of its own: the row's line is the one to name."""
    return error.given.removeprefix(f"line {error.line}: ")


def _id(row: object) -> str | None:
    """The row's own id, as text."""
    value = row.get("id") if isinstance(row, dict) else None
    if not isinstance(value, str | int | float):
        return None
    return str(value).encode("utf-8", "replace").decode()  # no half characters


def _inner(row: object) -> str | None:
    """A whole brief that the row holds as text."""
    if not isinstance(row, dict) or "question" in row:
        return None
    texts = [row[key] for key in _TEXT_KEYS if isinstance(row.get(key), str)]
    return texts[0] if texts else None


def _skip_line(stream: IO[bytes] | IO[str], raw: bytes | str) -> None:
    """Read the rest of an over-long line in pieces, keeping none."""
    while raw and raw[-1:] not in (b"\n", "\n"):
        raw = stream.readline(MAX_ROW)


def _too_long(line: int) -> BriefError:
    return BriefError(
        f"the row is longer than {MAX_ROW:,} bytes",
        "one brief per line",
        "look whether line ends are missing",
        line,
    )
