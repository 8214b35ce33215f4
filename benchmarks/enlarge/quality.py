"""Rows of quality: every set, every factor, every method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

import rigatino as rg
from benchmarks.enlarge.small import FACTORS, Pair, pair, rounded, worn
from benchmarks.report import Report
from benchmarks.restoration.damage import Floats, originals
from rigatino.degradation import Resize
from rigatino.degradation.resampling import Kernel
from rigatino.imaging import to_float
from rigatino.inference import Enlarger, Known, enlarged_array
from rigatino.metrics import psnr, psnr_y, ssim_y

SETS = ("Set5", "CBSD68", "LIVE1")
#: PSNR of Y on Set5: the default decoder's floors and goals
GOALS = {
    2.0: "floor 37.6, goal 37.9",
    3.0: "floor 34.0, goal 34.3",
    4.0: "floor 31.8, goal 32.1",
}
_KEYS = ("PSNR-Y", "PSNR", "SSIM-Y")
Method = Callable[[Pair], Floats]
CLEAN, WORN = Known(worn=False), Known(worn=True)


def by_kernel(given: Pair, kernel: Kernel) -> Floats:
    """Plain interpolation."""
    small = given.small.shape[:2]
    return Resize.between((small[0], small[1]), given.size, kernel).apply(given.small)


def by_network(given: Pair, enlarger: Enlarger, known: Known = CLEAN) -> Floats:
    """Any factor at once."""
    return enlarged_array(enlarger, given.small, given.size, known)


def by_four(given: Pair, enlarger: Enlarger) -> Floats:
    """Four times, then to the size by Lanczos: what a plain network for × 4 could do."""
    h, w = given.small.shape[:2]
    four = enlarged_array(enlarger, given.small, (4 * h, 4 * w), CLEAN)
    return Resize.between((4 * h, 4 * w), given.size, "lanczos").apply(four)


def methods(enlargers: dict[str, Enlarger]) -> dict[str, Method]:
    """What is compared."""
    found: dict[str, Method] = {
        "bicubic": partial(by_kernel, kernel="bicubic"),
        "Lanczos": partial(by_kernel, kernel="lanczos"),
        "× 4, then Lanczos": partial(by_four, enlarger=enlargers["enlarge"]),
    }
    return found | {name: partial(by_network, enlarger=e) for name, e in enlargers.items()}


def rows(
    data: Path, enlargers: dict[str, Enlarger], report: Report, limit: int | None,
    sets: Sequence[str] = SETS,
) -> None:  # fmt: skip
    """Reduced cleanly, as in the literature."""
    for name in sets:
        pictures = originals(data / name, False, limit)
        for factor in FACTORS:
            scores: dict[str, list[tuple[float, ...]]] = defaultdict(list)
            for pixels in pictures:
                given = pair(pixels, factor)
                for method, run in methods(enlargers).items():
                    scores[method].append(_scores(given, run(given)))
            report.heading(f"{name} × {factor:g}, clean ({len(pictures)} pictures)")
            _report(report, scores, GOALS.get(factor, "") if name == "Set5" else "")
            if "SISR-Any-LIIF-EDSR" in scores:
                _difference(report, scores)


def _difference(report: Report, scores: dict[str, list[tuple[float, ...]]]) -> None:
    ours, theirs = (np.mean(scores[name], 0) for name in ("enlarge", "SISR-Any-LIIF-EDSR"))
    report.figure("enlarge less LIIF, PSNR-Y", float(ours[0] - theirs[0]), "dB", "floor -0.05")


def _report(report: Report, scores: dict[str, list[tuple[float, ...]]], goal: str) -> None:
    for method, values in scores.items():
        means = dict(zip(_KEYS, np.mean(values, 0).tolist(), strict=True))
        report.cells(method, means, goal if method == "enlarge" else "")
    print(report.last(), flush=True)


def _scores(given: Pair, result: Floats) -> tuple[float, ...]:
    shown = rounded(result)
    return tuple(f(given.large, shown, given.shave) for f in (psnr_y, psnr, ssim_y))


def worn_rows(
    data: Path, enlargers: dict[str, Enlarger], report: Report, limit: int | None
) -> None:
    """A little noise and a save before enlarging: told, not told, mended first."""
    ours = enlargers["enlarge"]
    for factor in (2.0, 4.0):
        scores: dict[str, list[tuple[float, ...]]] = defaultdict(list)
        rng = np.random.default_rng(0)
        pictures = originals(data / "LIVE1", False, limit)
        for pixels in pictures:
            given, file = worn(pixels, factor, rng)
            scores["bicubic"].append(_scores(given, by_kernel(given, "bicubic")))
            for name, known in (("told clean", CLEAN), ("told worn", WORN)):
                scores[f"enlarge, {name}"].append(_scores(given, by_network(given, ours, known)))
            scores["mended first"].append(_scores(given, _mended_first(file, given, ours)))
        report.heading(f"LIVE1 × {factor:g}, noise σ 4 and quality 75 ({len(pictures)} pictures)")
        _report(report, scores, "")


def _mended_first(file: bytes, given: Pair, ours: Enlarger) -> Floats:
    mended = rg.restore(file, steps=["jpeg", "denoise"]).pixels
    return enlarged_array(ours, to_float(mended), given.size, WORN)
