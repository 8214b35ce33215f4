"""Uniform motion along a straight line while the shutter is open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, at_least
from rigatino.degradation.borders import Border
from rigatino.degradation.convolution import Convolution
from rigatino.degradation.operator import Facts
from rigatino.degradation.paths import exposed


@dataclass(frozen=True)
class MotionBlur(Convolution):
    """Everything moved by ``length`` pixels in one direction, at constant speed."""

    #: pixels between the first and the last position; 0: no blur
    length: float
    #: degrees, counter-clockwise from "to the right"
    angle: float = 0.0
    border: Border = "mirror"

    facts = Facts(
        linear=True,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="the whole picture moved alike, at constant speed, without noise or saving",
    )

    def __post_init__(self) -> None:
        at_least("length", self.length, 0)

    def kernel(self) -> Array:
        """A line through the middle, sixteen positions per pixel."""
        turn = np.deg2rad(self.angle)
        along = np.linspace(-0.5, 0.5, 2 * max(1, int(np.ceil(8 * self.length))) + 1)
        return exposed(self.length * np.outer(along, (-np.sin(turn), np.cos(turn))))
