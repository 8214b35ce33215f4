"""Maps of where: a picture's pixels gathered into cells."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.record import Map

#: pixels along the side of a cell of a map
CELL = 16


def cell_means(values: NDArray[Any], cell: int = CELL) -> Map:
    """(H, W) -> (⌊H / cell⌋, ⌊W / cell⌋), the mean of each cell, cut to 0 … 1."""
    rows, columns = (max(1, n // cell) for n in values.shape)
    cut = values[: rows * cell, : columns * cell].astype(np.float32)
    height, width = cut.shape[0] // rows, cut.shape[1] // columns
    means = cut.reshape(rows, height, columns, width).mean((1, 3))
    return np.asarray(means.clip(0, 1), np.float32)


def thinned(length: int, most: int) -> slice:
    """Every so-manieth index, so that at most ``most`` remain."""
    return slice(None, None, max(1, -(-length // most)))
