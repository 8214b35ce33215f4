"""What a sensor adds: the grain of light and the unrest of reading it out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least, more_than
from rigatino.degradation.light import to_light, to_stored
from rigatino.degradation.noise_field import kept_in
from rigatino.degradation.operator import Drawn, Facts


@dataclass(frozen=True)
class CameraNoise(Drawn):
    """In light: y = (Poisson(x · electrons) + readout · n) / electrons, n ~ N(0, 1)."""

    #: collected where the picture is white
    electrons: float
    #: standard deviation of reading out, in electrons
    readout: float
    #: values follow the sRGB curve (True) or are proportional to light already (False)
    curve: bool = True
    #: cut at 0 and 1 in light, before the curve, as cameras do
    clip: bool = True

    def __post_init__(self) -> None:
        more_than("electrons", self.electrons, 0)
        at_least("readout", self.readout, 0)

    @property
    def facts(self) -> Facts:
        """Bounded when clipped."""
        return Facts(
            linear=False,
            stochastic=True,
            bounded=self.clip,
            idempotent=False,
            assumption="no demosaicking, no denoising in the camera, no fixed pattern",
        )

    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        light = to_light(x) if self.curve else x
        shot = rng.poisson(np.maximum(light, 0) * self.electrons)
        read = self.readout * rng.standard_normal(x.shape)
        exposed = kept_in(((shot + read) / self.electrons).astype(np.float32), self.clip)
        return to_stored(exposed) if self.curve else exposed
