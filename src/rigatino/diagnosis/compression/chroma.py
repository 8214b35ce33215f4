"""How coarsely were the colours stored? Undo each way of sampling, and look for steps.

A decoder spreads a halved colour plane with the weights ¾ and ¼ along each direction. The mean
of a pair of pixels is then (x₋₁ + 6 x + x₊₁) / 8 of the stored samples, which can be solved for
them: where the guess was right, their cosine coefficients lie on multiples of steps again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solveh_banded

from rigatino.diagnosis.compression import comb
from rigatino.diagnosis.compression.blocks import Phase, Tile, coefficients
from rigatino.diagnosis.subject import Floats, Subject
from rigatino.imaging import rgb_to_ycbcr

#: rows and columns of pixels per colour sample
SAMPLINGS = {"4:4:4": (1, 1), "4:2:2": (1, 2), "4:2:0": (2, 2)}
#: log-likelihood below which nothing is said, and how far the best must stand out
_ENOUGH, _AHEAD = 60.0, 2.0


@dataclass(frozen=True, slots=True)
class Chroma:
    """The sampling whose colour planes show steps."""

    sampling: str
    quality: int | None
    """Standard quality of the chrominance table; None where no standard table fits."""
    gain: float


def chroma(subject: Subject, phase: Phase, pixels: int) -> Chroma | None:
    """From the bluish colour plane; None where no way of sampling shows steps."""
    if len(subject.channels) == 1:
        return None
    planes = _planes(subject, pixels)
    found = [
        _tried(name, by, planes, phase, far)
        for name, by in SAMPLINGS.items()
        for far in _corners(by)
    ]
    found.sort(key=lambda one: -one.gain)
    rivals = [one.gain for one in found if one.sampling != found[0].sampling]
    if found[0].gain < max(_ENOUGH, _AHEAD * max(rivals)):
        return None
    return found[0]


def _planes(subject: Subject, pixels: int) -> list[Tile]:
    """Cb, 0 … 255, of the windows."""
    planes = []
    for window in subject.windows(pixels):
        low, high = window.colour.min(axis=2), window.colour.max(axis=2)
        cut = (low < 0.5) | (high > 254.5)
        blue = rgb_to_ycbcr(window.colour / np.float32(255))[..., 1] * np.float32(255)
        planes.append(Tile(window.top, window.left, blue, cut))
    return planes


def _corners(by: tuple[int, int]) -> list[Phase]:
    """Blocks of a halved plane are 16 pixels apart: they may begin 8 pixels further on."""
    return [(row, column) for row in range(0, 8 * by[0], 8) for column in range(0, 8 * by[1], 8)]


def _tried(name: str, by: tuple[int, int], planes: list[Tile], phase: Phase, far: Phase) -> Chroma:
    """What the colour samples say if they were stored like this."""
    start = (phase[0] + far[0], phase[1] + far[1])
    stored = tuple(_stored(tile, by, start) for tile in planes)
    values = coefficients(stored, (0, 0), 4096)
    scores = comb.likelihoods(comb.histogram(values))
    pooled = comb.standard_scores(scores, "chroma")
    best = int(pooled.argmax())
    gain = max(float(pooled[best]), comb.free_score(scores))
    return Chroma(name, best + 1 if pooled[best] > gain / 2 else None, gain)


def _stored(tile: Tile, by: tuple[int, int], start: Phase) -> Tile:
    """The colour samples of a tile, cut so that a block begins at its corner."""
    top, left = (start[0] - tile.top) % (8 * by[0]), (start[1] - tile.left) % (8 * by[1])
    plane, cut = tile.luma[top:, left:], tile.cut[top:, left:]
    touched = _pairs(_pairs(cut.astype(np.float32), by[0]).T, by[1]).T > 0
    samples = _unspread(_pairs(plane, by[0]), by[0])
    samples = _unspread(_pairs(samples.T, by[1]), by[1]).T
    return Tile(0, 0, np.ascontiguousarray(samples), touched)


def _pairs(plane: Floats, count: int) -> Floats:
    """Means of ``count`` rows at a time."""
    rows = plane.shape[0] // count
    whole = plane[: rows * count].reshape(rows, count, -1)
    return np.asarray(whole.mean(axis=1), np.float32)


def _unspread(plane: Floats, count: int) -> Floats:
    """Solve the means of pairs for the samples, along the rows' direction."""
    if count == 1:
        return plane
    bands = np.full((2, len(plane)), 1 / 8)
    bands[0] = 6 / 8
    bands[0, [0, -1]] = 7 / 8
    return np.asarray(solveh_banded(bands, plane.astype(np.float64), lower=True), np.float32)
