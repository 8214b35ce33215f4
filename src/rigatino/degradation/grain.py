"""Film grain: coarser than a pixel, shared by the colours, stronger in the light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from rigatino.degradation.arrays import Array, at_least
from rigatino.degradation.noise_field import kept_in, white
from rigatino.degradation.operator import Drawn, Facts

_SOFT = np.outer((1, 2, 1), (1, 2, 1)).astype(np.float32)[..., None] / 16
#: the standard deviation that `_SOFT` leaves of unit noise
_LEFT = float(np.sqrt((_SOFT**2).sum()))


@dataclass(frozen=True)
class Grain(Drawn):
    """y = x + peak · √(floor² + (1 − floor²) · brightness) · n, n of about unit strength."""

    #: standard deviation at white, of values in 0…1
    peak: float
    #: share of the variance that all channels have in common
    shared: float = 0.4
    #: 0: every pixel for itself … 1: blurred by (1 2 1) in both directions
    spread: float = 0.15
    #: strength at black as a share of that at white
    floor: float = 0.25
    clip: bool = True

    def __post_init__(self) -> None:
        for name in ("peak", "shared", "spread", "floor"):
            at_least(name, getattr(self, name), 0)
        for name in ("shared", "spread", "floor"):
            at_least(f"1 - {name}", 1 - getattr(self, name), 0)

    @property
    def facts(self) -> Facts:
        """Bounded when clipped."""
        return Facts(
            linear=False,
            stochastic=True,
            bounded=self.clip,
            idempotent=False,
            assumption="grain of the same size everywhere, its strength set by brightness alone",
        )

    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        own = white(x, rng)
        common = rng.standard_normal((*x.shape[:2], 1), np.float32)
        noise = np.sqrt(self.shared) * common + np.sqrt(1 - self.shared) * own
        soft = ndimage.convolve(noise, _SOFT, mode="mirror")
        noise = noise + self.spread * (soft / _LEFT - noise)
        brightness = np.maximum(x.mean(axis=2, keepdims=True), 0)
        strength = np.sqrt(self.floor**2 + (1 - self.floor**2) * brightness)
        return kept_in(x + self.peak * strength * noise, self.clip)
