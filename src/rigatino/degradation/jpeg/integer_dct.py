"""The DCT as JPEG libraries compute it by default: in whole numbers, rounded after each direction.

Their fast scheme (Loeffler, Ligtenberg and Moschytz 1989) multiplies by constants with 13 bits and
rounds once per direction; so each direction is one product with a matrix of whole numbers,
`_WHOLE`, about 2¹³ √8 times the orthonormal DCT. Everything stays below 2⁵³: products of float64
are exact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.arrays import Array
from rigatino.degradation.jpeg.blocks import Stored, filled
from rigatino.degradation.jpeg.colour import Ints

Blocks = NDArray[np.float64]

# Rows are frequencies; the right half repeats the left one mirrored, negated in odd rows. Where an
# entry is one off the rounded cosine, that is the sum of the scheme's own rounded constants.
_LEFT = np.array(
    (
        (8192, 8192, 8192, 8192),
        (11363, 9633, 6437, 2260),
        (10703, 4433, -4433, -10703),
        (9633, -2259, -11362, -6436),
        (8192, -8192, -8192, 8192),
        (6437, -11362, 2261, 9633),
        (4433, -10704, 10704, -4433),
        (2260, -6436, 9633, -11363),
    ),
    np.float64,
)
_SIGN = np.where(np.arange(8) % 2, -1.0, 1.0)[:, None]
_WHOLE = np.hstack((_LEFT, _SIGN * _LEFT[:, ::-1]))


def encoded(plane: Ints, table: Array) -> Stored:
    """Samples 0…255 -> the integers that a file stores: (H, W) -> (⌈H/8⌉, ⌈W/8⌉, 8, 8)."""
    whole = filled(plane, 8, 8).astype(np.float64) - 128
    h, w = whole.shape
    blocks = whole.reshape(h // 8, 8, w // 8, 8).swapaxes(1, 2)
    along = _shifted(blocks @ _WHOLE.T, 11)
    both = _shifted(_WHOLE @ along, 15)  # 8 times the orthonormal DCT
    step = 8 * table.astype(np.float64)
    return np.asarray(np.sign(both) * np.floor((np.abs(both) + step / 2) / step), np.int32)


def decoded(stored: Stored, table: Array) -> Ints:
    """The integers of a file -> samples 0…255."""
    coefficients = stored * table.astype(np.float64)
    down = _shifted(_WHOLE.T @ coefficients, 11)
    blocks = _shifted(down @ _WHOLE, 18).swapaxes(1, 2)
    rows, _, columns, _ = blocks.shape
    plane = blocks.reshape(8 * rows, 8 * columns) + 128
    return np.asarray(np.clip(plane, 0, 255), np.int32)


def _shifted(x: Blocks, bits: int) -> Blocks:
    """Divide by 2^bits, halves upwards."""
    return np.asarray(np.floor(x / (1 << bits) + 0.5))
