"""The enlargement detector: lines of pixels that an interpolation explains to the last unit.

An enlarged line of N pixels holds only N / r samples' worth of freedom. What is left after
the best explanation is rounding noise at the true factor and kernel, and far more beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.enlargement.candidates import LARGEST, SMALLEST, factors
from rigatino.diagnosis.enlargement.kernels import KERNELS, Doubles, matrix, unexplained
from rigatino.diagnosis.record import Finding, Plain, refusal
from rigatino.diagnosis.subject import LOSSY, Earlier, Floats, Subject, luma_of

_LINES, _QUICK, _LONG = 32, 200, 480
_FINALISTS = 3
#: pixels near the ends of a line depend on how the program repeats the border
_BORDER = 16
#: at the true factor this little remains of what remains beside it
_DIP = 0.9
#: in a JPEG of this quality or more, a dip as clear as that is no echo of its own squares
_FINE_JPEG, _CLEAR = 90, 0.75
#: rounding alone leaves 0.2: where no more is left beside the factor either, anything explains it
_SMOOTH = 0.36
#: neighbouring factors for comparison, in samples of the whole line
_BESIDE = (-9, -5, 5, 9)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an interpolation explains the lines."""

    factor: float
    kernel: str
    rest: float
    """Deviation that is left, in units of 0 … 255."""
    beside: float
    """The least that is left at neighbouring factors."""

    @property
    def dip(self) -> float:
        """1: nothing special about this factor; near 0: it explains everything."""
        return self.rest / max(self.beside, 1e-6)


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Along the rows first; then the factor found is tried along the columns."""
    if min(subject.height, subject.width) < 2 * _BORDER + _QUICK // 2:
        return refusal(ENLARGEMENT.name, "the picture is too small to see a rhythm in")
    across = _best(_lines(subject, along_rows=True))
    if across is None:
        return refusal(ENLARGEMENT.name, "there is too little detail")
    down = _confirmed(_lines(subject, along_rows=False), across)
    if _found(across, down):
        quality = _quality(subject, earlier)
        if quality is not None and _echo(across, quality):
            return refusal(ENLARGEMENT.name, "the squares of the lossy saving have the same rhythm")
        if across.beside < _SMOOTH:
            return refusal(ENLARGEMENT.name, "it is so smooth that any interpolation explains it")
    return _finding(across, down)


def _quality(subject: Subject, earlier: Earlier) -> int | None:
    """Of the lossy saving: a JPEG's own, 0 for another kind, None if there was none."""
    if subject.picture.format in LOSSY:
        return 0
    jpeg = earlier.get("compression")
    quality = jpeg.estimate.get("quality") if jpeg is not None else None
    return quality if isinstance(quality, int) else None


def _echo(fit: Fit, quality: int) -> bool:
    """Whether it may be the JPEG itself: a block without its highest frequencies is smooth.

    Then 8 pixels hold 7, 6 … samples, as if enlarged by 8/7, 8/6 …
    """
    eighths = 8 / fit.factor
    return abs(eighths - round(eighths)) < 0.03 and (quality < _FINE_JPEG or fit.dip > _CLEAR)


def _found(across: Fit, down: Fit) -> bool:
    return across.dip < _DIP and down.dip < (1 + _DIP) / 2


def _lines(subject: Subject, along_rows: bool) -> Floats:
    """The liveliest whole lines of a middle band, as columns: (pixels, lines)."""
    height, width = subject.height, subject.width
    everything = slice(None)
    if along_rows:
        band = slice(max(0, height // 2 - 256), height // 2 + 256)
        plane = luma_of(subject.colour(band, everything)).T
    else:
        band = slice(max(0, width // 2 - 256), width // 2 + 256)
        plane = luma_of(subject.colour(everything, band))
    lively = np.abs(np.diff(plane, 2, axis=0)).mean(axis=0)
    chosen = np.sort(np.argsort(-lively)[:_LINES])
    return np.ascontiguousarray(plane[:, chosen])


def _best(plane: Floats) -> Fit | None:
    """Every candidate on a short stretch, the best few on a long one."""
    if np.ptp(plane, axis=0).max() < 8:
        return None
    finals = [_fit(plane, factor, kernel, _LONG) for factor, kernel in _promising(plane)]
    best = min(finals, key=lambda fit: fit.dip)
    kernels = [_fit(plane, best.factor, kernel, _LONG) for kernel in KERNELS]
    return min(kernels, key=lambda fit: fit.rest)


def _promising(plane: Floats) -> list[tuple[float, str]]:
    """The few factors and kernels that leave least on a short stretch, against the trend."""
    pixels = _stretch(plane, _QUICK)
    lines = plane[pixels].astype(np.float64)
    grid = np.geomspace(SMALLEST, LARGEST, 9) * 1.013  # off every usual factor
    ranked = []
    for kernel in KERNELS:
        trend = [unexplained(matrix(kernel, factor, pixels), lines) for factor in grid]
        for factor in factors(plane):
            rest = unexplained(matrix(kernel, factor, pixels), lines)
            usual = max(float(np.interp(factor, grid, trend)), 1e-6)
            ranked.append((rest / usual, factor, kernel))
    return [(factor, kernel) for _, factor, kernel in sorted(ranked)[:_FINALISTS]]


def _confirmed(plane: Floats, fit: Fit) -> Fit:
    """The same kernel along the other direction, where the factor may be off by rounding."""
    count = round(len(plane) / fit.factor)
    return _fit(plane, len(plane) / count, fit.kernel, _LONG)


def _fit(plane: Floats, factor: float, kernel: str, stretch: int) -> Fit:
    pixels = _stretch(plane, stretch)
    lines = plane[pixels].astype(np.float64)
    count = len(plane) / factor
    rest = unexplained(matrix(kernel, factor, pixels), lines)
    beside = min(_beside(plane, count + away, kernel, pixels, lines) for away in _BESIDE)
    return Fit(factor, kernel, rest, beside)


def _beside(
    plane: Floats, count: float, kernel: str, pixels: NDArray[np.int64], lines: Doubles
) -> float:
    return unexplained(matrix(kernel, len(plane) / count, pixels), lines)


def _stretch(plane: Floats, length: int) -> NDArray[np.int64]:
    """The liveliest stretch of the line, away from its ends."""
    inner = len(plane) - 2 * _BORDER
    length = min(length, inner)
    change = np.abs(np.diff(plane, 2, axis=0)).mean(axis=1)[_BORDER - 1 :][:inner]
    sums = np.convolve(change, np.ones(length), "valid")
    start = _BORDER + int(sums.argmax())
    return np.arange(start, min(start + length, len(plane) - _BORDER))


def _finding(across: Fit, down: Fit) -> Finding:
    found = _found(across, down)
    estimate: dict[str, Plain] = {
        "enlarged": found,
        "factor": round(across.factor, 3) if found else 1.0,
        "kernel": across.kernel if found else None,
        "rest": round(across.rest, 3),
        "beside": round(across.beside, 3),
    }
    confidence = min(1.0, 2 * (1 - across.dip)) if found else min(1.0, across.beside)
    said = (
        f"Lines of pixels are what {across.kernel} interpolation by {across.factor:.2f} makes of "
        f"fewer samples, up to {across.rest:.2f} of 255; beside that factor "
        f"{across.beside:.2f} remain."
        if found
        else "No interpolation explains the lines of pixels better than its neighbours do.",
    )
    return Finding(ENLARGEMENT.name, found, estimate, confidence, evidence=said)


ENLARGEMENT = Detector(
    "enlargement",
    "Was it enlarged before, by how much, and with which kernel?",
    look,
    0.8,
    "Only plain interpolation of the whole picture, not cropped since, is recognised; noise, "
    "sharpening or lossy saving afterwards hide it, and a network's enlargement has no kernel. In "
    "a JPEG below quality 90, factors that make 8 pixels of a whole number of samples (1.33, 1.6, "
    "2, 4) are declined, and so are pictures without detail.",
)
