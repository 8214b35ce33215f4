"""``python -m benchmarks.enlarge --data DIR``: what enlarging is worth, and what it costs.

    [--json OUT] [--only GROUP …] [--limit PICTURES] [--sheet PNG] [--without-liif]

DIR is a folder of folders of pictures: Set5, CBSD68, LIVE1. LIIF's decoder takes most of the time.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from benchmarks.enlarge import consistency, cost, quality, sheet
from benchmarks.report import Report
from rigatino.inference import RUNTIMES, Settings, open_enlarger

GROUPS = ("quality", "worn", "consistency", "cost")


def main() -> None:
    """Make small, enlarge, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.enlarge")
    parser.add_argument("--data", type=Path, required=True, help="a folder of folders of pictures")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="*", choices=GROUPS, default=GROUPS)
    parser.add_argument("--sets", nargs="*", choices=quality.SETS, default=quality.SETS)
    parser.add_argument("--runtime", choices=[*RUNTIMES, "auto"], default="auto")
    parser.add_argument("--limit", type=int, help="pictures of each folder")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet, × 4")
    parser.add_argument("--without-liif", action="store_true")
    given = parser.parse_args()
    given.sets = [name for name in given.sets if (given.data / name).is_dir()]
    if not given.sets:
        parser.error(f"{given.data} holds none of the folders {', '.join(quality.SETS)}")
    settings = replace(Settings.of_environment(), runtime=given.runtime)
    names = ("enlarge",) if given.without_liif else ("enlarge", "SISR-Any-LIIF-EDSR")
    enlargers = {name: open_enlarger(name, settings) for name in names}
    session, card = enlargers["enlarge"].network.session, enlargers["enlarge"].card
    report = Report(
        f"Enlarging by {card.name} {card.sha256[:12]} in {session.runtime} ({session.device})"
    )
    if "quality" in given.only:
        quality.rows(given.data, enlargers, report, given.limit, given.sets)
    if "worn" in given.only:
        quality.worn_rows(given.data, enlargers, report, given.limit)
    if "consistency" in given.only:
        consistency.rows(given.data, enlargers, report, given.limit)
    if "cost" in given.only:
        cost.rows(given.data, enlargers, report)
    if given.sheet:
        sheet.write(given.data, enlargers, 4, given.sheet)
    report.finish(given.json)


if __name__ == "__main__":
    main()
