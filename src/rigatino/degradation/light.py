"""Stored values and light: the transfer curve of sRGB (IEC 61966-2-1), and back.

Below 0 the straight part goes on, above 1 the power does, so that both functions undo one another
for values that overshoot.
"""

from __future__ import annotations

import numpy as np

from rigatino.degradation.arrays import Array


def to_light(stored: Array) -> Array:
    """Stored value -> amount of light, 0…1 -> 0…1."""
    power = ((np.maximum(stored, 0.04045) + 0.055) / 1.055) ** 2.4
    return np.where(stored <= 0.04045, stored / 12.92, power).astype(np.float32)


def to_stored(light: Array) -> Array:
    """Amount of light -> stored value, 0…1 -> 0…1."""
    power = 1.055 * np.maximum(light, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, power).astype(np.float32)
