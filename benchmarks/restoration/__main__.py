"""``python -m benchmarks.restoration --data DIR``: what mending is worth, and what it costs.

    [--json OUT] [--only GROUP …] [--runtime NAME] [--limit PICTURES]

DIR is a folder of folders of pictures, LIVE1, Classic5 and CBSD68 among them. Add cases in
``damage``, methods in ``methods``.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from benchmarks.report import Report
from benchmarks.restoration import evidence, quality, speed
from benchmarks.restoration.damage import CASES
from rigatino.inference import RUNTIMES, Settings, open_network

COSTS = {"seconds": speed.seconds, "tiled": speed.tiled, "large": speed.large}


def main() -> None:
    """Damage, mend, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.restoration")
    parser.add_argument("--data", type=Path, required=True, help="a folder of folders of pictures")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="*", choices=[*CASES, "evidence", *COSTS], default=[])
    parser.add_argument("--runtime", choices=[*RUNTIMES, "auto"], default="auto")
    parser.add_argument("--limit", type=int, help="pictures of each folder")
    given = parser.parse_args()
    network = open_network("mend", replace(Settings.of_environment(), runtime=given.runtime))
    session = network.session
    title = (
        f"Restoration by mend {network.card.sha256[:12]} in {session.runtime} ({session.device})"
    )
    report = Report(title)
    if not given.only or set(given.only) & set(CASES):
        quality.rows(given.data, network, report, given.only, given.limit)
    if not given.only or "evidence" in given.only:
        evidence.rows(given.data, network, report, given.limit)
    for name, row in COSTS.items():
        if not given.only or name in given.only:
            row(given.data, report)
            print(report.last(), flush=True)
    report.finish(given.json)


if __name__ == "__main__":
    main()
