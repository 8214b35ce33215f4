"""Every command as a user calls it, and everything a user can get wrong."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from tests.surfaces.conftest import Called, Command, argv, listing, one_line, saved, validate

from rigatino import __version__
from rigatino.brief import example
from rigatino.surfaces.screen import harmless

HEADINGS = 3
QUESTION = "Why is my photo of the night market so grainy, and can that be mended?"
Refuse = Callable[..., str]


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# What each command does.


def test_answer_to_the_screen(call: Called, brief: Path) -> None:
    code, out, _ = call("answer", brief)
    assert code == 0
    assert out.count("### ") == HEADINGS


def test_answer_from_standard_input(
    call: Called, brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, brief.read_bytes())
    assert call("answer", "-") == call("answer", brief)


def test_answer_to_a_file_says_nothing_on_the_screen(call: Called, brief: Path) -> None:
    target = brief.with_name("answer.md")
    code, out, _ = call("answer", brief, "-o", target)
    assert (code, out) == (0, "")
    assert target.read_text("utf-8") == call("answer", brief)[1]
    assert listing(brief.parent) == ["answer.md", "meme.txt"]


def test_answer_as_json_is_what_the_schema_says(call: Called, brief: Path) -> None:
    proof = json.loads(call("answer", brief, "--json")[1])
    validate("answer", proof)
    assert proof["markdown"] == call("answer", brief)[1]


def test_answer_as_a_page(call: Called, brief: Path) -> None:
    code, out, _ = call("answer", brief, "--html")
    assert code == 0
    assert out.lower().startswith("<!doctype html")


def test_the_same_to_the_byte_each_time(command: Command, brief: Path) -> None:
    runs = [command("answer", brief, "--json", env={"PYTHONHASHSEED": seed}) for seed in "12"]
    assert runs[0].stdout == runs[1].stdout
    assert [r.returncode for r in runs] == [0, 0]


def test_ask(call: Called) -> None:
    code, out, err = call("ask", QUESTION)
    assert (code, err) == (0, "")
    assert "No sources were given" in out
    assert "http" not in out
    validate("answer", json.loads(call("ask", QUESTION, "--json")[1]))


def test_ask_from_standard_input(call: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, QUESTION.encode())
    assert call("ask", "-")[1] == call("ask", QUESTION)[1]


@pytest.mark.parametrize(
    "question", ["🧐🖼️✨", "?", QUESTION + " It is dark. " * 310, "사진이 왜 흐려요?"]
)
def test_any_question_is_answered(call: Called, question: str) -> None:
    code, out, _ = call("ask", question[:4000])
    assert code == 0
    assert out.count("### ") == HEADINGS


@pytest.mark.parametrize("question", ["", "  \n "])
def test_an_empty_question(refuse: Refuse, question: str) -> None:
    assert "the question is empty" in refuse("ask", question)


def test_audit_of_our_own_answer_finds_nothing(call: Called, brief: Path) -> None:
    target = brief.with_name("answer.md")
    call("answer", brief, "-o", target)
    code, out, err = call("audit", target, "--brief", brief, "--json")
    report = json.loads(out)
    validate("audit", report)
    assert (code, err, report["findings"]) == (0, "", [])


def test_audit_of_a_poor_answer(call: Called, tmp_path: Path) -> None:
    poor = saved(tmp_path / "poor.txt", example("web-image-answer"))
    code, out, err = call("audit", poor, "--brief", poor)
    assert (code, err) == (1, "")
    assert "boilerplate" in out
    report = json.loads(call("audit", poor, "--brief", poor, "--json")[1])
    validate("audit", report)
    assert report["findings"]


def test_audit_selftest(call: Called, brief: Path) -> None:
    target = brief.with_name("answer.md")
    call("answer", brief, "-o", target)
    code, out, _ = call("audit", target, "--brief", brief, "--selftest", "--json")
    tested = json.loads(out)
    validate("selftest", tested)
    assert code == (0 if all(trial["found"] for trial in tested["trials"]) else 1)
    assert "found" in call("audit", target, "--brief", brief, "--selftest")[1]


def test_audit_with_both_on_standard_input(refuse: Refuse) -> None:
    assert "standard input" in refuse("audit", "-", "--brief", "-")


def test_schemas(call: Called) -> None:
    names = call("schema")[1].split()
    assert names == [
        "alternatives", "answer", "audit", "batch", "brief", "compare", "diagnosis",
        "evidence", "limits", "projection", "proof", "restore-batch", "run", "selftest",
    ]  # fmt: skip
    for name in names:
        schema = json.loads(call("schema", name)[1])
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"urn:rigatino:{name}:1"


def test_an_unknown_schema(refuse: Refuse) -> None:
    assert "'picture'" in refuse("schema", "picture")


def test_demo(call: Called, tmp_path: Path) -> None:
    code, out, err = call("demo", "-o", tmp_path / "a" / "b")
    assert (code, err) == (0, "")
    assert "boilerplate" in out
    made = listing(tmp_path / "a" / "b")
    assert {Path(name).suffix for name in made} == {".md", ".html", ".json", ".jpg", ".png"}
    for name in made:
        if name.endswith(".json"):
            kind = "run" if name == "poster-mended.json" else "answer"
            validate(kind, json.loads((tmp_path / "a" / "b" / name).read_text("utf-8")))


def test_demo_where_a_file_stands(call: Called, brief: Path) -> None:
    code, _, err = call("demo", "-o", brief)
    assert code == 2
    one_line(err)


def test_version_and_help(call: Called) -> None:
    assert call("--version") == (0, f"rigatino {__version__}\n", "")
    assert call()[:2] == call("--help")[:2]
    assert call("batch")[:2] == call("batch", "--help")[:2]
    for name in ("answer", "ask", "audit", "demo", "inspect", "schema", "batch"):
        assert name in call("--help")[1]
        assert call(name, "--help")[0] == 0


# What can be wrong with what is read.


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, "binary"),
        (b"a" * (9 << 20), "larger than 8 MiB"),
        (b"The weather is fine today.", "question"),
        (b'{"question": "why', "JSON"),
        (b'{"models": []}', "question"),
    ],
)
def test_a_brief_that_is_none(refuse: Refuse, brief: Path, content: bytes, reason: str) -> None:
    bad = saved(brief.with_name("bad.txt"), content)
    kept = saved(brief.with_name("kept.md"), b"kept")
    for output in ([], ["-o", kept]):
        complaint = refuse("answer", bad, *output)
        assert reason in complaint
        assert "bad.txt" in complaint
    assert "bad.txt" in refuse("audit", brief, "--brief", bad)
    assert kept.read_bytes() == b"kept"
    assert listing(brief.parent) == ["bad.txt", "kept.md", "meme.txt"]


def test_what_is_not_a_file(refuse: Refuse, brief: Path) -> None:
    assert "No such file" in refuse("answer", brief.with_name("missing.txt"))
    assert "Is a directory" in refuse("answer", brief.parent)
    assert "without a name" in refuse("answer", "")
    assert "No such file" in refuse("audit", brief.with_name("missing.txt"), "--brief", brief)
    assert "No such file" in refuse("audit", brief, "--brief", brief.with_name("missing.txt"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--colour"], ["answer"], ["answer", "a", "b"], ["answer", "--colour", "x"], ["mend", "x"],
        ["answer", "x", "-o"], ["audit", "x"], ["batch", "answer", "x"], ["batch", "mend"],
        ["batch", "answer", "x", "-o", "y", "--jobs", "0"], ["answer", "x", "--json", "--html"],
        ["ask", "x", "--json", "--html"],
    ],
)  # fmt: skip
def test_a_call_that_is_off(refuse: Refuse, arguments: list[str]) -> None:
    refuse(*arguments)


# Where it is written.


def test_output_that_cannot_be_written(refuse: Refuse, brief: Path) -> None:
    for target in (brief.parent / "no" / "x.md", brief.parent, brief / "x.md", ""):
        assert "cannot be written" in refuse("answer", brief, "-o", target)
    assert listing(brief.parent) == ["meme.txt"]


def test_the_brief_is_not_written_over(refuse: Refuse, brief: Path) -> None:
    before = brief.read_bytes()
    other = brief.parent / "." / ".." / brief.parent.name / brief.name
    assert "both input and output" in refuse("answer", brief, "-o", other)
    assert "both input and output" in refuse("audit", brief, "--brief", brief, "-o", brief)
    assert "both input and output" in refuse("ask", QUESTION, "--image", brief, "-o", brief)
    assert brief.read_bytes() == before


def test_a_failed_write_leaves_what_was_there(
    refuse: Refuse, brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = saved(brief.with_name("kept.md"), b"kept")

    def full(beside: Path, target: Path) -> Path:
        raise OSError(28, f"No space left on device for {beside.name}", str(target))

    monkeypatch.setattr(Path, "replace", full)
    assert "No space left" in refuse("answer", brief, "-o", kept)
    assert kept.read_bytes() == b"kept"
    assert listing(brief.parent) == ["kept.md", "meme.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_a_replaced_file_keeps_its_permissions_and_a_link_stays_one(
    call: Called, brief: Path
) -> None:
    private = saved(brief.with_name("private.md"), b"old")
    private.chmod(0o600)
    link = brief.with_name("link.md")
    link.symlink_to(private)
    assert call("answer", brief, "-o", link)[0] == 0
    assert link.is_symlink()
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.read_text("utf-8").startswith("###")


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no devices here")
def test_a_device_stays_a_device(call: Called, brief: Path) -> None:
    assert call("answer", brief, "-o", "/dev/null")[0] == 0
    assert Path("/dev/null").is_char_device()


# The screen and the pipe.


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["ask", QUESTION], ["schema"]])
def test_a_full_disk_behind_the_screen(command: Command, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = command(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert "No space left" in one_line(done.stderr)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["ask", QUESTION, "--json"], ["schema", "answer"]]
)
def test_a_reader_that_went_away(command: Command, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = command(*arguments, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_findings_are_findings_even_if_nobody_reads_them(command: Command, tmp_path: Path) -> None:
    poor = saved(tmp_path / "poor.txt", example("web-image-answer"))
    reading, writing = os.pipe()
    os.close(reading)
    done = command("audit", poor, "--brief", poor, capture_output=False, stdout=writing,
                   stderr=subprocess.PIPE)  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
def test_closed_streams() -> None:
    def shell(redirection: str) -> subprocess.CompletedProcess[bytes]:
        line = f'"{sys.executable}" -m rigatino answer - {redirection}'
        return subprocess.run(["sh", "-c", line], capture_output=True, input=example("meme"),
                              check=False, timeout=60)  # fmt: skip

    for redirection in ("<&-", ">&-"):
        done = shell(redirection)
        assert done.returncode == 2
        assert "closed" in one_line(done.stderr)
    assert shell("2>&-").returncode == 0


@pytest.mark.parametrize(
    "locale",
    [
        {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
def test_any_locale_gets_utf8(command: Command, locale: dict[str, str]) -> None:
    question = "Mi foto está borrosa 🖼️: ¿por qué?"
    done = command("ask", question, "--json", env=locale)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["question"] == question
    missing = command("answer", "está.txt", env=locale)
    assert missing.returncode == 2
    one_line(missing.stderr)


def test_bytes_that_are_no_text_in_a_question(command: Command) -> None:
    done = command("ask", b"my photo is grainy \xff\xfe".decode("utf-8", "surrogateescape"))
    assert done.returncode == 0
    assert done.stdout.decode("utf-8")


def test_a_terminal_is_not_commanded() -> None:
    assert harmless("a\x1b]0;title\x07\tb\n\x9b1m\x7f") == "a␛]0;title␇\tb\n\ufffd1m␡"


def test_nothing_from_a_brief_breaks_the_complaint(refuse: Refuse, tmp_path: Path) -> None:
    named = tmp_path / "a\nb\x1b[31m.txt"
    assert "\x1b" not in refuse("answer", named)


@pytest.mark.skipif(sys.platform == "win32", reason="signals and named pipes of POSIX")
def test_ctrl_c(tmp_path: Path) -> None:
    fifo = tmp_path / "brief"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        argv("answer", fifo, "-o", tmp_path / "out.md"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with fifo.open("wb"):  # opens once the command reads
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert "stopped" in one_line(err)
    assert listing(tmp_path) == ["brief"]
