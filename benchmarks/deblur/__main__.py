"""``python -m benchmarks.deblur --data DIR``: how well blur is undone, and how far that goes.

    [--json OUT] [--limit N] [--side PIXELS] [--only GROUP …] [--sheet OUT.png]
    [--model NAME]

DIR is a folder of folders of pictures, LIVE1 and CBSD68 among them. ``--limit`` takes so many
pictures of a folder (for estimated kernels: for each kernel), ``--side`` their middle part.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.deblur import frontier, sections
from benchmarks.deblur.sheet import Sheet
from benchmarks.deblur.varying import varying
from benchmarks.report import Report
from rigatino.inference import Network, open_network
from rigatino.limits import PLANES
from rigatino.limits.planes import opened

GROUPS = ("known", "shake", "defocus", "varying", "sharp", "limits", "frontier", "seconds")


def main() -> None:
    """Blur, undo, compare, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.deblur")
    parser.add_argument("--data", type=Path, required=True, help="a folder of folders of pictures")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--only", nargs="*", choices=GROUPS, default=list(GROUPS))
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--model", help="sharpen, mend, or a model of your own")
    given = parser.parse_args()
    network = open_network(given.model) if given.model else opened(PLANES["deblur"])
    assert isinstance(network, Network)
    card = network.card
    report = Report(f"Deblurring with {card.name} {card.sha256[:12]}, {network.session.runtime}")
    sheet = Sheet()
    chosen = sections.Chosen(given.data, given.limit, given.side)
    steps = {
        "known": lambda: sections.known(chosen, network, report),
        "shake": lambda: sections.estimated(chosen, network, report, sheet.keep),
        "defocus": lambda: sections.defocus(chosen, network, report, sheet.keep),
        "varying": lambda: varying(chosen, network, report),
        "sharp": lambda: sections.sharp(chosen, report),
        "limits": lambda: frontier.searching(report),
        "frontier": lambda: frontier.shipped(given.data, report, given.limit),
        "seconds": lambda: sections.seconds(network, report),
    }
    for name in given.only:
        steps[name]()
        if given.json:
            report.save(given.json)
    if given.sheet:
        sheet.save(given.sheet)
    report.finish(given.json)


if __name__ == "__main__":
    main()
