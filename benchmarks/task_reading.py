"""How well the task of a question is read: ``python -m benchmarks.task_reading --data FILE``.

FILE is JSONL: ``{"question", "tasks": [best first], "acceptable_other_tasks", "language"}``;
``tasks`` is empty for questions that are about no image task.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.report import Report
from rigatino.recommendation import read_question


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--json", type=Path)
    p.add_argument("--wrong", action="store_true", help="print the questions read wrongly")
    a = p.parse_args()
    rows = [json.loads(line) for line in a.data.read_text(encoding="utf-8").splitlines() if line]
    read = [read_question(row["question"]) for row in rows]
    report = Report(f"Task reading on {a.data} ({len(rows)} questions)")
    _accuracy(report, rows, read)
    _calibration(report, rows, read)
    if a.wrong:
        _wrong(rows, read)
    report.finish(a.json)


def _accuracy(report: Report, rows: list[dict[str, Any]], read: list[Any]) -> None:
    for language in ("all", *sorted({r["language"] for r in rows})):
        chosen = [(r, t) for r, (t, _) in zip(rows, read, strict=True)
                  if r["tasks"] and language in ("all", r["language"])]  # fmt: skip
        hits = sum(bool(t) and t[0].slug in r["tasks"] for r, t in chosen)
        report.share(f"task right first, {language}", hits, len(chosen), "90 %, 97 %")
    some = [(r, t) for r, (t, _) in zip(rows, read, strict=True) if r["tasks"]]
    lenient = sum(
        bool(t) and t[0].slug in r["tasks"] + r["acceptable_other_tasks"] for r, t in some
    )
    report.share("task right or acceptable first", lenient, len(some))
    none = [t for r, (t, _) in zip(rows, read, strict=True) if not r["tasks"]]
    report.share("no task named where there is none", sum(not t for t in none), len(none))
    report.share(
        "said not to be known although there is one", sum(not t for _, t in some), len(some)
    )
    two = [(r, t) for r, t in some if len(r["tasks"]) > 1]
    both = sum({g.slug for g in t} >= set(r["tasks"][:2]) for r, t in two)
    report.share("both of two tasks kept", both, len(two))


def _calibration(report: Report, rows: list[dict[str, Any]], read: list[Any]) -> None:
    """Brier score of the first guess, and how often a stated confidence was right."""
    pairs = []
    for row, (taken, others) in zip(rows, read, strict=True):
        first = (*taken, *others)[:1]
        if first:
            pairs.append((first[0].confidence, first[0].slug in row["tasks"]))
    brier = sum((c - right) ** 2 for c, right in pairs) / len(pairs)
    report.figure("Brier score of the first guess", brier)
    report.heading("Reliability: stated confidence, share right")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9):
        high = {0.8: 0.9, 0.9: 1.01}.get(low, low + 0.2)
        inside = [right for c, right in pairs if low <= c < high]
        report.share(f"{low:.1f} to {min(high, 1.0):.1f}", sum(inside), len(inside))


def _wrong(rows: list[dict[str, Any]], read: list[Any]) -> None:
    for row, (taken, others) in zip(rows, read, strict=True):
        if (row["tasks"] and not (taken and taken[0].slug in row["tasks"])) or (
            not row["tasks"] and taken
        ):
            shown = [
                f"{g.slug} {g.confidence:.2f} {'/'.join(g.because)}" for g in (*taken, *others)
            ]
            print(row["tasks"], "<-", shown, "\n   ", row["question"], "\n")


if __name__ == "__main__":
    main()
