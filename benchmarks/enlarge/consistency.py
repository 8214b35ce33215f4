"""Rows of consistency: whether an enlargement gives back the pixels it was made of."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.enlarge.quality import by_network
from benchmarks.enlarge.small import Pair, pair
from benchmarks.report import Report
from benchmarks.restoration.damage import Floats, originals
from rigatino.degradation import InLinearLight, Resize
from rigatino.degradation.resampling import Kernel
from rigatino.imaging import Picture, Pixels, from_float, to_float
from rigatino.inference import Enlarger
from rigatino.metrics import psnr
from rigatino.run.consistency import kept_to_pixels

#: how the small picture was really made; the projection takes the first for granted
KERNELS: dict[str, tuple[Kernel, bool]] = {
    "bicubic": ("bicubic", False),
    "area": ("area", False),
    "Lanczos": ("lanczos", False),
    "bicubic in linear light": ("bicubic", True),
}


def rows(data: Path, enlargers: dict[str, Enlarger], report: Report, limit: int | None) -> None:
    """Set5 × 2 and × 4 (or the pictures of ``limit``), made small in four ways."""
    pictures = originals(data / "Set5", False, limit)
    for factor in (2.0, 4.0):
        report.heading(f"Set5 × {factor:g}: made small again, before and after projection")
        for name, (kernel, light) in KERNELS.items():
            found: dict[str, list[float]] = defaultdict(list)
            for pixels in pictures:
                given = pair(pixels, factor, kernel, light)
                _case(given, kernel, light, enlargers["enlarge"], found)
            goals = "floor again 45, kept 60" if name == "bicubic" else ""
            report.cells(f"made small by {name}", _means(found), goals)
        print(report.last(), flush=True)


def _means(found: dict[str, list[float]]) -> dict[str, float]:
    return {key: float(np.mean(values)) for key, values in found.items()}


def _case(
    given: Pair, kernel: Kernel, light: bool, enlarger: Enlarger, found: dict[str, list[float]]
) -> None:
    """dB: made small again in the true way, before and after; against the truth, both."""
    small = from_float(given.small)
    plain = from_float(by_network(given, enlarger))
    kept, _ = kept_to_pixels(plain, small, Picture(small))
    for name, pixels in (("again", plain), ("kept", kept)):
        found[name].append(psnr(given.small, _again(pixels, given, kernel, light)))
    for name, pixels in (("truth", plain), ("truth, kept", kept)):
        found[name].append(psnr(given.large, to_float(pixels), given.shave))


def _again(pixels: Pixels, given: Pair, kernel: Kernel, light: bool) -> Floats:
    h, w = given.small.shape[:2]
    exact = Resize.between(given.size, (h, w), kernel)
    made = InLinearLight(exact).apply(to_float(pixels)) if light else exact.apply(to_float(pixels))
    return np.clip(made, 0, 1)
