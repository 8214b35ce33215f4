"""How far a result lies from the truth, pixel by pixel."""

from __future__ import annotations

import math

import numpy as np

from rigatino.metrics.arrays import Floats, Picture, pair
from rigatino.metrics.brightness import studio


def mean_squared_error(truth: Floats, result: Floats) -> float:
    """Over all pixels and channels."""
    return float(np.mean((truth - result) ** 2))


def decibels(error: float) -> float:
    """10 log₁₀(1 / error): values in 0…1, so that the peak is 1."""
    return 10 * math.log10(1 / error) if error else math.inf


def psnr(truth: Picture, result: Picture, shave: int = 0) -> float:
    """Peak signal-to-noise ratio in dB over all channels together."""
    return decibels(mean_squared_error(*pair(truth, result, shave)))


def psnr_y(truth: Picture, result: Picture, shave: int = 0) -> float:
    """The same of Y (studio range), as papers on enlargement print it; there, shave = factor."""
    first, second = pair(truth, result, shave)
    return decibels(mean_squared_error(studio(first), studio(second)))


def mean_absolute_difference(truth: Picture, result: Picture) -> float:
    """By how much a value is off on average, 0…1."""
    first, second = pair(truth, result)
    return float(np.mean(np.abs(first - second)))
