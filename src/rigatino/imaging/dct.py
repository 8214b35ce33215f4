"""The orthonormal 8×8 discrete cosine transform, block by block.

``C = D · X · Dᵀ`` with ``D[u, x] = √(2/8) · cos((2x + 1)uπ/16)``, row 0 divided by √2: the
transform of JPEG. Orthonormal: it keeps squares (Σ C² = Σ X²), and its inverse is its
transpose, which is also its adjoint.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@cache
def basis(kind: str = "f4") -> Floats:
    """``D``, (8, 8): row = frequency, column = place."""
    frequency, place = np.ogrid[:8, :8]
    matrix = np.cos((2 * place + 1) * frequency * np.pi / 16) / 2
    matrix[0] /= np.sqrt(2)
    matrix = matrix.astype(kind)
    matrix.flags.writeable = False
    return matrix


def dct8(blocks: Floats) -> Floats:
    """Transform the last two axes, each of length 8; float32 stays float32."""
    matrix = basis(blocks.dtype.str)
    return matrix @ blocks @ matrix.T


def idct8(blocks: Floats) -> Floats:
    """The inverse of :func:`dct8`."""
    matrix = basis(blocks.dtype.str)
    return matrix.T @ blocks @ matrix


def to_blocks(plane: Floats) -> Floats:
    """(H, W) -> (⌈H/8⌉, ⌈W/8⌉, 8, 8); the last row and column are repeated to fill."""
    height, width = plane.shape
    padded = np.pad(plane, ((0, -height % 8), (0, -width % 8)), mode="edge")
    rows, columns = padded.shape[0] // 8, padded.shape[1] // 8
    return np.ascontiguousarray(padded.reshape(rows, 8, columns, 8).swapaxes(1, 2))


def from_blocks(blocks: Floats, height: int, width: int) -> Floats:
    """The inverse of :func:`to_blocks`, cropped to the size."""
    rows, columns = blocks.shape[:2]
    plane = blocks.swapaxes(1, 2).reshape(rows * 8, columns * 8)
    return plane[:height, :width]
