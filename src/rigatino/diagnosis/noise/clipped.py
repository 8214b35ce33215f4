"""Noise that was cut at black and white: from what is left back to what there was.

For a flat part of true level μ under noise of deviation σ, the stored values have mean m and
deviation s, both known functions of μ and σ. Turned round, (m, s) gives σ.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
#: σ that are tabulated, and μ from far below black to far above white
_SIGMAS = np.geomspace(0.25, 120, 90)
_LEVELS = np.linspace(-150, 405, 223)


def uncut(mean: float, deviation: float) -> float:
    """σ before cutting, from the mean and deviation of a flat part after it (0 … 255)."""
    left = _left_at(mean)
    return float(np.interp(deviation, left, _SIGMAS))


def _left_at(mean: float) -> Doubles:
    """Deviation that is left of each tabulated σ where the mean is ``mean``; never falling."""
    means, deviations = _table()
    left = [np.interp(mean, m, d) for m, d in zip(means, deviations, strict=True)]
    rising: Doubles = np.maximum.accumulate(np.array(left)) + 1e-9 * np.arange(len(left))
    return rising


@cache
def _table() -> tuple[Doubles, Doubles]:
    """Mean and deviation after cutting, (σ, μ)."""
    sigma, level = _SIGMAS[:, None], _LEVELS[None, :]
    low, high = (0 - level) / sigma, (255 - level) / sigma
    inside = _normal(high) - _normal(low)
    first = level * inside + sigma * (_bell(low) - _bell(high))
    second = (level**2 + sigma**2) * inside + sigma * (
        level * _bell(low) - (level + 255) * _bell(high)
    )
    above = 1 - _normal(high)
    mean = first + 255 * above
    square = second + 255**2 * above
    return mean, np.sqrt(np.maximum(square - mean**2, 0))


def _bell(x: Doubles) -> Doubles:
    return np.asarray(np.exp(-0.5 * np.square(x)) / math.sqrt(2 * math.pi))


def _normal(x: Doubles) -> Doubles:
    return np.asarray(0.5 * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2))))
