"""The protocol of Anthropic's ``/v1/messages``: the schema is that of a tool it has to use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rigatino.language.endpoint import Reply, Request, Secret
from rigatino.language.wire import Call, Wire, count, text_of

_VERSION = "2023-06-01"


def _request(call: Call) -> Request:
    prompt = call.prompt
    tool = {
        "name": prompt.name,
        "description": "Hand over the claims.",
        "input_schema": prompt.schema,
    }
    body = {
        "model": call.model,
        "system": prompt.system,
        "messages": [{"role": "user", "content": prompt.user}],
        "temperature": 0,
        "max_tokens": prompt.most_tokens,
        "tools": [tool],
        "tool_choice": {"type": "tool", "name": prompt.name},
        "stream": call.stream,
    }
    headers: list[tuple[str, str | Secret]] = [
        ("Content-Type", "application/json"),
        ("anthropic-version", _VERSION),
    ]
    if call.key:
        headers.append(("x-api-key", call.key))
    data = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return Request(call.url, tuple(headers), data, (b'"message_stop"',))


def _whole(data: Mapping[str, Any]) -> Reply:
    text = ""
    for block in data["content"]:
        if block["type"] == "tool_use":
            text = json.dumps(block["input"], ensure_ascii=False)
        elif block["type"] == "text" and not text:
            text = text_of(block["text"])
    usage = data.get("usage") or {}
    counts = count(usage.get("input_tokens")), count(usage.get("output_tokens"))
    return Reply(text, *counts, data.get("stop_reason") == "max_tokens")


def _streamed(events: Iterable[Mapping[str, Any]]) -> Reply:
    """Pieces of the tool's input if there are any, else pieces of text."""
    written: dict[str, list[str]] = {"partial_json": [], "text": []}
    usage: dict[str, Any] = {}
    stopped = ended = None
    for event in events:
        ended = ended or event.get("type") == "message_stop"
        usage |= (event.get("message") or {}).get("usage") or event.get("usage") or {}
        delta = event.get("delta") or {}
        stopped = delta.get("stop_reason") or stopped
        for key, pieces in written.items():
            pieces.append(text_of(delta.get(key)))
    if not ended:
        raise ValueError("the stream ends before the model has finished")
    text = "".join(written["partial_json"]) or "".join(written["text"])
    counts = count(usage.get("input_tokens")), count(usage.get("output_tokens"))
    return Reply(text, *counts, stopped == "max_tokens")


WIRE = Wire("/messages", _request, _whole, _streamed)
