"""What an adapter is: how one protocol asks, and how its answers are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rigatino.language.endpoint import Prompt, Reply, Request, Secret


@dataclass(frozen=True, slots=True)
class Call:
    """Where a prompt goes, and how it is asked."""

    model: str
    url: str
    key: Secret | None
    stream: bool
    prompt: Prompt
    #: whether it is the host that the protocol comes from, whose newest options can be used
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Wire:
    """One protocol.

    ``whole`` reads a JSON body, ``streamed`` the JSON objects of a stream of events; both raise
    ``LookupError``, ``TypeError`` or ``ValueError`` for what is not the protocol.
    """

    path: str
    request: Callable[[Call], Request]
    whole: Callable[[Mapping[str, Any]], Reply]
    streamed: Callable[[Iterable[Mapping[str, Any]]], Reply]


@dataclass(frozen=True, slots=True)
class Kind:
    """A word in front of the colon of ``--llm``: protocol, usual address, the key's name.

    The key of that name is sent to ``home`` and to nobody else.
    """

    wire: Wire
    url: str
    home: str
    key_name: str | None


def count(value: Any) -> int | None:
    """A number of tokens, if it is one."""
    plain = isinstance(value, int) and not isinstance(value, bool)
    return value if plain and 0 <= value < 10**9 else None


def text_of(value: Any) -> str:
    """A piece of text, or nothing; whatever else is not the protocol."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("a piece of the answer is not text")
    return value
