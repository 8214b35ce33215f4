"""Many briefs: bad rows passed over, nothing lost, none doubled, whatever interrupts."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.surfaces.conftest import Called, Command, argv, listing, one_line, saved, validate

from rigatino import pipeline
from rigatino.brief import Brief, example, examples
from rigatino.errors import InputError, OutputError, UsageError
from rigatino.surfaces.batch import Progress, answer_rows
from rigatino.surfaces.batch.resumable import ResumableLines, cut_torn_line

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")

BAD = [
    (b'{"id": "torn", "question": "Why', "not valid JSON"),
    (b'["a", "list"]', "not an object"),
    (b"5", "not an object"),
    (b'{"id": "mute", "models": []}', 'no text under "question"'),
    (b'{"question": ""}', "asks nothing"),
    (b'{"question": 5}', 'no text under "question"'),
    (b"\x89PNG\x1a\xff\xfe\x00\x01", "not UTF-8"),
    (b"\x00\x01\x02", "not valid JSON"),
    (b"[" * 100_000, "not valid JSON"),
    (b'{"question": "' + b"grainy photo " * 160_000 + b'"}', "longer than 1,048,576 bytes"),
]


def row(number: int) -> bytes:
    """A brief with an id; every third one is short, every seventh one bad."""
    if number % 7 == 6:
        return json.dumps({"id": f"r{number}", "models": []}).encode()
    if number % 3 == 0:
        return json.dumps(
            {"id": f"r{number}", "question": f"Photo {number} is grainy. Why?"}
        ).encode()
    name = examples()[number % len(examples())]
    return json.dumps({"id": f"r{number}", "brief": example(name).decode()}).encode()


def written(path: Path, count: int) -> Path:
    return saved(path, b"".join(row(n) + b"\n" for n in range(count)))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def partial(target: Path) -> Path:
    return target.with_name(target.name + ".partial")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path / "in.jsonl", 10)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


# Rows in, rows out.


def test_every_row_is_answered_in_its_place(source: Path, target: Path) -> None:
    done = answer_rows(source, target)
    rows = read(target)
    assert (done.done, done.bad, done.resumed, done.fraction) == (10, 1, 0, 1.0)
    assert [(r["line"], r["id"]) for r in rows] == [(n + 1, f"r{n}") for n in range(10)]
    assert [r["line"] for r in rows if "error" in r] == [7]
    for r in rows:
        validate("batch", r)
    assert listing(target.parent) == ["in.jsonl", "out.jsonl"]


def test_the_answer_is_the_one_a_single_call_gives(
    call: Called, source: Path, target: Path
) -> None:
    answer_rows(source, target)
    brief = saved(target.with_name("brief.txt"), example(examples()[1]))
    assert read(target)[1]["answer"] == json.loads(call("answer", brief, "--json")[1])


@pytest.mark.parametrize(("bad", "reason"), BAD)
def test_a_bad_row_is_reported_and_passed_over(
    tmp_path: Path, target: Path, bad: bytes, reason: str
) -> None:
    source = saved(tmp_path / "in.jsonl", b"\n".join([row(0), bad, row(3)]))
    done = answer_rows(source, target)
    rows = read(target)
    assert (done.done, done.bad) == (3, 1)
    assert ["error" in r for r in rows] == [False, True, False]
    assert reason in rows[1]["error"]
    assert rows[1]["error"].startswith("line 2: ")
    assert rows[1]["error"].count("line 2") == 1
    validate("batch", rows[1])


def test_a_row_keeps_its_id(tmp_path: Path, target: Path) -> None:
    ids = ['"a"', "7", '"\\ud800"', '"quo\\"te\\\\"', "null", '"", "error": ""', '"é"']
    lines = "\n".join(f'{{"id": {i}, "question": "Why is my photo grainy?"}}' for i in ids)
    done = answer_rows(saved(tmp_path / "in.jsonl", lines.encode()), target)
    assert [r["id"] for r in read(target)] == ["a", "7", "?", 'quo"te\\', None, "", "é"]
    assert done.bad == 0


def test_blank_lines_and_line_ends_do_not_matter(tmp_path: Path, target: Path) -> None:
    content = b"\xef\xbb\xbf" + row(0) + b"\r\n\r\n  \n" + row(3) + b"\n\n\n"
    done = answer_rows(saved(tmp_path / "in.jsonl", content), target)
    assert (done.done, done.bad) == (2, 0)
    assert [r["line"] for r in read(target)] == [1, 4]


def test_an_empty_input_gives_an_empty_output(tmp_path: Path, target: Path) -> None:
    saved(target, b"old\n")
    done = answer_rows(saved(tmp_path / "in.jsonl", b""), target)
    assert (done.done, done.fraction, done.remaining) == (0, 1.0, None)
    assert target.read_bytes() == b""


def test_a_fault_of_our_own_is_seen_and_holds_nothing_up(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.answer_brief

    def faulty(brief: Brief, **asked: Any) -> object:
        if brief.id == "r3":
            raise KeyError("a fault")
        return real(brief, **asked)

    monkeypatch.setattr(pipeline, "answer_brief", faulty)
    assert answer_rows(source, target).bad == 2
    assert "KeyError('a fault')" in read(target)[3]["error"]


def test_several_processes_write_the_same(source: Path, target: Path) -> None:
    answer_rows(source, target)
    shared = target.with_name("shared.jsonl")
    assert answer_rows(source, shared, jobs=2).bad == 1
    assert shared.read_bytes() == target.read_bytes()


# What is refused, in one line.


def test_the_input_is_not_written_over(refuse: Callable[..., str], source: Path) -> None:
    before = source.read_bytes()
    link = source.with_name("link.jsonl")
    link.symlink_to(source)
    for other in (source, link, source.parent / "." / source.name):
        assert "both input and output" in refuse("batch", "answer", source, "-o", other)
    assert source.read_bytes() == before
    assert listing(source.parent) == ["in.jsonl", "link.jsonl"]


def test_what_cannot_be_read_or_written(refuse: Callable[..., str], source: Path) -> None:
    folder, missing = source.parent, source.with_name("missing.jsonl")
    out = source.with_name("out.jsonl")
    assert "No such file" in refuse("batch", "answer", missing, "-o", out)
    assert "not a file" in refuse("batch", "answer", folder, "-o", out)
    assert "not a file" in refuse("batch", "answer", source, "-o", folder)
    assert "cannot be written" in refuse("batch", "answer", source, "-o", folder / "no" / "x")
    assert listing(folder) == ["in.jsonl"]


@POSIX
def test_a_pipe_is_refused_since_it_cannot_be_read_twice(tmp_path: Path, target: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is not a file"):
        answer_rows(tmp_path / "pipe", target)
    with pytest.raises(OutputError, match="is not a file"):
        answer_rows(written(tmp_path / "in.jsonl", 1), tmp_path / "pipe")


# Interruptions.


class StopError(Exception):
    pass


def interrupt(source: Path, target: Path, after: int) -> None:
    """A run that ends in the middle, as by an unforeseen exception."""

    def stop(p: Progress) -> None:
        if p.done == after:
            raise StopError

    with pytest.raises(StopError):
        answer_rows(source, target, stop)


@pytest.fixture
def whole(source: Path) -> bytes:
    """What an uninterrupted run writes."""
    target = source.with_name("whole.jsonl")
    answer_rows(source, target)
    content = target.read_bytes()
    target.unlink()
    return content


def test_the_output_is_replaced_only_at_the_end(source: Path, target: Path, whole: bytes) -> None:
    saved(target, b"old\n")
    interrupt(source, target, 4)
    assert target.read_bytes() == b"old\n"
    done = answer_rows(source, target)
    assert (done.done, done.resumed) == (10, 4)
    assert target.read_bytes() == whole
    assert listing(target.parent) == ["in.jsonl", "out.jsonl"]


def test_bad_rows_of_an_earlier_run_are_counted(source: Path, target: Path) -> None:
    interrupt(source, target, 8)
    assert answer_rows(source, target).bad == 1


@pytest.mark.parametrize("left", [0, 1, 50, -1])
def test_a_torn_last_line_is_cut(source: Path, target: Path, whole: bytes, left: int) -> None:
    interrupt(source, target, 4)
    lines = whole.splitlines(keepends=True)
    saved(partial(target), b"".join(lines[:4]) + lines[4][:left])
    assert answer_rows(source, target).resumed == 4
    assert target.read_bytes() == whole


def test_a_multi_byte_character_torn_apart(tmp_path: Path) -> None:
    torn = saved(tmp_path / "x", "né\n".encode() + "é".encode()[:1])
    assert cut_torn_line(torn) == 1
    assert torn.read_bytes() == "né\n".encode()


def test_killed_after_the_last_row(source: Path, target: Path, whole: bytes) -> None:
    interrupt(source, target, 10)
    assert answer_rows(source, target).resumed == 10
    assert target.read_bytes() == whole


def test_blank_lines_do_not_shift_a_resumption(tmp_path: Path, target: Path) -> None:
    lines = [b"", row(0), b" ", b"{broken", b"", row(3), b"\xff", row(9)]
    source = saved(tmp_path / "in.jsonl", b"\n".join(lines))
    for after in (1, 2, 3, 4):
        interrupt(source, target, after)
        assert answer_rows(source, target).done == 5
        assert [r["line"] for r in read(target)] == [2, 4, 6, 7, 8]


def test_answered_rows_are_not_read_again(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(source, target, 4)
    seen = []
    real = pipeline.answer_brief
    monkeypatch.setattr(pipeline, "answer_brief", lambda b, **_: (seen.append(b.id), real(b))[1])
    answer_rows(source, target)
    assert seen == ["r4", "r5", "r7", "r8", "r9"]


@pytest.mark.parametrize("statement", [None, b"", b"{}", b"\xff"])
def test_a_partial_file_of_unknown_origin(
    source: Path, target: Path, statement: bytes | None
) -> None:
    interrupt(source, target, 4)
    origin = target.with_name("out.jsonl.partial.from")
    origin.unlink()
    if statement is not None:
        origin.write_bytes(statement)
    with pytest.raises(UsageError, match="begun from another input"):
        answer_rows(source, target)


def test_a_changed_input(refuse: Callable[..., str], source: Path, target: Path) -> None:
    interrupt(source, target, 4)
    kept = partial(target).read_bytes()
    source.write_bytes(row(0) + b"\n" + source.read_bytes())
    complaint = refuse("batch", "answer", source, "-o", target)
    assert "begun from another input" in complaint
    assert f"delete {partial(target)}" in complaint
    assert partial(target).read_bytes() == kept


def test_two_batches_do_not_share_an_output(target: Path) -> None:
    made_from: dict[str, object] = {"a": 1}
    with (
        ResumableLines(target, made_from),
        pytest.raises(UsageError, match="another batch"),
    ):
        ResumableLines(target, made_from)
    ResumableLines(target, made_from).finish()
    assert listing(target.parent) == ["out.jsonl"]


@POSIX
@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_in_the_middle_again_and_again(tmp_path: Path, target: Path, jobs: int) -> None:
    count = 240
    source = written(tmp_path / "in.jsonl", count)
    for rows in (20, 70, 110):
        _kill_after(rows, argv("batch", "answer", source, "-o", target, "--jobs", jobs), target)
        assert not target.exists()
        assert len(partial(target).read_bytes().splitlines()) < count
    done = answer_rows(source, target)
    assert done.resumed >= 110
    assert [r["id"] for r in read(target)] == [f"r{n}" for n in range(count)]
    answer_rows(source, target.with_name("whole.jsonl"))
    assert target.read_bytes() == target.with_name("whole.jsonl").read_bytes()


def _kill_after(rows: int, command: list[str], target: Path) -> None:
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    while process.poll() is None:
        time.sleep(0.005)
        if partial(target).exists() and partial(target).read_bytes().count(b"\n") >= rows:
            process.kill()
            break
    # The end of what is said comes when the last process of the batch is gone, so none lingers.
    assert b"Traceback" not in process.communicate(timeout=60)[1]
    assert process.returncode == -9


@POSIX
def test_a_full_disk_in_the_middle(source: Path, target: Path, whole: bytes) -> None:
    program = (
        "import resource as r, sys; r.setrlimit(r.RLIMIT_FSIZE, (60_000, 60_000));"
        "from rigatino.surfaces.cli import run; run(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "batch", "answer", source, "-o", target],
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "repeat the command to go on" in one_line(done.stderr)
    assert 0 < answer_rows(source, target).resumed < 10
    assert target.read_bytes() == whole


# Progress.


def test_progress_counts_bytes_and_estimates(source: Path, target: Path) -> None:
    steps: list[Progress] = []
    answer_rows(source, target, steps.append)
    shares = [p.fraction for p in steps]
    size = source.stat().st_size
    ends = [len(b"".join(row(n) + b"\n" for n in range(k + 1))) / size for k in range(10)]
    assert shares == pytest.approx(ends)
    assert [p.done for p in steps] == list(range(1, 11))
    assert all(p.remaining is not None and p.remaining >= 0 for p in steps)
    assert steps[-1].remaining == 0


def test_the_estimate_is_of_this_run_alone() -> None:
    assert Progress(60, 0, 10, 0.25, 30.0).remaining == pytest.approx(90.0)
    assert Progress(10, 0, 10, 0.0, 30.0).remaining is None


@POSIX
def test_the_line_on_a_terminal_and_elsewhere(
    command: Command, tmp_path: Path, target: Path
) -> None:
    source = written(tmp_path / "in.jsonl", 120)
    quiet = command("batch", "answer", source, "-o", target, "--quiet")
    assert quiet.stderr.decode().startswith("120 rows, 17 of them bad")
    shown = _on_a_terminal(argv("batch", "answer", source, "-o", target))
    assert re.search(r"\r\d+ done, \d+ bad, \d+%, about \d+:\d\d left", shown)
    assert shown.rstrip().endswith("passed over)")


def _on_a_terminal(command: list[str]) -> str:
    """What the command says on standard error, which it takes for a terminal."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(command, stderr=theirs)
    said = b""
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        if select.select([ours], [], [], 0.1)[0]:
            said += os.read(ours, 4096)
    os.close(theirs)
    os.close(ours)
    return said.decode()


@POSIX
def test_the_work_goes_on_when_nobody_watches(command: Command, source: Path, target: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = command("batch", "answer", source, "-o", target, capture_output=False, stderr=writing)
    os.close(writing)
    assert done.returncode == 0
    assert len(read(target)) == 10
