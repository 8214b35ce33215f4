"""Where to measure next, so that the line where a figure reaches a target is soon known.

Straddle (Bryan and others, 2005): the place that is least sure *and* nearest to the target, where
1.96 σ − |μ − target| is largest.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from rigatino.limits.surrogate import Reals, Surrogate, fitted

#: 95 % of a normal distribution lie within so many standard deviations
SURE = 1.96
_FIRST = 5
Measure = Callable[[Reals], float]
Seen = tuple[Reals, Reals]


def straddled(
    measure: Measure, candidates: Reals, target: float, count: int, rng: np.random.Generator
) -> Seen:
    """Points (count, 2) among the candidates (m, 2), and what was measured there."""
    points, values = _begun(measure, candidates, min(count, _FIRST), rng)
    while len(points) < count:
        mean, deviation = fitted(points, values).at(candidates)
        worth = SURE * deviation - np.abs(mean - target)
        worth[_taken(candidates, points)] = -np.inf
        chosen = candidates[int(worth.argmax())]
        points = np.vstack((points, chosen))
        values = np.append(values, measure(chosen))
    return points, values


def scattered(measure: Measure, candidates: Reals, count: int, rng: np.random.Generator) -> Seen:
    """Anywhere: what straddling is compared with."""
    points = candidates[rng.choice(len(candidates), count, replace=False)]
    return points, np.array([measure(point) for point in points])


def _begun(measure: Measure, candidates: Reals, count: int, rng: np.random.Generator) -> Seen:
    """Each point as far from those before it as can be; the first by chance."""
    chosen = [int(rng.integers(len(candidates)))]
    while len(chosen) < count:
        apart = candidates[:, None] - candidates[chosen][None]
        chosen.append(int((apart**2).sum(axis=2).min(axis=1).argmax()))
    points = candidates[chosen]
    return points, np.array([measure(point) for point in points])


def _taken(candidates: Reals, points: Reals) -> np.ndarray:
    return np.asarray((candidates[:, None] == points[None]).all(axis=2).any(axis=1))


def probabilities(model: Surrogate, points: Reals, target: float, error: float = 0.0) -> Reals:
    """That the target is reached, (m,); ``error``: what the pictures measured may be off by."""
    mean, deviation = model.at(points)
    return np.asarray(ndtr((mean - target) / np.hypot(deviation, error)))


def sure(model: Surrogate, points: Reals, target: float, error: float = 0.0) -> np.ndarray:
    """Where it is clear whether the target is reached, (m,)."""
    mean, deviation = model.at(points)
    return np.asarray(np.abs(mean - target) > SURE * np.hypot(deviation, error))
