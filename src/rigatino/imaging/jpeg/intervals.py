"""What a stored coefficient says about the true one.

The encoder rounded ``c / step`` to the integer q. So c lay between ``(q − ½)·step`` and
``(q + ½)·step``, give or take what the encoder's own arithmetic (colour conversion to whole
numbers, integer transform) moved it before: ``ROUNDING`` units of the orthonormal 8×8 DCT.
Bits that the file did not send widen the interval; a coefficient of which nothing was
received may be anything that samples in range can have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.dct import from_blocks, idct8
from rigatino.imaging.jpeg.coefficients import ComponentCoefficients

Floats = NDArray[np.float32]
#: units of the orthonormal DCT by which a codec's own arithmetic moves a coefficient
ROUNDING = 2.0
#: … and the average of a block, where the rounding of colours adds up
ROUNDING_DC = 4.0
_NOTHING = 255


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Bounds of the true coefficients, each (rows, columns, 8, 8)."""

    lower: Floats
    upper: Floats


def intervals(
    part: ComponentCoefficients, rows: slice = slice(None), precision: int = 8
) -> Intervals:
    """Bounds for the block rows ``rows`` of a component, in dequantised units."""
    stored, unread = part.blocks[rows].astype(np.float32), part.unread[rows]
    step = part.table.astype(np.float32)
    low, high = stored - np.float32(0.5), stored + np.float32(0.5)
    if unread.any():
        low, high = _widened(stored, low, high, unread)
    slack = np.full((8, 8), ROUNDING, np.float32)
    slack[0, 0] = ROUNDING_DC
    lower, upper = low * step - slack, high * step + slack
    nothing = unread == _NOTHING
    if nothing.any():
        # By Parseval no coefficient exceeds 8 times the largest sample in size.
        lower[nothing], upper[nothing] = -8.0 * 2 ** (precision - 1), 8.0 * 2 ** (precision - 1)
    return Intervals(lower, upper)


def _widened(
    stored: Floats, low: Floats, high: Floats, unread: NDArray[np.uint8]
) -> tuple[Floats, Floats]:
    """Unread low bits lengthen a coefficient; of a zero not even the sign is known.

    The average was cut by a shift, which rounds down whatever its sign.
    """
    more = np.exp2(np.minimum(unread, 15).astype(np.float32)) - 1
    up, down = more * (stored >= 0), more * (stored <= 0)
    up[..., 0, 0], down[..., 0, 0] = more[..., 0, 0], 0
    return low - down, high + up


def dequantised(part: ComponentCoefficients, rows: slice = slice(None)) -> Floats:
    """The coefficients a plain decoder uses: stored integer × step."""
    return part.blocks[rows].astype(np.float32) * part.table.astype(np.float32)


def decoded_plane(
    part: ComponentCoefficients, rows: slice = slice(None), precision: int = 8
) -> Floats:
    """The component's samples in float, neither rounded nor clipped; ``rows`` of blocks."""
    blocks = idct8(dequantised(part, rows)) + np.float32(2 ** (precision - 1))
    first = rows.indices(len(part.blocks))[0] * 8
    height = min(part.height - first, 8 * len(blocks))
    return from_blocks(blocks, height, part.width).astype(np.float32, copy=False)
