"""Linear damages in a row are one linear damage: blur, then shrink."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from rigatino.degradation.arrays import Array, Size
from rigatino.degradation.inversion import by_steps
from rigatino.degradation.operator import Facts, Linear


@dataclass(frozen=True)
class LinearChain(Linear):
    """A = Aₙ … A₂ A₁, the first step first; A* = A₁* A₂* … Aₙ*."""

    steps: tuple[Linear, ...]

    @property
    def facts(self) -> Facts:
        """Bounded where every step is."""
        return Facts(
            linear=True,
            stochastic=False,
            bounded=all(step.facts.bounded for step in self.steps),
            idempotent=False,
            assumption="in this order: " + "; ".join(step.facts.assumption for step in self.steps),
        )

    def out_size(self, size: Size) -> Size:
        """What the last step leaves."""
        for step in self.steps:
            size = step.out_size(size)
        return size

    def _apply(self, x: Array) -> Array:
        for step in self.steps:
            x = step.apply(x)
        return x

    def _adjoint(self, y: Array, size: Size) -> Array:
        sizes = accumulate(self.steps, lambda before, step: step.out_size(before), initial=size)
        for step, before in reversed(list(zip(self.steps, sizes, strict=False))):
            y = step.adjoint(y, before)
        return y

    def _pseudo_inverse(self, y: Array, size: Size, ridge: float) -> Array:
        return by_steps(y, size, self.apply, lambda v: self.adjoint(v, size), ridge)
