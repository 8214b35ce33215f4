"""Torn, burnt or flaked-off places: a few large ragged blots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, at_least, more_than
from rigatino.degradation.covering import Covering, somewhere


@dataclass(frozen=True)
class Holes(Covering):
    """``count`` blots of about ``radius`` pixels, hard-edged, so that painting twice is once."""

    count: int
    radius: float = 12.0
    tone: float = 0.0
    #: 0: round … 1: very ragged
    raggedness: float = 0.4

    def __post_init__(self) -> None:
        at_least("count", self.count, 0)
        more_than("radius", self.radius, 0)

    def coverage(self, size: Size, rng: np.random.Generator) -> Array:
        """Zeros and ones."""
        canvas = np.zeros(size, np.float32)
        for _ in range(self.count):
            np.maximum(canvas, self._blot(size, rng), out=canvas)
        return canvas

    def _blot(self, size: Size, rng: np.random.Generator) -> Array:
        """The radius swings with the direction: a few drawn waves around the circle."""
        y, x = np.ogrid[: size[0], : size[1]]
        row, column = somewhere(size, rng)
        turn = np.arctan2(y - row, x - column)
        radius = np.ones_like(turn)
        for wave in range(2, 7):
            swing = self.raggedness * rng.normal() / wave
            radius += swing * np.cos(wave * turn + rng.uniform(0, 2 * np.pi))
        inside = np.hypot(y - row, x - column) <= self.radius * np.maximum(radius, 0.1)
        return np.asarray(inside, np.float32)
