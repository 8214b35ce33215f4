"""Blocks with little texture, chosen by low frequencies and measured by high ones.

White noise has the same strength at every frequency and is independent between them. So
choosing blocks by their low frequencies says nothing about the noise in the high ones, and
the measurement is not biased by the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.subject import Floats
from rigatino.imaging import dct8, to_blocks

_ORDER = np.add.outer(np.arange(8), np.arange(8)).reshape(64)
#: frequencies u + v that show texture, and those that noise is read from
TEXTURE = (_ORDER >= 1) & (_ORDER <= 4)
FINE = _ORDER >= 8
#: a band between, in which coarse grain shows
MIDDLE = (_ORDER >= 4) & (_ORDER <= 6)


@dataclass(frozen=True, eq=False)
class Blocks:
    """8×8 blocks of one plane: coefficients (n, 64), averages (n,) and texture (n,)."""

    values: Floats
    average: Floats
    texture: Floats

    def among(self, chosen: NDArray[np.bool_]) -> Blocks:
        """Only these blocks."""
        return Blocks(self.values[chosen], self.average[chosen], self.texture[chosen])

    def weakest(self, share: float, fewest: int) -> Blocks:
        """The share of blocks with the least texture, at least ``fewest``."""
        count = min(len(self.texture), max(fewest, int(share * len(self.texture))))
        order = np.argsort(self.texture, kind="stable")[:count]
        return Blocks(self.values[order], self.average[order], self.texture[order])


def blocks_of(plane: Floats) -> Blocks:
    """Every whole block of a plane (H, W) with values 0 … 255."""
    rows, columns = plane.shape[0] // 8 * 8, plane.shape[1] // 8 * 8
    values = np.asarray(dct8(to_blocks(plane[:rows, :columns])), np.float32).reshape(-1, 64)
    texture = np.square(values[:, TEXTURE]).mean(axis=1)
    return Blocks(values, np.asarray(values[:, 0] / 8, np.float32), texture)


def together(parts: list[Blocks]) -> Blocks:
    """The blocks of several planes."""
    return Blocks(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.average for part in parts]),
        np.concatenate([part.texture for part in parts]),
    )


def deviation(values: Floats, band: NDArray[np.bool_] = FINE) -> float:
    """Standard deviation in a band, by the median over blocks: (n, 64) -> number.

    The mean of k squares is distributed as χ²/k, whose median is (1 − 2/9k)³.
    """
    if not len(values):
        return 0.0
    squares = np.square(values[:, band]).mean(axis=1)
    return float(np.sqrt(np.median(squares)) / (1 - 2 / (9 * int(band.sum()))) ** 1.5)
