"""Over- and underexposed: what is too bright or too dark becomes plain white or black."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, more_than
from rigatino.degradation.operator import Facts, Fixed


@dataclass(frozen=True)
class Clipping(Fixed):
    """y = min(max(x, low), high), with ``stretch`` then spread over 0…1 again."""

    low: float = 0.0
    high: float = 1.0
    stretch: bool = False

    def __post_init__(self) -> None:
        more_than("high", self.high, self.low)

    @property
    def facts(self) -> Facts:
        """A projection unless stretched."""
        return Facts(
            linear=False,
            stochastic=False,
            bounded=self.stretch or (self.low >= 0 and self.high <= 1),
            idempotent=not self.stretch,
            assumption="each channel was cut on its own; what lies inside is untouched",
        )

    def _apply(self, x: Array) -> Array:
        cut = np.clip(x, self.low, self.high)
        return (cut - self.low) / (self.high - self.low) if self.stretch else cut
