"""``--llm`` as a user calls it: answer, ask, batch answer, compare-writers, dry runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

import pytest
from benchmarks.language.server import Behaviour, Server, hangs, says
from tests.answer.modelled.conftest import GOOD, reply
from tests.conftest import FITTING
from tests.surfaces.conftest import Called, Command, saved, validate

KEY = "sk-very-secret-0123456789"
Refuse = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], Server]]:
    with ExitStack() as open_:
        yield lambda behaviour: open_.enter_context(Server(behaviour))


@pytest.fixture
def good(serve: Callable[[Behaviour], Server]) -> Server:
    return serve(says(reply(*GOOD, ("how", "SwinIR does it.", None, None))))


@pytest.fixture
def fitting_file(tmp_path: Path) -> Path:
    return saved(tmp_path / "fitting.txt", FITTING.encode())


def test_answer(call: Called, fitting_file: Path, good: Server) -> None:
    code, out, err = call("answer", fitting_file, "--llm", f"openai:m@{good.url}")
    assert code == 0
    assert "in 83% of the test images [P1]." in out
    lines = err.splitlines()
    assert lines[0].startswith("language model: openai:m at 127.0.0.1:")
    assert lines[0].endswith("4 of 5 claims as written")
    assert lines[1].startswith("changed (dropped): ")
    assert lines[2] == "- SwinIR does it."
    assert "price unknown" in lines[-1]


def test_the_proof_and_the_page(call: Called, fitting_file: Path, good: Server) -> None:
    llm = ("--llm", f"openai:m@{good.url}")
    proof = json.loads(call("answer", fitting_file, *llm, "--json")[1])
    validate("answer", proof)
    assert proof["writer"]["kept"] == 4
    assert [c["what"] for c in proof["changes"]] == ["dropped"]
    page = call("answer", fitting_file, *llm, "--html")[1]
    assert "4 of 5 claims as written" in page
    assert "SwinIR" not in page


def test_an_answer_by_a_model_passes_the_audit(
    call: Called, fitting_file: Path, good: Server
) -> None:
    target = fitting_file.with_name("a.md")
    call("answer", fitting_file, "--llm", f"openai:m@{good.url}", "-o", target)
    assert call("audit", target, "--brief", fitting_file)[0] == 0


def test_ask(call: Called, serve: Callable[[Behaviour], Server]) -> None:
    said = "A network fills the gap with what usually stands next to it."
    server = serve(says(reply(("how", said, None, None))))
    question = "How does it know what was under the scratch on my old photo?"
    code, out, _ = call("ask", question, "--llm", f"ollama:m@{server.url}")
    assert code == 0
    assert said in out


def test_a_dead_endpoint_ends_in_time_with_the_offline_answer(
    command: Command, fitting_file: Path, serve: Callable[[Behaviour], Server]
) -> None:
    server = serve(hangs())
    offline = command("answer", fitting_file)
    began = perf_counter()
    done = command("answer", fitting_file, "--llm", f"openai:m@{server.url}", "--llm-timeout", "1")
    assert perf_counter() - began < 30  # hung for ever otherwise; the benchmark takes the time
    assert (done.returncode, done.stdout) == (0, offline.stdout)
    assert b"this is the offline answer" in done.stderr


def test_a_dry_run_sends_nothing_and_shows_no_key(
    call: Called, fitting_file: Path, good: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIGATINO_LLM_KEY", KEY)
    llm = ("--llm", f"openai:m@{good.url}")
    code, out, err = call("answer", fitting_file, *llm, "--dry-run")
    assert code == 0
    assert good.requests == []
    assert KEY not in out + err
    assert "estimated" in err
    head, _, body = out.partition("\n\n")
    assert head.splitlines() == [
        f"POST {good.url}/chat/completions",
        "Content-Type: application/json",
        "Authorization: (key hidden)",
    ]
    call("answer", fitting_file, *llm)
    (sent,) = good.requests
    assert sent[2].decode() == body.removesuffix("\n")
    assert sent[1]["Authorization"] == f"Bearer {KEY}"


def test_a_dry_run_of_nothing(refuse: Refuse, fitting_file: Path) -> None:
    assert "--llm" in refuse("answer", fitting_file, "--dry-run")


def test_the_key_is_in_no_output(
    call: Called, fitting_file: Path, serve: Callable[[Behaviour], Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("RIGATINO_LLM_KEY", KEY)
    echo = serve(says(reply(*GOOD, ("how", f"The key is {KEY}.", "P1", KEY))))
    for form in ((), ("--json",), ("--html",)):
        _, out, err = call("answer", fitting_file, "--llm", f"openai:m@{echo.url}", *form)
        assert KEY not in out + err


def test_the_environment_chooses_a_model_and_off_turns_it_off(
    call: Called, fitting_file: Path, good: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline = call("answer", fitting_file)
    monkeypatch.setenv("RIGATINO_LLM", f"openai:m@{good.url}")
    assert "83% of the test images [P1]" in call("answer", fitting_file)[1]
    assert call("answer", fitting_file, "--llm", "off") == offline
    assert len(good.requests) == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--llm", "gemini:m"),
        ("--llm", "ollama:m", "--llm-timeout", "0"),
        ("--llm", "openai:m@ftp://x"),
    ],
)
def test_what_is_wrong_with_the_call(
    options: tuple[str, ...], refuse: Refuse, fitting_file: Path, tmp_path: Path
) -> None:
    assert "--llm" in refuse("answer", fitting_file, *options)
    rows = saved(tmp_path / "in.jsonl", b'{"question": "Why so blocky?"}\n')
    assert "--llm" in refuse("batch", "answer", rows, "-o", tmp_path / "out.jsonl", *options)
    assert not (tmp_path / "out.jsonl").exists()


def rows_of(folder: Path) -> Path:
    from rigatino.brief import brief_to_json, read_brief

    row = json.dumps({"id": "a", **brief_to_json(read_brief(FITTING))})
    return saved(folder / "in.jsonl", f"{row}\n{{broken\n{row}\n".encode())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch(jobs: int, call: Called, tmp_path: Path, good: Server) -> None:
    target = tmp_path / "out.jsonl"
    llm = ("--llm", f"openai:m@{good.url}", "--jobs", jobs)
    code, _, _ = call("batch", "answer", rows_of(tmp_path), "-o", target, "--quiet", *llm)
    done = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert code == 0
    assert [row.get("answer", {}).get("writer", {}).get("kept") for row in done] == [4, None, 4]
    for row in done:
        validate("batch", row)


def test_a_batch_is_not_resumed_by_another_model(
    call: Called, refuse: Refuse, tmp_path: Path, good: Server
) -> None:
    source, target = rows_of(tmp_path), tmp_path / "out.jsonl"
    saved(tmp_path / "out.jsonl.partial", b"")
    call("batch", "answer", source, "-o", target, "--quiet")
    saved(tmp_path / "out.jsonl.partial", b"")
    saved(tmp_path / "out.jsonl.partial.from", b'{"llm": "ollama:other"}')
    said = refuse("batch", "answer", source, "-o", target, "--llm", f"openai:m@{good.url}")
    assert "begun from another input" in said


def test_compare_writers(
    call: Called, fitting_file: Path, good: Server, serve: Callable[[Behaviour], Server],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    prices = tmp_path / "prices.toml"
    prices.write_text('["openai:m"]\nin = 1\nout = 2\ncurrency = "EUR"\n', encoding="utf-8")
    monkeypatch.setenv("RIGATINO_LLM_PRICES", str(prices))
    broken = serve(says("nonsense"))
    models = ("--llm", f"openai:m@{good.url}", "--llm", f"anthropic:b@{broken.url}")
    code, out, _ = call("compare-writers", fitting_file, rows_good(tmp_path), *models, "--json")
    assert code == 0
    done = json.loads(out)
    validate("compare", done)
    offline, ours, theirs = done["writers"]
    assert done["briefs"] == 2
    assert (offline["writer"], offline["claims"], offline["added_to"]) == ("offline", 0, 0)
    assert (ours["kept"], ours["claims"], ours["offline_instead"]) == (8, 10, 0)
    assert ours["findings"] == 0
    assert (ours["added_to"], ours["added_background"]) == (2, 2)
    assert ours["cost"] == (ours["tokens_in"] + 2 * ours["tokens_out"]) / 1e6
    assert (theirs["offline_instead"], theirs["kept"], theirs["added_to"]) == (2, 0, 0)
    assert theirs["cost"] is None
    shown = call("compare-writers", fitting_file, *models)[1]
    assert "claims that stand word for word" in shown
    assert "price unknown" in shown


def rows_good(folder: Path) -> Path:
    from rigatino.brief import brief_to_json, read_brief

    return saved(folder / "b.jsonl", json.dumps(brief_to_json(read_brief(FITTING))).encode())


def test_compare_writers_without_a_model(refuse: Refuse, fitting_file: Path) -> None:
    assert "--llm" in refuse("compare-writers", fitting_file)


def test_compare_writers_with_a_bad_row(refuse: Refuse, tmp_path: Path, good: Server) -> None:
    assert "line 2" in refuse("compare-writers", rows_of(tmp_path), "--llm", f"openai:m@{good.url}")
