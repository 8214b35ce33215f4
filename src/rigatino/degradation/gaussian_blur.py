"""Softness of lenses, scans and scaling: a Gaussian kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, more_than
from rigatino.degradation.borders import Border
from rigatino.degradation.convolution import Convolution
from rigatino.degradation.operator import Facts


@dataclass(frozen=True)
class GaussianBlur(Convolution):
    """k(d) ∝ exp(−|d|² / 2σ²), cut at 4σ and scaled to sum 1."""

    #: pixels
    sigma: float
    border: Border = "mirror"

    facts = Facts(
        linear=True,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="the blur is the same everywhere and round",
    )

    def __post_init__(self) -> None:
        more_than("sigma", self.sigma, 0)

    def kernel(self) -> Array:
        """The outer product of two bells."""
        r = int(np.ceil(4 * self.sigma))
        bell = np.exp(-0.5 * (np.arange(-r, r + 1) / self.sigma) ** 2)
        return np.asarray(np.outer(bell, bell) / bell.sum() ** 2, np.float32)
