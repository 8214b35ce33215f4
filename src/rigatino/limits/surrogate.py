"""A Gaussian process over a plane: what a figure is where nobody measured, and how sure that is.

Constant mean, Matérn 5/2 covariance with a length for each axis, and a little noise:

    k(d) = s² (1 + √5 d + 5 d² / 3) exp(−√5 d),    d² = Σ (Δᵢ / lᵢ)²

Lengths and noise are those of a small grid under which the measurements are most likely; s² and
the mean follow from them. Axes run from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Reals = NDArray[np.float64]

_LENGTHS = (0.15, 0.25, 0.4, 0.7, 1.2, 2.0)
_NOISES = (1e-4, 1e-3, 1e-2)


@dataclass(frozen=True, eq=False)
class Surrogate:
    """Measurements and what they say about the rest of the plane."""

    points: Reals
    """(n, 2) in 0…1."""
    lengths: Reals
    """(2,)."""
    scale: float
    mean: float
    factor: tuple[Reals, bool]
    weights: Reals
    """(n,)."""

    def at(self, points: Reals) -> tuple[Reals, Reals]:
        """(m, 2) -> mean and standard deviation, (m,) each."""
        across = _covariance(points, self.points, self.lengths)
        mean = self.mean + across @ self.weights
        kept = np.einsum("mn,nm->m", across, cho_solve(self.factor, across.T))
        return mean, np.sqrt(self.scale * np.maximum(1 - kept, 1e-9))


def fitted(points: Reals, values: Reals) -> Surrogate:
    """(n, 2) in 0…1 and (n,) -> the most likely of a grid of processes."""
    grid = product(_LENGTHS, _LENGTHS, _NOISES)
    tried = (_tried(points, values, np.array((a, b)), noise) for a, b, noise in grid)
    return max(tried, key=lambda one: one[0])[1]


def _tried(points: Reals, values: Reals, lengths: Reals, noise: float) -> tuple[float, Surrogate]:
    """Log likelihood (up to a constant) with the best mean and scale."""
    n = len(values)
    own = _covariance(points, points, lengths) + noise * np.eye(n)
    factor = cho_factor(own, lower=True)
    ones = cho_solve(factor, np.ones(n))
    mean = float(ones @ values / ones.sum())
    weights = cho_solve(factor, values - mean)
    scale = max(float((values - mean) @ weights) / n, 1e-12)
    likely = -0.5 * n * np.log(scale) - float(np.log(np.diag(factor[0])).sum())
    return likely, Surrogate(points, lengths, scale, mean, factor, weights)


def _covariance(one: Reals, other: Reals, lengths: Reals) -> Reals:
    apart = (one[:, None] - other[None]) / lengths
    d = np.sqrt(5 * (apart**2).sum(axis=2))
    return np.asarray((1 + d + d**2 / 3) * np.exp(-d))
