"""Pictures of our own making, with edges at every scale: discs of all sizes lying on one another.

Such a picture has the power spectrum of a photograph.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation import Operator
from rigatino.diagnosis import Finding, diagnose
from rigatino.imaging import Picture

Pixels = NDArray[np.uint8]


def leaves(size: int = 320, seed: int = 0, count: int = 900) -> Pixels:
    """(size, size, 3): coloured discs, large ones first, antialiased by drawing twice as large."""
    rng = np.random.default_rng(seed)
    side = 2 * size
    canvas = np.full((side, side, 3), 120.0, np.float32)
    y, x = np.mgrid[:side, :side].astype(np.float32)
    for radius in side / 3 / np.arange(1, count + 1) ** 0.55:
        row, column = rng.uniform(0, side, 2)
        top, left = (int(max(0, v - radius)) for v in (row, column))
        part = (slice(top, int(row + radius) + 2), slice(left, int(column + radius) + 2))
        disc = (y[part] - row) ** 2 + (x[part] - column) ** 2 < radius**2
        canvas[part][disc] = rng.normal(125, 40) + rng.normal(0, 12, 3)
    half = canvas.reshape(size, 2, size, 2, 3).mean((1, 3))
    return np.clip(half + rng.normal(0, 1.0, half.shape), 12, 240).round().astype(np.uint8)


def damaged(pixels: Pixels, operator: Operator, seed: int = 0) -> Pixels:
    """As a stored picture."""
    done = operator.apply(pixels.astype(np.float32) / 255, np.random.default_rng(seed))
    return np.clip(np.rint(done * 255), 0, 255).astype(np.uint8)


def found(name: str, pixels: Pixels) -> Finding:
    """What one detector says."""
    return diagnose(Picture(pixels), only=[name]).finding(name)
