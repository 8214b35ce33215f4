"""Printed with dots: a screen of dots whose size carries the tone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.arrays import Array, Size, at_least, more_than
from rigatino.degradation.operator import Facts, Fixed

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Halftone(Fixed):
    """y = clip((x − t) / softness + ½), t the threshold of the dot screen at that pixel.

    The thresholds are spread evenly over 0…1, so that the mean tone is kept; only roughly where the
    pitch is a few whole pixels and the screen not turned, since few thresholds are met there.
    """

    #: pixels from dot to dot
    pitch: float = 6.0
    #: degrees per channel, used in turn; printers keep them 30 apart
    angles: tuple[float, ...] = (15.0, 45.0, 75.0)
    #: 0: paper and ink only; more: soft edges, as a scanner sees them
    softness: float = 0.2

    facts = Facts(
        linear=False,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="round dots on a regular screen; inks mix like the channels of the picture",
    )

    def __post_init__(self) -> None:
        more_than("pitch", self.pitch, 0)
        at_least("softness", self.softness, 0)
        at_least("number of angles", len(self.angles), 1)

    def _apply(self, x: Array) -> Array:
        channels = [
            self._printed(x[..., i], self.angles[i % len(self.angles)]) for i in range(x.shape[2])
        ]
        return np.stack(channels, axis=2)

    def _printed(self, channel: Array, angle: float) -> Array:
        above = channel - self._thresholds((channel.shape[0], channel.shape[1]), angle)
        soft = max(self.softness, 1e-6)
        return np.asarray(np.clip(above / soft + 0.5, 0, 1), np.float32)

    def _thresholds(self, size: Size, angle: float) -> Floats:
        y, x = np.mgrid[: size[0], : size[1]] * (2 * np.pi / self.pitch)
        cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
        height = np.cos(cos * x + sin * y) + np.cos(cos * y - sin * x)
        return np.asarray(np.interp(height, _heights(), np.linspace(0, 1, len(_heights()))))


@cache
def _heights() -> Floats:
    """All heights of the dot cos u + cos v, sorted: which share of the cell lies below each."""
    u = np.cos(np.linspace(0, np.pi, 257))
    return np.sort((u[:, None] + u).ravel())
