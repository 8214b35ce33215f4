"""``python -m benchmarks.diagnosis --data DIR [--json OUT] [--limit N] [--only NAME …]``.

DIR holds the test sets, LIVE1 among them. Its pictures are damaged with known truth; for every
detector the table shows how often it was right over all, on those it accepted, and the share it
refused. Everything is drawn with fixed seeds. A section is a function ``(pictures, report)`` in
a file of its own and a line here.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.diagnosis import compression, cost, enlargement, noise, planted, text, verdicts
from benchmarks.diagnosis.pictures import originals
from benchmarks.report import Report

SECTIONS: dict[str, planted.Section] = {
    "cost": cost.cost,
    "header": compression.header,
    "pixels": compression.pixels,
    "tables": compression.tables,
    "sampling": compression.sampling,
    "savings": compression.savings,
    "binding": compression.binding,
    "noise": noise.levels,
    "light": noise.dependence,
    "enlargement": enlargement.factors,
    **planted.SECTIONS,
    "text": text.letters,
    "verdict": verdicts.verdicts,
}


def main() -> None:
    """Damage, diagnose, count, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.diagnosis")
    parser.add_argument("--data", type=Path, required=True, help="folder of the test sets")
    parser.add_argument("--json", type=Path, help="write the table there, too")
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), default=list(SECTIONS))
    parser.add_argument("--limit", type=int, default=1000, help="pictures at most, evenly thinned")
    given = parser.parse_args()
    pictures, of = originals(given.data, given.limit)
    report = Report(f"Diagnosis of known damage: {len(pictures)} of the {of} pictures of LIVE1")
    for turn, name in enumerate(given.only, 1):
        start = time.perf_counter()
        print(f"{turn} of {len(given.only)}: {name} …", file=sys.stderr, flush=True)
        SECTIONS[name](pictures, report)
        if given.json:
            report.save(given.json)
        print(f"    {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    report.finish(given.json)


if __name__ == "__main__":
    main()
