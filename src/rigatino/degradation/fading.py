"""Bleached by years of light: less colour, no black, dull white."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least, more_than
from rigatino.degradation.operator import Facts, Fixed


@dataclass(frozen=True)
class Fading(Fixed):
    """y = black + (white − black) · (x + (1 − colour) · (mean of the channels − x))."""

    #: 1: all colour kept, 0: grey
    colour: float = 0.6
    black: float = 0.15
    white: float = 0.9

    facts = Facts(
        linear=False,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="the whole picture faded alike, and all colours alike",
    )

    def __post_init__(self) -> None:
        at_least("colour", self.colour, 0)
        at_least("1 - colour", 1 - self.colour, 0)
        at_least("black", self.black, 0)
        more_than("white", self.white, self.black)
        at_least("1 - white", 1 - self.white, 0)

    def _apply(self, x: Array) -> Array:
        grey = x.mean(axis=2, keepdims=True)
        paler = x + np.float32(1 - self.colour) * (grey - x)
        return np.asarray(self.black + (self.white - self.black) * paler, np.float32)
