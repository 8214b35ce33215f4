"""A real HTTP server on loopback that speaks both protocols, and behaves as badly as it is told.

A behaviour is a function that is given the handler of one request.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; what it does is the server's behaviour."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.path, dict(self.headers.items()), body))
        with suppress(OSError):
            self.asked: dict[str, Any] = json.loads(body)
            self.server.behaviour(self)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the screen."""

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """A whole response."""
        self.begin(status, **{"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int, **headers: str) -> None:
        """The head of a response."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def wait(self, seconds: float) -> bool:
        """Do nothing for so long; True if the server is closing."""
        return self.server.closing.wait(seconds)


class Server(ThreadingHTTPServer):
    """Use as a context; ``url`` is what stands behind the @ of a spec."""

    daemon_threads = True

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.closing = Event()
        self._thread = Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The other side went away: that is what is being tried."""

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.closing.set()
        self.shutdown()
        self.server_close()


def says(text: str, finish: str = "stop") -> Behaviour:
    """A model that answers with this text, by whichever protocol it is asked, streamed if asked."""

    def behave(handler: Handler) -> None:
        anthropic = handler.path.endswith("/messages")
        if not handler.asked.get("stream"):
            whole = _anthropic(text, finish) if anthropic else _openai(text, finish)
            handler.answer(200, json.dumps(whole).encode(), Content_Type="application/json")
            return
        events = _anthropic_events(text) if anthropic else _openai_events(text, finish)
        handler.begin(200, Content_Type="text/event-stream", Connection="close")
        for event in events:
            handler.wfile.write(event)

    return behave


def _openai(text: str, finish: str) -> dict[str, Any]:
    return {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1200, "completion_tokens": len(text) // 4},
    }


def _anthropic(text: str, finish: str) -> dict[str, Any]:
    try:
        content = [{"type": "tool_use", "id": "t", "name": "claims", "input": json.loads(text)}]
    except ValueError:
        content = [{"type": "text", "text": text}]
    stop = "max_tokens" if finish == "length" else "tool_use"
    usage = {"input_tokens": 1200, "output_tokens": len(text) // 4}
    return {"content": content, "stop_reason": stop, "usage": usage}


def _openai_events(text: str, finish: str) -> list[bytes]:
    pieces = [{"choices": [{"delta": {"content": p}}]} for p in _cut(text)]
    ended = {
        "choices": [{"delta": {}, "finish_reason": finish}],
        "usage": _openai(text, "")["usage"],
    }
    return [*(f"data: {json.dumps(p)}\n\n".encode() for p in (*pieces, ended)), b"data: [DONE]\n\n"]


def _anthropic_events(text: str) -> list[bytes]:
    pieces: list[dict[str, Any]] = [
        {"type": "message_start", "message": {"usage": {"input_tokens": 1200}}}
    ]
    for piece in _cut(text):
        delta = {"type": "input_json_delta", "partial_json": piece}
        pieces.append({"type": "content_block_delta", "index": 0, "delta": delta})
    stopped = {"delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 9}}
    pieces += [{"type": "message_delta", **stopped}, {"type": "message_stop"}]
    return [f"event: {p['type']}\ndata: {json.dumps(p)}\n\n".encode() for p in pieces]


def _cut(text: str, size: int = 97) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def fails(status: int, times: int = 1_000_000, then: str = "", **headers: str) -> Behaviour:
    """A status, so many times; then an answer."""
    left = [times]

    def behave(handler: Handler) -> None:
        left[0] -= 1
        if left[0] >= 0:
            handler.answer(status, b'{"error": "no"}', **headers)
        else:
            says(then)(handler)

    return behave


def hangs(seconds: float = 60.0) -> Behaviour:
    """Takes the request and says nothing."""

    def behave(handler: Handler) -> None:
        handler.wait(seconds)

    return behave


def drips(where: str) -> Behaviour:
    """A byte now and then, for ever: in the head or in the body of the response."""

    def behave(handler: Handler) -> None:
        if where == "body":
            handler.begin(200, Content_Type="text/event-stream")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not handler.wait(0.05):
            handler.wfile.write(b":")

    return behave


def floods(mebibytes: int = 1024) -> Behaviour:
    """A stream that goes on and on."""

    def behave(handler: Handler) -> None:
        handler.begin(200, Content_Type="text/event-stream")
        piece = _openai_events("x" * 64, "")[0] * 64
        for _ in range(mebibytes * 2**20 // len(piece)):
            handler.wfile.write(piece)

    return behave


def closes_midway(text: str) -> Behaviour:
    """Promises a whole answer and goes away after half of it."""

    def behave(handler: Handler) -> None:
        if handler.asked.get("stream"):
            handler.begin(200, Content_Type="text/event-stream", Connection="close")
            handler.wfile.write(b"".join(_openai_events(text, "stop")[:3]))
            return
        body = json.dumps(_openai(text, "stop")).encode()
        handler.begin(200, Content_Length=str(len(body)))
        handler.wfile.write(body[: len(body) // 2])

    return behave


def redirects(target: str) -> Behaviour:
    """Sends the caller elsewhere."""

    def behave(handler: Handler) -> None:
        handler.answer(307, b"", Location=target)

    return behave
