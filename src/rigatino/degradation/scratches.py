"""Scratches: long, thin, nearly straight, mostly in one direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, at_least, more_than
from rigatino.degradation.covering import Covering, Floats, somewhere, stroke

_POINTS = 24


@dataclass(frozen=True)
class Scratches(Covering):
    """``count`` lines of up to ``width`` pixels, across up to the whole picture."""

    count: int
    width: float = 1.5
    tone: float = 0.95
    #: degrees from "down" by which their directions differ
    disorder: float = 15.0

    def __post_init__(self) -> None:
        at_least("count", self.count, 0)
        more_than("width", self.width, 0)

    def coverage(self, size: Size, rng: np.random.Generator) -> Array:
        """Lines that begin anywhere and wander a little."""
        canvas = np.zeros(size, np.float32)
        for _ in range(self.count):
            stroke(canvas, self._course(size, rng), self.width * rng.uniform(0.4, 1))
        return canvas

    def _course(self, size: Size, rng: np.random.Generator) -> Floats:
        length = max(size) * rng.uniform(0.2, 1)
        first = rng.normal(0, np.deg2rad(self.disorder))
        turns = first + np.cumsum(rng.normal(0, 0.03, _POINTS))
        steps = np.stack((np.cos(turns), np.sin(turns)), 1) * length / _POINTS
        course = np.cumsum(steps, axis=0)
        return np.asarray(somewhere(size, rng) + course - course.mean(0))
