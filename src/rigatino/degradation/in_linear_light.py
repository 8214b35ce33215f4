"""Optics and careful scaling mix light, not stored values: any operator, done on light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, picture
from rigatino.degradation.light import to_light, to_stored
from rigatino.degradation.operator import Facts, Operator


@dataclass(frozen=True)
class InLinearLight(Operator):
    """y = stored(A light(x)): linear in light only."""

    inner: Operator

    @property
    def facts(self) -> Facts:
        """Those of the inner operator, except that it is no longer linear."""
        inner = self.inner.facts
        return Facts(
            linear=False,
            stochastic=inner.stochastic,
            bounded=inner.bounded,
            idempotent=inner.idempotent,
            assumption=f"stored values follow the sRGB curve; in light: {inner.assumption}",
        )

    def apply(self, x: Array, rng: np.random.Generator | None = None) -> Array:
        """Damage a picture: (H, W, C) in 0…1 -> a new array."""
        return to_stored(self.inner.apply(to_light(picture(x)), rng))

    def out_size(self, size: Size) -> Size:
        """That of the inner operator."""
        return self.inner.out_size(size)
