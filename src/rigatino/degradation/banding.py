"""Too few tones: smooth skies break into steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least
from rigatino.degradation.operator import Facts, Fixed


@dataclass(frozen=True)
class Banding(Fixed):
    """y = ⌊x (levels − 1) + ½⌋ / (levels − 1), cut at 0 and 1; 256 levels: stored with 8 bits."""

    levels: int = 256

    facts = Facts(
        linear=False,
        stochastic=False,
        bounded=True,
        idempotent=True,
        assumption="rounded to evenly spaced tones, without dithering",
    )

    def __post_init__(self) -> None:
        at_least("levels", self.levels, 2)

    def _apply(self, x: Array) -> Array:
        steps = np.float32(self.levels - 1)
        return np.asarray(np.floor(np.clip(x, 0, 1) * steps + np.float32(0.5)) / steps)
