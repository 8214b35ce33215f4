"""The order in which a JPEG stores the 64 coefficients of a block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def _diagonals() -> list[int]:
    """Walk the anti-diagonals, turning at every border."""
    cells = [(row, column) for row in range(8) for column in range(8)]
    cells.sort(key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]))
    return [8 * row + column for row, column in cells]


#: zigzag position -> row-major position
NATURAL: NDArray[np.intp] = np.array(_diagonals(), np.intp)
#: row-major position -> zigzag position
ZIGZAG: NDArray[np.intp] = np.argsort(NATURAL)
