"""The frequencies looked at: those of a SIDE × SIDE window, off the axes and inside the circle.

The axes are left out because the borders of windows and upright buildings put power there that
says nothing about blur.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: pixels along the side of a window
SIDE = 128

_ROWS = np.fft.fftfreq(SIDE)[:, None] * np.ones(SIDE // 2 + 1)
_COLUMNS = np.fft.rfftfreq(SIDE)[None] * np.ones((SIDE, 1))
_RADIUS = np.hypot(_ROWS, _COLUMNS)

#: (SIDE, SIDE // 2 + 1): which frequencies are looked at
SEEN: NDArray[np.bool_] = (
    (np.abs(_ROWS) > 1.5 / SIDE) & (_COLUMNS > 1.5 / SIDE) & (_RADIUS > 2.5 / SIDE)
    & (_RADIUS <= 0.5)
)  # fmt: skip
#: their cycles per pixel: downwards, to the right, along the direction of the wave; (F,) each
DOWN: Floats = _ROWS[SEEN].astype(np.float32)
RIGHT: Floats = _COLUMNS[SEEN].astype(np.float32)
RADIUS: Floats = _RADIUS[SEEN].astype(np.float32)


def smeared(power: Floats) -> Floats:
    """(T, SIDE, SIDE // 2 + 1) -> (T, F): as a Hann window shows it, each axis by (1, 4, 1) / 6."""
    rows = (np.roll(power, 1, 1) + np.roll(power, -1, 1)) / 6 + power * np.float32(2 / 3)
    left = np.concatenate((rows[..., 1:2], rows[..., :-1]), 2)
    right = np.concatenate((rows[..., 1:], rows[..., -2:-1]), 2)
    return np.asarray(((left + right) / 6 + rows * np.float32(2 / 3))[:, SEEN], np.float32)


def grid() -> tuple[Floats, Floats]:
    """All frequencies of a window, downwards and to the right, (SIDE, SIDE // 2 + 1) each."""
    return _ROWS.astype(np.float32), _COLUMNS.astype(np.float32)
