"""Looking at part of a picture's pixels, and saying where something lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: cells along the longer side of a map
_CELLS = 64


def thinned(length: int, most: int) -> slice:
    """Every so-manieth index, so that at most ``most`` remain."""
    return slice(None, None, max(1, -(-length // most)))


def cell_means(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Share of each cell of (h, w) that is marked; cells as square as the numbers allow."""
    height, width = mask.shape
    across = max(height, width) / _CELLS
    rows, columns = (max(1, round(n / across)) for n in (height, width))
    down = np.linspace(0, height, rows + 1).astype(int)[:-1]
    along = np.linspace(0, width, columns + 1).astype(int)[:-1]
    sums = np.add.reduceat(np.add.reduceat(mask.astype(np.float32), down, 0), along, 1)
    sizes = np.outer(np.diff(down, append=height), np.diff(along, append=width))
    return np.asarray(sums / sizes, np.float32)
