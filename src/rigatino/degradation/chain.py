"""One damage after another, as happens to pictures that travel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, picture
from rigatino.degradation.operator import Facts, Operator


@dataclass(frozen=True)
class Chain(Operator):
    """The first step first. Saving twice is a chain of two `Jpeg`."""

    steps: tuple[Operator, ...]

    @property
    def facts(self) -> Facts:
        """What all steps have in common; for a chain of linear steps, see `LinearChain`."""
        steps = [step.facts for step in self.steps]
        return Facts(
            linear=False,
            stochastic=any(step.stochastic for step in steps),
            bounded=all(step.bounded for step in steps),
            idempotent=False,
            assumption="in this order: " + "; ".join(step.assumption for step in steps),
        )

    def apply(self, x: Array, rng: np.random.Generator | None = None) -> Array:
        """Damage a picture: (H, W, C) in 0…1 -> a new array."""
        x = picture(x)
        for step in self.steps:
            x = step.apply(x, rng)
        return x

    def out_size(self, size: Size) -> Size:
        """What the last step leaves."""
        for step in self.steps:
            size = step.out_size(size)
        return size
