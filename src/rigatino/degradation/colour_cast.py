"""A tint over the whole picture: wrong white balance, yellowed paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, at_least
from rigatino.degradation.operator import Facts, Linear
from rigatino.errors import UsageError


@dataclass(frozen=True)
class ColourCast(Linear):
    """y = gain · x, one gain per channel."""

    gains: tuple[float, ...]

    def __post_init__(self) -> None:
        for gain in self.gains:
            at_least("gain", gain, 0)

    @property
    def facts(self) -> Facts:
        """Bounded where no channel is raised."""
        return Facts(
            linear=True,
            stochastic=False,
            bounded=max(self.gains) <= 1,
            idempotent=set(self.gains) <= {0, 1},
            assumption="one light over the whole picture, acting on stored values",
        )

    def _fitting(self, x: Array) -> Array:
        if len(self.gains) != x.shape[2]:
            raise UsageError(
                f"{len(self.gains)} gains for {x.shape[2]} channels", "one per channel", "add some"
            )
        return np.array(self.gains, np.float32)

    def _apply(self, x: Array) -> Array:
        return x * self._fitting(x)

    def _adjoint(self, y: Array, size: Size) -> Array:  # noqa: ARG002
        return y * self._fitting(y)

    def _pseudo_inverse(self, y: Array, size: Size, ridge: float) -> Array:  # noqa: ARG002
        gains = self._fitting(y)
        return y * gains / (gains**2 + np.float32(ridge))
