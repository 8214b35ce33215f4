"""Clean pictures drawn here, for whoever has none at hand: leaves upon leaves.

Discs of every size that hide each other have the edges, plains and statistics of photographs in
rough; some carry a fine pattern, some a slope of light.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SIDE, _LEAVES = 256, 700
COUNT = 3


def drawing(seed: int) -> NDArray[np.uint8]:
    """(256, 256, 3)."""
    rng = np.random.default_rng(seed)
    fine = 2 * _SIDE  # drawn twice as large, so that edges are smooth
    picture = np.full((fine, fine, 3), 128.0, np.float32)
    down, across = np.mgrid[:fine, :fine].astype(np.float32)
    for radius in sorted(_radii(rng), reverse=True):
        y, x = rng.uniform(0, fine, 2)
        box = tuple(
            slice(max(0, int(at - radius) - 1), min(fine, int(at + radius) + 2)) for at in (y, x)
        )
        inside = (down[box] - y) ** 2 + (across[box] - x) ** 2 < radius**2
        shade = _shade(rng, down[box] - y, across[box] - x, radius)
        picture[box][inside] = shade[inside]
    small = picture.reshape(_SIDE, 2, _SIDE, 2, 3).mean(axis=(1, 3))
    return np.asarray(np.clip(np.rint(small), 0, 255), np.uint8)


def _radii(rng: np.random.Generator) -> list[float]:
    """Density falling with the cube of the radius: alike at every scale."""
    least, most = 6.0, 160.0
    chance = rng.uniform(size=_LEAVES)
    return list((least**-2 + chance * (most**-2 - least**-2)) ** -0.5)


def _shade(
    rng: np.random.Generator, down: NDArray[np.float32], across: NDArray[np.float32], radius: float
) -> NDArray[np.float32]:
    """A colour, a slope of light, and now and then a pattern."""
    colour = 30 + 195 * rng.beta(1.2, 1.2) + rng.normal(0, 25, 3)
    turn = rng.uniform(0, 2 * np.pi, 2)
    along = (np.cos(turn[0]) * down + np.sin(turn[0]) * across) / radius
    light = rng.normal(0, 15) * along
    if rng.uniform() < 0.4:
        wave = np.cos(turn[1]) * down + np.sin(turn[1]) * across
        light = light + rng.uniform(5, 20) * np.sin(2 * np.pi * wave / rng.uniform(5, 16))
    return np.asarray(colour + light[..., None], np.float32)
