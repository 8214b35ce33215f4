"""Was the picture a JPEG on the same grid before? Gaps and crowds among its stored numbers.

A coefficient that was a multiple of q₁ and is then stored as a multiple of q₂ cannot reach
every multiple: some numbers k get two of the earlier multiples and some none. For each
frequency the counts n(k), k ≠ 0, are explained twice: as a smooth density cut into bins of
q₂, and as the same density first gathered on multiples of q₁. The density is whichever of a
family of generalised Gaussians fits best, for either story its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.compression import comb
from rigatino.diagnosis.subject import Floats

Doubles = NDArray[np.float64]
#: what rounding to pixels did between the two savings, in coefficient units
_SPREAD = 0.42
#: frequencies with fewer coefficients other than zero say too little
_FEWEST = 40
#: numbers above this are rare and cost time
_LARGEST = 48
#: share of coefficients that neither story explains
_STRAY = 0.02
_REACH = 640


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier saving that explains the numbers best."""

    quality: int
    gain: float
    """Log-likelihood of two savings against one."""
    used: int
    """Coefficients other than zero that the comparison rests on."""


def earlier_saving(values: Floats, table: NDArray[np.int64]) -> Earlier:
    """From coefficients (blocks, 64) on the grid, and the table (64,) they were stored with."""
    gains, used = np.zeros(100), 0
    for frequency in range(1, 64):
        step = int(table[frequency])
        counts = _counts(values[:, frequency], step) if step >= 2 else np.zeros(1)
        if counts.sum() < _FEWEST:
            continue
        used += int(counts.sum())
        gains += _gains(counts, step, comb.ladder()[:, frequency])
    best = int(gains.argmax())
    return Earlier(best + 1, float(gains[best]), used)


def _counts(values: Floats, step: int) -> Doubles:
    """How often each number 1 … occurs, regardless of sign."""
    largest = min(_LARGEST, _REACH // step - 2)
    numbers = np.rint(np.abs(values) / step).astype(int)
    return np.bincount(numbers[numbers <= largest], minlength=largest + 1)[1:].astype(float)


def _gains(counts: Doubles, step: int, earlier: NDArray[np.int64]) -> Doubles:
    """What each earlier step would explain better than none, one per quality."""
    once = _explained(counts, _binned(step, len(counts)))
    steps = np.unique(earlier)
    gain = {int(q): _explained(counts, _gathered(int(q), step, len(counts))) - once for q in steps}
    return np.array([gain[int(q)] for q in earlier])


def _explained(counts: Doubles, masses: Doubles) -> float:
    """Log-likelihood of the counts under the best density of the family."""
    share = masses / np.maximum(masses.sum(axis=1, keepdims=True), 1e-12)
    floor = _STRAY / len(counts)
    return float((np.log((1 - _STRAY) * share + floor) @ counts).max())


@cache
def _binned(step: int, largest: int) -> Doubles:
    """Mass of each density in the bins of a single saving, (densities, largest)."""
    below = _family()
    edges = step * (2 * np.arange(largest + 1) + 1)
    return np.asarray(np.diff(below[:, edges], axis=1))


@cache
def _gathered(first: int, step: int, largest: int) -> Doubles:
    """The same after the values were gathered on multiples of ``first``."""
    if first == step:
        return _binned(step, largest)
    count = math.ceil((largest + 1) * step / first) + 1
    edges = np.minimum(first * (2 * np.arange(count + 1) + 1), 2 * _REACH - 1)
    mass = np.diff(_family()[:, edges], axis=1)
    return np.asarray(mass @ _landing(first, step, count, largest))


def _landing(first: int, step: int, count: int, largest: int) -> Doubles:
    """Share of multiple m = 1 … count of ``first`` that is stored as k = 1 … largest."""
    edges = (np.arange(largest + 1) + 0.5) * step
    places = first * np.arange(1, count + 1)
    below = _normal(np.asarray((edges - places[:, None]) / _SPREAD, np.float64))
    return np.asarray(np.diff(below, axis=1))


def _normal(x: Doubles) -> Doubles:
    """The normal distribution function."""
    return np.asarray(0.5 * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2))))


@cache
def _family() -> Doubles:
    """Distribution functions of |value| at 0, ½, 1 …: generalised Gaussians, (densities, places).

    ``f(x) ∝ exp(−(x / scale)^shape)``; shape 2 is a Gaussian, 1 a Laplacian, less a longer tail.
    """
    middles = (np.arange(4 * 2 * _REACH) + 0.5) / 8
    rows = []
    for shape in (0.4, 0.6, 0.8, 1.0, 1.4):
        # the scale at which half of e-folding happens at the wanted typical size
        for size in np.geomspace(0.7, 150, 22):
            density = np.exp(-((middles / size) ** shape) * 2)
            below = np.concatenate([[0], np.cumsum(density)[3::4]])
            rows.append(below / below[-1])
    return np.array(rows)
