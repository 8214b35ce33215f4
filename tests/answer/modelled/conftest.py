from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from benchmarks.language.server import Behaviour, Server, says

import rigatino as rg

Row = tuple[str, str, str | None, str | None]
Ask = Callable[..., rg.Answer]

ESTIMATES = (
    "We train a convolutional network that estimates the quality factor of a JPEG image and "
    "removes compression artifacts accordingly."
)
GOOD: tuple[Row, ...] = (
    ("task", "Your poster was squeezed every time it was passed on.", None, None),
    ("how", "JPEG files suffer from blocking artifacts and ringing when compressed hard.", "P1",
     "JPEG files suffer from blocking artifacts and ringing when they are compressed hard."),
    ("how", "A convolutional network estimates the quality factor of the image and removes "
     "compression artifacts accordingly.", "P1", ESTIMATES),
    ("how", "It restores letters in 83% of the test images.", "P1",
     "It restores letters in 83% of the test images."),
)  # fmt: skip


def reply(*rows: Row) -> str:
    fields = ("section", "text", "source", "quote")
    return json.dumps({"claims": [dict(zip(fields, row, strict=True)) for row in rows]})


@pytest.fixture
def ask(fitting: rg.Brief) -> Iterator[Ask]:
    """An answer with a model that behaves so; or that answers with these claims."""
    with ExitStack() as open_:

        def run(*said: Any, brief: rg.Brief = fitting, **options: Any) -> rg.Answer:
            behaviour: Behaviour = said[0] if callable(said[0]) else says(reply(*said))
            server = open_.enter_context(Server(behaviour))
            options = {"llm_timeout": 10} | options
            return rg.answer_brief(brief, llm=f"openai:m@{server.url}", **options)

        yield run
