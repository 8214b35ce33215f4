"""``python -m benchmarks.diagnosis --data DIR [--json OUT] [--only NAME …] [--pictures N]``.

DIR holds the test sets, LIVE1 among them. Pictures are damaged with known truth; for every
detector the table shows the error at full coverage, on the accepted ones, and the share
refused. Add rows: a function ``(pictures, report)`` in a file of its own and a line here.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.diagnosis import compression, enlargement, noise, verdicts
from benchmarks.diagnosis.pictures import Original, originals
from benchmarks.report import Report

ROWS: dict[str, Callable[[list[Original], Report], None]] = {
    "cost": verdicts.cost,
    "header": compression.header,
    "pixels": compression.pixels,
    "sampling": compression.sampling,
    "savings": compression.savings,
    "binding": compression.binding,
    "noise": noise.levels,
    "light": noise.dependence,
    "enlargement": enlargement.factors,
    "verdict": verdicts.verdicts,
}


def main() -> None:
    """Damage, diagnose, count, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.diagnosis")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="*", choices=list(ROWS), default=list(ROWS))
    parser.add_argument("--pictures", type=int, default=29)
    given = parser.parse_args()
    pictures = originals(given.data, given.pictures)
    report = Report(f"Diagnosis of {len(pictures)} pictures with known damage")
    for name in given.only:
        start = time.perf_counter()
        ROWS[name](pictures, report)
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    report.finish(given.json)


if __name__ == "__main__":
    main()
