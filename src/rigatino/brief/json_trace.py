"""JSON read in such a way that every string knows where in the file it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from rigatino.brief.traced import Edit, Traced
from rigatino.errors import BriefError

_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]+")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Node(NamedTuple):
    """A JSON value and where it begins; numbers and booleans are not told apart."""

    at: int
    value: Traced | dict[str, Node] | list[Node] | float | None


def read_json(text: str, name: str) -> Node:
    """The value that a text holds; ``BriefError`` names the line where it is not JSON."""
    start = _past_blank(text, 0)
    try:
        json.loads(text[start:])
        return _value(text, start)[0]
    except json.JSONDecodeError as error:
        line = text.count("\n", 0, start + error.pos) + 1
        if error.msg == "Extra data":
            raise BriefError(
                f"{name} goes on after the first JSON value",
                "one brief per file",
                "give JSONL files to the batch command",
                line=line,
            ) from None
        raise BriefError(
            f"{name} is not valid JSON ({error.msg.lower()})",
            "the JSON form of a brief",
            "correct the file",
            line=line,
        ) from None
    except (RecursionError, ValueError):
        raise BriefError(
            f"{name} is JSON that cannot be read", "the JSON form of a brief", "simplify it"
        ) from None


def _past_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> tuple[Node, int]:
    """The value at a place and the place after it; the text is known to be valid."""
    sign = text[at]
    if sign == '"':
        traced, end = _string(text, at)
        return Node(at, traced), end
    if sign == "{":
        return _object(text, at)
    if sign == "[":
        return _array(text, at)
    match = _SCALAR.match(text, at)
    word = match.group() if match else ""
    return Node(at, None if word == "null" else float(len(word))), at + len(word)


def _object(text: str, at: int) -> tuple[Node, int]:
    members: dict[str, Node] = {}
    place = _past_blank(text, at + 1)
    while text[place] != "}":
        key, place = _string(text, place)
        place = _past_blank(text, _past_blank(text, place) + 1)
        members[key.text], place = _value(text, place)
        place = _past_comma(text, place)
    return Node(at, members), place + 1


def _array(text: str, at: int) -> tuple[Node, int]:
    members: list[Node] = []
    place = _past_blank(text, at + 1)
    while text[place] != "]":
        node, place = _value(text, place)
        members.append(node)
        place = _past_comma(text, place)
    return Node(at, members), place + 1


def _past_comma(text: str, at: int) -> int:
    at = _past_blank(text, at)
    return _past_blank(text, at + 1) if text[at] == "," else at


def _string(text: str, at: int) -> tuple[Traced, int]:
    match = _STRING.match(text, at)
    if match is None:
        raise ValueError("no string here")
    written = match.group(1)
    return Traced.original(written, at + 1).edited(_escapes(written)), match.end()


def _escapes(written: str) -> Iterator[Edit]:
    """One edit per escape; half a surrogate pair becomes the replacement character."""
    if "\\" not in written:
        return
    for match in _ESCAPE.finditer(written):
        meant: str = json.loads(f'"{match.group()}"')
        yield match.start(), match.end(), _SURROGATE.sub("\ufffd", meant)
