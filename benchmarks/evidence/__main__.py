"""``python -m benchmarks.evidence --data DIR [--json OUT] [--limit N] [--only NAME …]``.

DIR holds the test sets, LIVE1 among them. A section is a function ``(pictures, report)`` in a
file of its own and a line here. Everything is drawn with fixed seeds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.diagnosis.pictures import Original, originals
from benchmarks.evidence import (
    alarms,
    alternatives,
    anchors,
    assumptions,
    delivered,
    likeness,
    planted,
    seconds,
    truth,
)
from benchmarks.report import Report

SECTIONS: dict[str, Callable[[list[Original], Report], None]] = {
    "truth": truth.truth,
    "assumptions": assumptions.assumptions,
    "delivered": delivered.delivered,
    "anchors": anchors.anchors,
    "scales": anchors.scales,
    "planted": planted.planted,
    "likeness": likeness.likeness,
    "places": likeness.places,
    "alternatives": alternatives.alternatives,
    "alarms": alarms.alarms,
    "seconds": seconds.seconds,
}


def main() -> None:
    """Damage, compare, count, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.evidence")
    parser.add_argument("--data", type=Path, required=True, help="folder of the test sets")
    parser.add_argument("--json", type=Path, help="write the table there, too")
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), default=list(SECTIONS))
    parser.add_argument("--limit", type=int, default=1000, help="pictures at most, evenly thinned")
    given = parser.parse_args()
    pictures, of = originals(given.data, given.limit)
    report = Report(f"Evidence: {len(pictures)} of the {of} pictures of LIVE1")
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
