"""Sharpened too much: unsharp masking, which draws halos along edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least, more_than
from rigatino.degradation.borders import Border
from rigatino.degradation.convolution import Convolution
from rigatino.degradation.gaussian_blur import GaussianBlur
from rigatino.degradation.operator import Facts


@dataclass(frozen=True)
class Oversharpening(Convolution):
    """y = x + amount · (x − Gσ ∗ x), not clipped (chain it with `Clipping` for a stored file)."""

    amount: float
    #: pixels: the width of the halos
    sigma: float = 1.5
    border: Border = "mirror"

    facts = Facts(
        linear=True,
        stochastic=False,
        bounded=False,
        idempotent=False,
        assumption="the same unsharp mask everywhere, without threshold, before any clipping",
    )

    def __post_init__(self) -> None:
        at_least("amount", self.amount, 0)
        more_than("sigma", self.sigma, 0)

    def kernel(self) -> Array:
        """(1 + amount) δ − amount Gσ."""
        kernel = -self.amount * GaussianBlur(self.sigma).kernel()
        middle = len(kernel) // 2
        kernel[middle, middle] += 1 + self.amount
        return np.asarray(kernel, np.float32)
