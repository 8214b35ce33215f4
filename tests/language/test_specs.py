"""What ``--llm`` may say, where keys go, what is never shown, what is estimated."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from benchmarks.language.server import says
from tests.language.conftest import Serve

from rigatino.errors import InputError, LanguageError, UsageError
from rigatino.language import (
    Prompt,
    Secret,
    chosen_seconds,
    cost,
    cost_said,
    estimate_said,
    open_endpoint,
    price_of,
)

KEY = "sk-very-secret-0123456789"


@pytest.mark.parametrize(
    ("spec", "url", "model"),
    [
        ("openai:gpt-x", "https://api.openai.com/v1/chat/completions", "gpt-x"),
        ("openai:m@http://localhost:8000", "http://localhost:8000/v1/chat/completions", "m"),
        ("openai:m@http://localhost:8000/v1/", "http://localhost:8000/v1/chat/completions", "m"),
        ("openai:m@https://x.example/a/chat/completions",
         "https://x.example/a/chat/completions", "m"),
        ("ollama:qwen3:8b", "http://localhost:11434/v1/chat/completions", "qwen3:8b"),
        ("ollama:org/m@latest", "http://localhost:11434/v1/chat/completions", "org/m@latest"),
        ("ollama:m@http://[::1]:99", "http://[::1]:99/v1/chat/completions", "m"),
        ("anthropic:c", "https://api.anthropic.com/v1/messages", "c"),
        ("anthropic:c@http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1/messages", "c"),
    ],
)  # fmt: skip
def test_specs(spec: str, url: str, model: str) -> None:
    endpoint = open_endpoint(spec)
    assert (endpoint.url, endpoint.model) == (url, model)


@pytest.mark.parametrize(
    "spec",
    ["", "x", "openai", "openai:", ":m", "gemini:m", "openai:m@", "openai:m@ftp://x", "openai:m m",
     "openai:m@file:///etc/passwd", "openai:m@http://", "openai:m@http://x:99999",
     "openai:m@http://x:0", f"openai:m@https://me:{KEY}@x.example", f"openai:m@https://x?key={KEY}",
     "openai:m@http://x#y", "openai:m@http://x\n", "openai:m\x1b[31m", "openai:" + "m" * 600, KEY],
)  # fmt: skip
def test_what_is_no_spec(spec: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_endpoint(spec)
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_each_key_goes_to_its_own_host_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    for spec in ("openai:m", "anthropic:m"):
        assert open_endpoint(spec).key is not None
    for spec in ("openai:m@https://api.example", "ollama:m", "anthropic:m@https://x.example",
                 "openai:m@http://api.openai.com"):  # fmt: skip
        assert open_endpoint(spec).key is None


def test_a_missing_key_is_said_and_nothing_is_sent(prompt: Prompt) -> None:
    with pytest.raises(LanguageError, match="OPENAI_API_KEY"):
        open_endpoint("openai:m").ask(prompt, 5)


def test_no_key_over_open_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGATINO_LLM_KEY", KEY)
    assert open_endpoint("openai:m@http://127.0.0.1:9").key is not None
    assert open_endpoint("openai:m@https://x.example").key is not None
    with pytest.raises(UsageError, match="https") as caught:
        open_endpoint("openai:m@http://192.0.2.7:9")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", ["a\nb: c", "schlüssel", "a\x00b"])
def test_a_key_that_is_none(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "\x00" in key:
        return  # the environment cannot hold it
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(UsageError) as caught:
        open_endpoint("openai:m")
    assert key not in str(caught.value)


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_the_key_is_sent_and_shown_nowhere(
    kind: str, serve: Serve, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIGATINO_LLM_KEY", KEY)
    server = serve(says(json.dumps({"echo": KEY})))
    endpoint = open_endpoint(f"{kind}:m@{server.url}")
    reply = endpoint.ask(prompt, 10)
    assert KEY in str(server.requests[0][1])
    request = endpoint.request(prompt)
    for shown in (endpoint, request, request.shown(), endpoint.name, reply, endpoint.key,
                  f"{endpoint.key}", [endpoint.key], request.headers):  # fmt: skip
        assert KEY not in repr(shown)
        assert KEY not in str(shown)
    assert "(key hidden)" in request.shown()


def test_a_key_does_not_travel() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(KEY))


def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_seconds(None) == 60.0
    monkeypatch.setenv("RIGATINO_LLM_TIMEOUT", "7.5")
    assert chosen_seconds(None) == 7.5
    assert chosen_seconds(3) == 3


@pytest.mark.parametrize("said", ["0", "-1", "nan", "inf", "soon", "1e9"])
def test_a_time_out_that_is_none(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGATINO_LLM_TIMEOUT", said)
    with pytest.raises(UsageError):
        chosen_seconds(None)


def test_prices_are_the_users(
    tmp_path: Path, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "price unknown" in cost_said("openai:m", 10, 10)
    file = tmp_path / "prices.toml"
    file.write_text('["openai:m"]\nin = 2\nout = 8.0\ncurrency = "EUR"\n', encoding="utf-8")
    monkeypatch.setenv("RIGATINO_LLM_PRICES", str(file))
    assert cost(price_of("openai:m"), 1_000_000, 500_000) == 6.0
    assert "6.000000 EUR" in cost_said("openai:m", 1_000_000, 500_000)
    assert "price unknown" in cost_said("openai:other", 1, 1)
    assert "cost unknown" in cost_said("openai:m", None, 1)
    assert "EUR" in estimate_said("openai:m", prompt)


@pytest.mark.parametrize(
    "text",
    ["not toml", '["openai:m"]\nin = 1\n',
     '["openai:m"]\nin = -1\nout = 1\ncurrency = "x"\n',
     '"openai:m" = 7\n'],
)  # fmt: skip
def test_prices_that_cannot_be_read(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("RIGATINO_LLM_PRICES", str(file))
    with pytest.raises(InputError):
        price_of("openai:m")
