"""A hand that could not hold still: a kernel from a drawn random walk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least
from rigatino.degradation.borders import Border
from rigatino.degradation.kernel_blur import KernelBlur
from rigatino.degradation.operator import Drawn, Facts
from rigatino.degradation.paths import Path, exposed

_STEPS = 400


@dataclass(frozen=True)
class CameraShake(Drawn):
    """A smooth random path; `kernel` with the same seed gives what `apply` used."""

    #: pixels between the farthest two positions, down or across, whichever is more
    extent: float
    #: 0: almost a line … 1: a scribble
    restlessness: float = 0.3
    border: Border = "mirror"

    facts = Facts(
        linear=False,
        stochastic=True,
        bounded=True,
        idempotent=False,
        assumption="the whole picture shook alike (no turning); linear once the kernel is drawn",
    )

    def __post_init__(self) -> None:
        at_least("extent", self.extent, 0)
        at_least("restlessness", self.restlessness, 0)

    def kernel(self, rng: np.random.Generator) -> Array:
        """A kernel of sum 1 whose centre of mass is its middle."""
        path = self._path(rng)
        reach = np.ptp(path, axis=0).max()
        return exposed((path - path.mean(0)) * (self.extent / reach))

    def _path(self, rng: np.random.Generator) -> Path:
        """The velocity drifts, is pulled back to the start and is now and then jerked."""
        velocity = rng.normal(size=2)
        position, path = np.zeros(2), np.empty((_STEPS, 2))
        for step in range(_STEPS):
            jerk = rng.normal(size=2) * (2.0 if rng.random() < 0.02 * self.restlessness else 0.0)
            drift = rng.normal(size=2) * 0.15 * self.restlessness
            velocity = 0.995 * velocity + drift + jerk - 0.0005 * self.restlessness * position
            position = position + velocity
            path[step] = position
        return path

    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        return KernelBlur(self.kernel(rng), self.border).apply(x)
