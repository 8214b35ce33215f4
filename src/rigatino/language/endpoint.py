"""What is asked of a language model, and what comes back: one call, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol


class Secret:
    """A key. It shows itself to nobody: not in a repr, a message, a pickle or a record."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep the key; only ``reveal`` gives it out."""
        self._text = text

    def reveal(self) -> str:
        """The key itself: for the one line of a request that carries it."""
        return self._text

    def __repr__(self) -> str:
        """Never the key."""
        return "(key hidden)"

    def __reduce__(self) -> NoReturn:
        """A key does not travel between processes."""
        raise TypeError("a key cannot be pickled")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One call: what the model is, what it is given, and the JSON Schema of its answer."""

    system: str
    user: str
    schema: Mapping[str, Any]
    #: the schema's name, as endpoints want one
    name: str
    most_tokens: int


@dataclass(frozen=True, slots=True)
class Request:
    """What goes over the wire, always a POST; a key among the headers is a ``Secret``."""

    url: str
    headers: tuple[tuple[str, str | Secret], ...]
    body: bytes
    #: what a stream ends with, so that nobody waits for the connection to close
    ends: tuple[bytes, ...] = ()

    def shown(self) -> str:
        """Exactly what would be sent, the key hidden."""
        lines = [f"POST {self.url}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\n".join([*lines, "", self.body.decode("utf-8")])


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote; counts of tokens where the endpoint gives them."""

    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    #: whether the model was stopped at its longest
    cut: bool = False
    seconds: float = 0.0


class Endpoint(Protocol):
    """A language model that can be asked. Anything with these two will do."""

    @property
    def name(self) -> str:
        """Kind, model and host, as a record may show it; never a key."""
        ...

    def ask(self, prompt: Prompt, seconds: float) -> Reply:
        """The model's answer within so many seconds, or a ``LanguageError``."""
        ...
