from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from benchmarks.language.server import Behaviour, Server

from rigatino.language import Prompt

Serve = Callable[[Behaviour], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a scripted server; all of them are closed at the end."""
    with ExitStack() as open_:
        yield lambda behaviour: open_.enter_context(Server(behaviour))


@pytest.fixture
def prompt() -> Prompt:
    schema = {"type": "object", "properties": {"claims": {"type": "array"}}, "required": ["claims"]}
    return Prompt("You explain.", "A brief – as data.", schema, "claims", 100)
