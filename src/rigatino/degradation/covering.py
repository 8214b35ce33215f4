"""Things that lie on a picture: drawn as coverage, painted in one colour."""

from __future__ import annotations

from abc import abstractmethod
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.arrays import Array, Size
from rigatino.degradation.operator import Drawn, Facts

Floats = NDArray[np.float64]


class Covering(Drawn):
    """y = x + coverage · (tone − x); `coverage` with the same seed gives what `apply` painted."""

    tone: float

    facts = Facts(
        linear=False,
        stochastic=True,
        bounded=True,
        idempotent=False,
        assumption="what is covered is gone, the rest untouched; the cover has one tone",
    )

    @abstractmethod
    def coverage(self, size: Size, rng: np.random.Generator) -> Array:
        """(H, W): 0 where the picture is seen, 1 where it is covered, between at edges."""

    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        covered = self.coverage((x.shape[0], x.shape[1]), rng)[..., None]
        return x + covered * (np.float32(self.tone) - x)


def stroke(canvas: Array, points: Floats, width: float) -> None:
    """Draw a line through (N, 2) points, rows down and columns right, onto (H, W) coverage."""
    for start, end in pairwise(points):
        _segment(canvas, start, end, width)


def _segment(canvas: Array, start: Floats, end: Floats, width: float) -> None:
    reach = width / 2 + 1
    low = np.floor(np.minimum(start, end) - reach).astype(int).clip(0, canvas.shape)
    high = np.ceil(np.maximum(start, end) + reach + 1).astype(int).clip(0, canvas.shape)
    window = canvas[low[0] : high[0], low[1] : high[1]]
    y, x = np.mgrid[low[0] : high[0], low[1] : high[1]]
    way = end - start
    along = ((y - start[0]) * way[0] + (x - start[1]) * way[1]) / max(float(way @ way), 1e-12)
    along = along.clip(0, 1)
    distance = np.hypot(y - start[0] - along * way[0], x - start[1] - along * way[1])
    # A line thinner than a pixel covers a pixel only in part.
    solid = (width / 2 + 0.5 - distance).clip(0, min(1.0, width))
    np.maximum(window, solid.astype(np.float32), out=window)


def somewhere(size: Size, rng: np.random.Generator) -> Floats:
    """A position in the picture, (row, column)."""
    return rng.uniform((0, 0), size)


def how_many(per_megapixel: float, size: Size, rng: np.random.Generator) -> int:
    """As many as chance puts on a picture of this size."""
    return int(rng.poisson(per_megapixel * size[0] * size[1] / 1e6))
