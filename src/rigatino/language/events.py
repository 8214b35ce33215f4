"""A body taken apart: JSON, or a stream of server-sent events that hold JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rigatino.language.carrying import Response


def is_stream(response: Response) -> bool:
    """Whether a body is a stream of events, by what it is called or how it begins."""
    called = response.headers.get("content-type", "").lower()
    return "event-stream" in called or response.body.lstrip()[:5] in (b"data:", b"event")


def events(body: bytes) -> Iterator[Mapping[str, Any]]:
    """The JSON object of every event; one that says it is done holds none."""
    lines: list[str] = []
    for line in [*body.decode("utf-8", "replace").splitlines(), ""]:
        if line.startswith("data:"):
            lines.append(line[5:].removeprefix(" "))
        elif not line and lines:
            text, lines = "\n".join(lines), []
            if text.strip() != "[DONE]":
                yield json_object(text)


def json_object(text: str | bytes) -> Mapping[str, Any]:
    """A JSON object; ``ValueError`` for whatever else."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data
