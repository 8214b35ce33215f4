"""Too few photons: noise that grows with the root of brightness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, more_than
from rigatino.degradation.noise_field import kept_in
from rigatino.degradation.operator import Drawn, Facts


@dataclass(frozen=True)
class PoissonNoise(Drawn):
    """y = Poisson(x · photons) / photons, every channel counting its own; variance x / photons."""

    #: counted where the picture is white
    photons: float
    clip: bool = False

    def __post_init__(self) -> None:
        more_than("photons", self.photons, 0)

    @property
    def facts(self) -> Facts:
        """Bounded when clipped."""
        return Facts(
            linear=False,
            stochastic=True,
            bounded=self.clip,
            idempotent=False,
            assumption="values are proportional to light and nothing but its grain disturbs them",
        )

    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        counted = rng.poisson(np.maximum(x, 0) * self.photons) / self.photons
        return kept_in(counted.astype(np.float32), self.clip)
