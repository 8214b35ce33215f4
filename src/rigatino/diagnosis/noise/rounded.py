"""Noise in a JPEG: how often did it survive the rounding?

A coefficient of a flat block is noise alone, N(0, σ²), stored as k = round(c / q). How often
k is 0, ±1, ±2 … at steps q that are known gives σ by maximum likelihood, although no single
value is left of the noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.noise.weak import TEXTURE, Blocks

_SIGMAS = np.geomspace(0.3, 90, 120)
_SHARE, _FEWEST = 0.02, 60
#: frequencies looked at: those with the finest steps
_BAND = 32
#: numbers above this are texture, whatever the noise
_LARGEST = 40
#: share of coefficients in weak blocks that are texture all the same
_STRAY = 0.02


@dataclass(frozen=True, slots=True)
class Rounded:
    """Noise of luma in units of 0 … 255."""

    sigma: float
    survived: float
    """Share of the coefficients looked at that are not zero: near 0, nothing can be said."""
    average: float
    """Typical level of the blocks looked at."""
    blocks: int


def rounded(blocks: Blocks, table: NDArray[np.int64], share: float) -> Rounded:
    """From blocks on the JPEG's own grid and its luminance steps (64,), 0 where unknown.

    ``share`` is σ of luma over σ of a channel: noise of the channels was cut at black and white,
    so that blocks far from both are preferred.
    """
    first = _likeliest(blocks.weakest(_SHARE, _FEWEST), table)
    reach = 2.2 * first.sigma / share
    inside = blocks.among((blocks.average > reach) & (blocks.average < 255 - reach))
    enough = len(inside.average) >= _FEWEST
    return _likeliest(inside.weakest(_SHARE, _FEWEST), table) if enough else first


def _likeliest(weak: Blocks, table: NDArray[np.int64]) -> Rounded:
    steps = np.where(table > 0, table, 255)
    band = np.flatnonzero(~TEXTURE & (np.arange(64) > 0))
    finest = band[np.argsort(steps[band], kind="stable")[:_BAND]]
    numbers = np.rint(np.abs(weak.values[:, finest]) / steps[finest]).astype(int)
    scores = sum(_score(numbers[:, at], int(steps[f])) for at, f in enumerate(finest))
    survived = float((numbers > 0).mean())
    sigma = float(_SIGMAS[int(np.argmax(scores))])
    return Rounded(sigma, survived, float(np.median(weak.average)), len(weak.average))


def _score(numbers: NDArray[np.int64], step: int) -> NDArray[np.float64]:
    """Log-likelihood of each σ for the numbers at one frequency."""
    counts = np.bincount(np.minimum(numbers, _LARGEST), minlength=_LARGEST + 1)
    edges = (np.arange(_LARGEST + 2) - 0.5) * step
    edges[0] = 0
    below = np.vectorize(math.erf, otypes=[float])(edges / _SIGMAS[:, None] / math.sqrt(2))
    chance = (1 - _STRAY) * np.diff(below, axis=1) + _STRAY / (_LARGEST + 1)
    return np.asarray(np.log(chance) @ counts)
