"""Many briefs: ``python -m benchmarks.batch [--rows 100000] [--jobs 1] [--json OUT]``.

Rows are made from the founding briefs, each with an id, a question and summaries of its
own (so that nothing remembered of one row spares work on another), in a temporary folder,
and answered by the command in a process of its own. Peak memory is read
while it runs; flat means that the second half of the rows adds next to nothing. Start-up
is the median of ten starts. (Reads /proc, so memory is measured on Linux alone.)
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any

from benchmarks.report import Report
from rigatino.brief import brief_to_json, example, examples, read_brief

COMMAND = [sys.executable, "-m", "rigatino"]

#: Put around the founding questions, so that no two rows ask the same.
PLACES = ("a village fair", "my sister's wedding", "the harbour at night", "an old shop sign",
          "a school play", "the attic", "a train window", "our first flat")  # fmt: skip
WAYS = ("I have {n} such files, the last one from {place}.", "It is number {n}, taken at {place}.",
        "We found {n} of them in a box marked {place}.")  # fmt: skip


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--rows", type=int, default=100_000)
    p.add_argument("--jobs", type=int, default=1)
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    report = Report(f"Batch of {a.rows:,} briefs, {a.jobs} process(es)")
    with tempfile.TemporaryDirectory() as folder:
        _starts(report, Path(folder))
        _batch(report, Path(folder), a.rows, a.jobs)
    report.finish(a.json)


def _starts(report: Report, folder: Path) -> None:
    brief = folder / "brief.txt"
    brief.write_bytes(example("meme"))
    started = [_timed([*COMMAND, "--help"]) for _ in range(10)]
    answered = [_timed([*COMMAND, "answer", str(brief)]) for _ in range(10)]
    bare = [_timed([sys.executable, "-c", "pass"]) for _ in range(10)]
    report.heading("Start, median of 10")
    report.figure("python itself", median(bare), "s")
    report.figure("rigatino --help", median(started), "s", "0.3, 0.15")
    report.figure("rigatino answer BRIEF, cold", median(answered), "s")


def _timed(command: list[str]) -> float:
    began = monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return monotonic() - began


def _batch(report: Report, folder: Path, count: int, jobs: int) -> None:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    _write_rows(source, count)
    began = monotonic()
    command = [*COMMAND, "batch", "answer", source, "-o", target, "--quiet", "--jobs", str(jobs)]
    process = subprocess.Popen([str(c) for c in command])
    peaks = _watch(process, target.with_name("out.jsonl.partial"), source.stat().st_size)
    seconds = monotonic() - began
    if process.returncode:
        sys.exit(f"the batch ended with code {process.returncode}")
    answers, bad = _counted(target)
    report.heading("Batch")
    report.share("rows answered", answers - bad, count)
    report.figure("answers a second, start included", answers / seconds, "/s", "100")
    report.figure("input", source.stat().st_size / 2**20, "MiB")
    report.figure("output", target.stat().st_size / 2**20, "MiB")
    _memory(report, peaks)
    report.details |= {"rows_asked": count, "jobs": jobs, "peaks_mib": peaks}


def _write_rows(path: Path, count: int) -> None:
    """The same rows each time: the founding briefs, asked in ever new words."""
    briefs = [brief_to_json(read_brief(example(name), name)) for name in examples()]
    dice = random.Random(7)
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            row = dict[str, Any](briefs[n % len(briefs)])
            row |= {"id": f"row-{n}", "question": _varied(str(row["question"]), n, dice)}
            row["papers"] = [_trial(paper, n) for paper in row["papers"]]
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _varied(question: str, n: int, dice: random.Random) -> str:
    return f"{question} {dice.choice(WAYS).format(n=n + 2, place=dice.choice(PLACES))}"


def _trial(paper: dict[str, Any], n: int) -> dict[str, Any]:
    """The paper with a summary that no other row has; one without a summary stays so."""
    summary = paper.get("summary")
    return paper | {"summary": f"{summary} Trial {n} used {n + 7} pictures."} if summary else paper


def _watch(process: subprocess.Popen[bytes], partial: Path, size: int) -> list[dict[str, Any]]:
    """Peak memory of the command and its own processes, against how much is written."""
    seen: list[dict[str, Any]] = []
    while process.poll() is None:
        written = partial.stat().st_size if partial.exists() else 0
        mib = [_peak(pid) for pid in (process.pid, *_children(process.pid))]
        if written and all(mib):
            seen.append({"written": written, "mib": sum(mib)})
        sleep(0.5 if size > 2**26 else 0.05)
    return seen


def _peak(pid: int) -> float:
    """The most memory a process has held so far, in MiB; 0 where that is not to be had."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def _counted(target: Path) -> tuple[int, int]:
    """Rows and bad rows of the output."""
    rows = bad = 0
    with target.open(encoding="utf-8") as stream:
        for line in stream:
            rows += 1
            bad += "error" in json.loads(line)
    return rows, bad


def _memory(report: Report, peaks: list[dict[str, Any]]) -> None:
    if not peaks:
        report.heading("No memory figures: /proc is not there, or the batch was too short")
        return
    last = peaks[-1]
    for share in (0.1, 0.5, 1.0):
        at = next(p for p in peaks if p["written"] >= share * last["written"])
        report.figure(f"peak memory by {share:.0%} of the output", at["mib"], "MiB")
    half = next(p for p in peaks if p["written"] >= last["written"] / 2)
    report.figure("added by the second half", last["mib"] - half["mib"], "MiB")


if __name__ == "__main__":
    main()
