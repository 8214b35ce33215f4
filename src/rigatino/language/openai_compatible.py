"""The protocol of ``/v1/chat/completions``: OpenAI, Ollama, vLLM, llama.cpp, LM Studio."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rigatino.language.endpoint import Reply, Request, Secret
from rigatino.language.wire import Call, Wire, count, text_of


def _request(call: Call) -> Request:
    prompt = call.prompt
    form = {"name": prompt.name, "strict": True, "schema": prompt.schema}
    body: dict[str, Any] = {
        "model": call.model,
        "messages": [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ],
        **_options(call),
        "response_format": {"type": "json_schema", "json_schema": form},
        "stream": call.stream,
    }
    headers: list[tuple[str, str | Secret]] = [("Content-Type", "application/json")]
    if call.key:
        headers.append(("Authorization", Secret(f"Bearer {call.key.reveal()}")))
    data = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return Request(call.url, tuple(headers), data, (b"data: [DONE]", b"data:[DONE]"))


def _options(call: Call) -> dict[str, int]:
    """OpenAI's own models refuse the older name and, the newest of them, a temperature."""
    if call.at_home:
        return {"max_completion_tokens": call.prompt.most_tokens}
    return {"temperature": 0, "max_tokens": call.prompt.most_tokens}


def _whole(data: Mapping[str, Any]) -> Reply:
    choice = data["choices"][0]
    usage = data.get("usage") or {}
    return Reply(
        text_of(choice["message"]["content"]),
        count(usage.get("prompt_tokens")),
        count(usage.get("completion_tokens")),
        choice.get("finish_reason") == "length",
    )


def _streamed(events: Iterable[Mapping[str, Any]]) -> Reply:
    pieces: list[str] = []
    usage: Mapping[str, Any] = {}
    ended = None
    for event in events:
        usage = event.get("usage") or usage
        for choice in event.get("choices") or ():
            pieces.append(text_of((choice.get("delta") or {}).get("content")))
            ended = choice.get("finish_reason") or ended
    if ended is None:
        raise ValueError("the stream ends before the model has finished")
    counts = count(usage.get("prompt_tokens")), count(usage.get("completion_tokens"))
    return Reply("".join(pieces), *counts, ended == "length")


WIRE = Wire("/chat/completions", _request, _whole, _streamed)
