"""Dust and hairs on a scan or a print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, at_least, more_than
from rigatino.degradation.covering import Covering, how_many, somewhere, stroke

_POINTS = 8


@dataclass(frozen=True)
class Dust(Covering):
    """``per_megapixel`` grains of up to ``width`` pixels; one in five is a hair."""

    per_megapixel: float
    width: float = 3.0
    tone: float = 1.0

    def __post_init__(self) -> None:
        at_least("per_megapixel", self.per_megapixel, 0)
        more_than("width", self.width, 0)

    def coverage(self, size: Size, rng: np.random.Generator) -> Array:
        """Grains are the shortest of strokes, hairs are curled ones."""
        canvas = np.zeros(size, np.float32)
        for _ in range(how_many(self.per_megapixel, size, rng)):
            if rng.random() < 0.2:
                self._hair(canvas, rng)
            else:
                self._grain(canvas, rng)
        return canvas

    def _grain(self, canvas: Array, rng: np.random.Generator) -> None:
        place = somewhere((canvas.shape[0], canvas.shape[1]), rng)
        end = place + rng.normal(0, self.width / 4, 2)
        stroke(canvas, np.stack((place, end)), self.width * rng.uniform(0.3, 1))

    def _hair(self, canvas: Array, rng: np.random.Generator) -> None:
        turns = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.5, _POINTS))
        steps = np.stack((np.sin(turns), np.cos(turns)), 1) * self.width
        place = somewhere((canvas.shape[0], canvas.shape[1]), rng)
        stroke(canvas, place + np.cumsum(steps, axis=0), max(0.6, self.width / 4))
