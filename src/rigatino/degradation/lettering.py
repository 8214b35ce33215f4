"""Writing across a picture: captions, stamps and watermarks, as strokes that resemble letters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, at_least, more_than
from rigatino.degradation.covering import Covering, Floats, stroke


@dataclass(frozen=True)
class Lettering(Covering):
    """``lines`` rows of signs, ``height`` pixels tall; signs of no alphabet."""

    lines: int
    height: float = 16.0
    tone: float = 1.0

    def __post_init__(self) -> None:
        at_least("lines", self.lines, 0)
        more_than("height", self.height, 0)

    def coverage(self, size: Size, rng: np.random.Generator) -> Array:
        """Lines at any height of the picture, from a drawn margin to the right border."""
        canvas = np.zeros(size, np.float32)
        for _ in range(self.lines):
            top = rng.uniform(0, max(1.0, size[0] - self.height))
            left = rng.uniform(0, 0.2) * size[1]
            while left < size[1]:
                left += self._word(canvas, top, left, rng)
        return canvas

    def _word(self, canvas: Array, top: float, left: float, rng: np.random.Generator) -> float:
        """Draw a word; how far to move on."""
        advance = 0.7 * self.height
        letters = int(rng.integers(2, 9))
        for letter in range(letters):
            corner = (top, left + letter * advance)
            for part in _sign(rng):
                stroke(canvas, corner + part * self.height, 0.12 * self.height)
        return (letters + 1) * advance


def _sign(rng: np.random.Generator) -> list[Floats]:
    """Two or three strokes in a box 1 high and ½ wide: stems, bars and bows."""
    return [_part(rng) for _ in range(int(rng.integers(2, 4)))]


def _part(rng: np.random.Generator) -> Floats:
    kind = rng.integers(3)
    if kind == 0:
        column = rng.choice((0.0, 0.25, 0.5))
        return np.array(((0.0, column), (1.0, column)))
    if kind == 1:
        row = rng.choice((0.0, 0.5, 1.0))
        return np.array(((row, 0.0), (row, 0.5)))
    turn = np.linspace(0, rng.uniform(0.5, 1) * 2 * np.pi, 9) + rng.uniform(0, 2 * np.pi)
    return np.stack((0.7 + 0.3 * np.sin(turn), 0.25 + 0.25 * np.cos(turn)), 1)
