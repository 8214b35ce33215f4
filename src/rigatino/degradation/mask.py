"""Parts of the picture are gone, and it is known which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size
from rigatino.degradation.operator import Facts, Linear
from rigatino.errors import UsageError


@dataclass(frozen=True, eq=False)
class Mask(Linear):
    """y = kept · x; with a mask of zeros and ones its own adjoint, inverse and projection."""

    #: (H, W): 1 where the picture survives, 0 where it is lost, between where it is faded
    kept: Array

    def __post_init__(self) -> None:
        kept = np.asarray(self.kept)
        if kept.ndim != 2 or not kept.size or kept.min() < 0 or kept.max() > 1:
            raise UsageError(
                f"a mask of shape {kept.shape}",
                "(height, width) with values in 0…1",
                "give 1 where the picture survives and 0 where it is lost",
            )

    @property
    def facts(self) -> Facts:
        """A projection when nothing is half lost."""
        return Facts(
            linear=True,
            stochastic=False,
            bounded=True,
            idempotent=bool(np.isin(self.kept, (0, 1)).all()),
            assumption="it is known which pixels are lost; the others are untouched",
        )

    def _fitting(self, x: Array) -> Array:
        if self.kept.shape != x.shape[:2]:
            raise UsageError(
                f"a picture of {x.shape[:2]} pixels for a mask of {self.kept.shape}",
                "the same height and width",
                "make the mask anew for this picture",
            )
        return np.asarray(self.kept, np.float32)[..., None]

    def _apply(self, x: Array) -> Array:
        return x * self._fitting(x)

    def _adjoint(self, y: Array, size: Size) -> Array:  # noqa: ARG002
        return y * self._fitting(y)

    def _pseudo_inverse(self, y: Array, size: Size, ridge: float) -> Array:  # noqa: ARG002
        kept = self._fitting(y)
        return y * kept / (kept**2 + np.float32(ridge))
