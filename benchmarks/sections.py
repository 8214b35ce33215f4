"""A benchmark in sections: the options they share, and one after another."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.diagnosis.pictures import Original, originals
from benchmarks.report import Report

Section = Callable[[list[Original], Report], None]


def run_sections(sections: Mapping[str, Section], program: str, title: str) -> None:
    """Parse, and print each section when it is done; what is done is saved at once."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--data", type=Path, required=True, help="folder of the test sets")
    parser.add_argument("--json", type=Path, help="write the table there, too")
    parser.add_argument("--only", nargs="+", choices=list(sections), default=list(sections))
    parser.add_argument("--limit", type=int, default=1000, help="pictures at most, evenly thinned")
    given = parser.parse_args()
    pictures, of = originals(given.data, given.limit)
    report = Report(f"{title}: {len(pictures)} of the {of} pictures of LIVE1")
    for turn, name in enumerate(given.only, 1):
        start = time.perf_counter()
        print(f"{turn} of {len(given.only)}: {name} …", file=sys.stderr, flush=True)
        sections[name](pictures, report)
        if given.json:
            report.save(given.json)
        print(f"    {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    report.finish(given.json)
