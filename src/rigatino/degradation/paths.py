"""Kernels from the path that a point of light takes over the sensor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.arrays import Array

Path = NDArray[np.float64]


def exposed(path: Path) -> Array:
    """A path of (N, 2) positions, rows down and columns right, spent evenly -> a kernel of sum 1.

    Each position is shared among its four nearest pixels (bilinear weights).
    """
    r, s = (int(np.ceil(np.abs(path[:, axis]).max() - 1e-9)) for axis in (0, 1))
    kernel = np.zeros((2 * r + 2, 2 * s + 2))
    place = path + np.array((r, s))
    corner = np.floor(place).astype(np.int64)
    y, x = (place - corner).T
    for down, across, share in (
        (0, 0, (1 - y) * (1 - x)), (0, 1, (1 - y) * x), (1, 0, y * (1 - x)), (1, 1, y * x),
    ):  # fmt: skip
        np.add.at(kernel, (corner[:, 0] + down, corner[:, 1] + across), share)
    return np.asarray(kernel[:-1, :-1] / len(path), np.float32)
