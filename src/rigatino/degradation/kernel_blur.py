"""Blur by a kernel that somebody measured, estimated or drew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array
from rigatino.degradation.borders import Border
from rigatino.degradation.convolution import Convolution
from rigatino.degradation.operator import Facts
from rigatino.errors import UsageError


@dataclass(frozen=True, eq=False)
class KernelBlur(Convolution):
    """y = k ∗ x for any kernel with odd sides."""

    weights: Array
    border: Border = "mirror"

    def __post_init__(self) -> None:
        shape = np.shape(self.weights)
        if len(shape) != 2 or not all(side % 2 for side in shape):
            raise UsageError(
                f"a kernel of shape {shape}",
                "two odd sides, so that there is a middle",
                "pad it with a row or column of zeros",
            )

    @property
    def facts(self) -> Facts:
        """Bounded where no weight is negative and all together make at most 1."""
        mean = self.weights.min() >= 0 and self.weights.sum() <= 1 + 1e-5
        return Facts(
            linear=True,
            stochastic=False,
            bounded=bool(mean),
            idempotent=False,
            assumption="the blur is the same everywhere in the picture",
        )

    def kernel(self) -> Array:
        """The weights as they were given."""
        return np.asarray(self.weights, np.float32)
