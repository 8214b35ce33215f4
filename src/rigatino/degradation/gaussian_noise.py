"""White Gaussian noise, as benchmarks add it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least
from rigatino.degradation.noise_field import kept_in, white
from rigatino.degradation.operator import Drawn, Facts


@dataclass(frozen=True)
class GaussianNoise(Drawn):
    """y = x + σ n, n ~ N(0, 1); grey pictures stay grey."""

    #: of values in 0…1; the literature's "σ 25" is 25 / 255
    sigma: float
    #: cut at 0 and 1, as storing with 8 bits does
    clip: bool = False

    def __post_init__(self) -> None:
        at_least("sigma", self.sigma, 0)

    @property
    def facts(self) -> Facts:
        """Bounded when clipped."""
        return Facts(
            linear=False,
            stochastic=True,
            bounded=self.clip,
            idempotent=False,
            assumption="noise of the same strength everywhere, independent from pixel to pixel",
        )

    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        return kept_in(x + np.float32(self.sigma) * white(x, rng), self.clip)
