"""Out of focus: every point becomes an evenly lit disk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least
from rigatino.degradation.borders import Border
from rigatino.degradation.convolution import Convolution
from rigatino.degradation.operator import Facts

#: each pixel is divided into this many parts in both directions to see how much the disk covers
_PARTS = 16


@dataclass(frozen=True)
class Defocus(Convolution):
    """A disk of ``radius`` pixels."""

    radius: float
    border: Border = "mirror"

    facts = Facts(
        linear=True,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="everything lies equally far out of focus and the aperture is round",
    )

    def __post_init__(self) -> None:
        at_least("radius", self.radius, 0)

    def kernel(self) -> Array:
        """The share of each pixel that the disk covers, scaled to sum 1."""
        r = int(np.ceil(max(self.radius - 0.5, 0)))
        n = (2 * r + 1) * _PARTS
        fine = (np.arange(n) + 0.5) / _PARTS - (r + 0.5)
        # Below one part, the disk would fall between the samples.
        radius = max(self.radius, 1 / _PARTS)
        disk = (fine[:, None] ** 2 + fine**2 <= radius**2).astype(np.float64)
        kernel = disk.reshape(2 * r + 1, _PARTS, 2 * r + 1, _PARTS).sum((1, 3))
        return np.asarray(kernel / kernel.sum(), np.float32)
