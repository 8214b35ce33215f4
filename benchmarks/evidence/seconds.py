"""How long a large pair takes."""

from __future__ import annotations

import time

import numpy as np

import rigatino as rg
from benchmarks.diagnosis.pictures import Original, jpeg
from benchmarks.evidence.pictures import png
from benchmarks.report import Report


def seconds(pictures: list[Original], report: Report) -> None:
    """A JPEG of 4000×3000 pixels tiled of the pictures, and a PNG beside it; reading included."""
    report.heading("a 12-megapixel pair (JPEG 75, 4:2:0, beside a PNG), reading included")
    strips = [picture.pixels[:300, :400] for picture in pictures]
    tiles = [strips[at % len(strips)] for at in range(100)]
    rows = [np.concatenate(tiles[10 * at : 10 * at + 10], axis=1) for at in range(10)]
    large = np.concatenate(rows, axis=0)
    before, after = jpeg(large, 75), png(large)
    took, busy = [], []
    for _ in range(3):
        began, work = time.perf_counter(), time.process_time()
        rg.compare(before, after)
        took.append(time.perf_counter() - began)
        busy.append(time.process_time() - work)
    report.figure("wall clock, best of 3", min(took), "s", "≤ 6 s on two cores")
    report.figure("processor time of that", min(busy), "s")
