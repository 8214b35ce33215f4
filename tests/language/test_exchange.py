"""Both protocols over real sockets, and everything an endpoint can do wrong."""

from __future__ import annotations

import json
from time import perf_counter

import pytest
from benchmarks.language.server import (
    Behaviour,
    Handler,
    closes_midway,
    drips,
    fails,
    floods,
    hangs,
    redirects,
    says,
)
from tests.language.conftest import Serve

from rigatino.errors import LanguageError
from rigatino.language import HttpEndpoint, Prompt, open_endpoint

#: an endpoint may cost this much more than its time-out: a thread to end, a loaded machine
SLACK = 1.0
KINDS = ("openai", "anthropic", "ollama")


def at(url: str, kind: str = "openai") -> HttpEndpoint:
    return open_endpoint(f"{kind}:some/model:7b@{url}")


def failing(endpoint: HttpEndpoint, prompt: Prompt, seconds: float = 5.0) -> str:
    with pytest.raises(LanguageError) as caught:
        endpoint.ask(prompt, seconds)
    return str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stream", ["", "1"])
def test_it_answers(
    kind: str, stream: str, serve: Serve, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIGATINO_LLM_STREAM", stream)
    said = json.dumps({"claims": [{"text": "Blöcke – " + "x" * 500}]}, ensure_ascii=False)
    server = serve(says(said))
    reply = at(server.url, kind).ask(prompt, 10)
    assert json.loads(reply.text) == json.loads(said)
    assert (reply.tokens_in, reply.cut) == (1200, False)
    assert reply.tokens_out
    assert 0 < reply.seconds < 10


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_a_stream_ends_with_its_last_event_and_not_with_the_connection(
    kind: str, serve: Serve, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIGATINO_LLM_STREAM", "1")

    def behave(handler: Handler) -> None:
        says('{"claims": []}')(handler)
        handler.wait(60)

    def a_byte_at_a_time(handler: Handler) -> None:
        real = handler.wfile.write
        handler.wfile.write = lambda data: [real(data[i : i + 1]) for i in range(len(data))]  # type: ignore[assignment]
        behave(handler)

    for way in (behave, a_byte_at_a_time):
        began = perf_counter()
        assert at(serve(way).url, kind).ask(prompt, 30).text == '{"claims": []}'
        assert perf_counter() - began < 25


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_is_the_protocol(kind: str, serve: Serve, prompt: Prompt) -> None:
    server = serve(says("{}"))
    endpoint = at(server.url, kind)
    endpoint.ask(prompt, 10)
    path, headers, body = server.requests[0]
    assert path == ("/v1/messages" if kind == "anthropic" else "/v1/chat/completions")
    assert headers["Accept-Encoding"] == "identity"
    sent = json.loads(body)
    assert sent["model"] == "some/model:7b"
    assert sent["max_tokens"] == 100
    assert body == endpoint.request(prompt).body
    schema = (
        sent["tools"][0]["input_schema"]
        if kind == "anthropic"
        else sent["response_format"]["json_schema"]["schema"]
    )
    assert schema == prompt.schema


def test_a_model_that_was_cut_off_says_so(serve: Serve, prompt: Prompt) -> None:
    for kind in KINDS:
        assert at(serve(says('{"half', "length")).url, kind).ask(prompt, 10).cut


@pytest.mark.parametrize(
    ("behaviour", "word"),
    [
        (hangs(), "did not finish"),
        (drips("head"), "did not finish"),
        (drips("body"), "did not finish"),
        (fails(429, Retry_After="120"), "status 429"),
        (fails(503), "status 503"),
    ],
    ids=["hangs", "drips in the head", "drips in the body", "429", "503"],
)
def test_one_deadline_covers_it(
    behaviour: Behaviour, word: str, serve: Serve, prompt: Prompt
) -> None:
    endpoint = at(serve(behaviour).url)
    began = perf_counter()
    assert word in failing(endpoint, prompt, 0.7)
    assert perf_counter() - began < 0.7 + SLACK


@pytest.mark.parametrize("status", [429, 500, 502, 529])
def test_it_is_asked_again(status: int, serve: Serve, prompt: Prompt) -> None:
    server = serve(fails(status, 1, '{"claims": []}', Retry_After="0.1"))
    assert at(server.url).ask(prompt, 20).text == '{"claims": []}'
    assert len(server.requests) == 2


def test_it_is_asked_three_times_at_most(serve: Serve, prompt: Prompt) -> None:
    server = serve(fails(500))
    assert "500 3 times" in failing(at(server.url), prompt, 30)
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 404, 418])
def test_a_plain_refusal_is_final(status: int, serve: Serve, prompt: Prompt) -> None:
    server = serve(fails(status))
    assert str(status) in failing(at(server.url), prompt)
    assert len(server.requests) == 1


def test_a_date_to_wait_for_is_understood(serve: Serve, prompt: Prompt) -> None:
    late = serve(fails(429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"))
    began = perf_counter()
    assert "429" in failing(at(late.url), prompt, 5)
    assert perf_counter() - began < SLACK


def test_a_flood_is_cut(serve: Serve, prompt: Prompt) -> None:
    assert "more than 4 MiB" in failing(at(serve(floods()).url), prompt, 30)


@pytest.mark.parametrize("stream", ["", "1"])
def test_half_an_answer_is_none(
    stream: str, serve: Serve, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIGATINO_LLM_STREAM", stream)
    said = failing(at(serve(closes_midway('{"claims": []}' * 90)).url), prompt)
    assert "broke off" in said or "not its protocol" in said


def test_a_redirection_to_another_host_is_not_followed(serve: Serve, prompt: Prompt) -> None:
    other = serve(says("{}"))
    server = serve(redirects(f"{other.url}/chat/completions"))  # another port is another host
    assert "another host" in failing(at(server.url), prompt)
    assert other.requests == []


def test_a_redirection_on_the_same_host_is(serve: Serve, prompt: Prompt) -> None:
    def behave(handler: Handler) -> None:
        moved = handler.path == "/v1/chat/completions"
        (redirects("/v2/chat") if moved else says("here"))(handler)

    assert at(serve(behave).url).ask(prompt, 10).text == "here"
    assert "circles" in failing(at(serve(redirects("/v1/x")).url), prompt)


def test_nobody_listens(prompt: Prompt) -> None:
    assert "nothing answers" in failing(at("http://127.0.0.1:9/v1"), prompt)


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {}}]}',
     b'{"choices": [{"message": {"content": 7}}]}', b"[" * 100_000, b'{"a":' * 100_000,
     b"data: {}\n\ndata: [DONE]\n\n", b"data: nonsense\n\n", b"\xff\xfe\x00", b'{"choices": 1}',
     b'{"choices": {"0": 1}}', b'{"content": [{"type": "text"}]}', b'{"content": "x"}'],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_the_protocol(body: bytes, kind: str, serve: Serve, prompt: Prompt) -> None:
    server = serve(lambda handler: handler.answer(200, body))
    assert "not its protocol" in failing(at(server.url, kind), prompt)


@pytest.mark.parametrize(
    "raw",
    [b"nonsense\r\n\r\n", b"HTTP/1.1 999999 X\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500,
     b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b""],
)  # fmt: skip
def test_what_is_not_http(raw: bytes, serve: Serve, prompt: Prompt) -> None:
    server = serve(lambda handler: handler.wfile.write(raw) and None)
    assert failing(at(server.url), prompt)


def test_live_calls_are_impossible(prompt: Prompt) -> None:
    with pytest.raises(AssertionError, match="live calls are impossible"):
        at("http://203.0.113.7/v1").ask(prompt, 5)
