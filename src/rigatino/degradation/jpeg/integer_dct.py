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

#: rows handled at once, so that large pictures need little memory
_STRIP = 512


def encoded(plane: Ints, table: Array) -> Stored:
    """Samples 0…255 -> the integers that a file stores: (H, W) -> (⌈H/8⌉, ⌈W/8⌉, 8, 8)."""
    whole = filled(plane, 8, 8)
    strips = (whole[top : top + _STRIP] for top in range(0, len(whole), _STRIP))
    return np.concatenate([_encoded(strip, table) for strip in strips])


def decoded(stored: Stored, table: Array) -> Ints:
    """The integers of a file -> samples 0…255."""
    rows = _STRIP // 8
    strips = (stored[top : top + rows] for top in range(0, len(stored), rows))
    return np.concatenate([_decoded(strip, table) for strip in strips])


def _encoded(strip: Ints, table: Array) -> Stored:
    h, w = strip.shape
    blocks = (strip - 128).astype(np.float64).reshape(h // 8, 8, w // 8, 8).transpose(0, 2, 1, 3)
    along = _turned(blocks, _WHOLE.T, 11)
    both = _turned(along.swapaxes(2, 3), _WHOLE.T, 15).swapaxes(2, 3)  # 8 × the orthonormal DCT
    step = 8 * table.astype(np.float64)
    return np.asarray(np.sign(both) * np.floor((np.abs(both) + step / 2) / step), np.int32)


def _decoded(strip: Stored, table: Array) -> Ints:
    coefficients = strip.astype(np.float64) * table
    down = _turned(coefficients.swapaxes(2, 3), _WHOLE, 11).swapaxes(2, 3)
    blocks = _turned(down, _WHOLE, 18)
    rows, columns = blocks.shape[:2]
    plane = blocks.transpose(0, 2, 1, 3).reshape(8 * rows, 8 * columns) + 128
    return np.asarray(np.clip(plane, 0, 255), np.int32)


def _turned(blocks: Blocks, matrix: Blocks, bits: int) -> Blocks:
    """Along the last axis, divided by 2^bits, halves upwards: one large product for all blocks."""
    product = blocks.reshape(-1, 8) @ matrix
    product *= 1 / (1 << bits)
    product += 0.5
    return np.floor(product, out=product).reshape(blocks.shape)
