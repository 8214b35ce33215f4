"""Planes and their 8×8 blocks of cosines, in floats: quantising, and two projections.

A plane holds numbers around 128; its blocks are (down, across, 8, 8) coefficients of the
orthonormal DCT-II of the plane minus 128. Planes that are not whole blocks are filled up with
their last row and column.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rigatino.degradation.arrays import Array

Coefficients = NDArray[np.float32]
Stored = NDArray[np.int32]


def rounded(x: NDArray[Any]) -> NDArray[Any]:
    """Nearest integer, halves away from zero (the tiny excess forgives float ties)."""
    return np.asarray(np.sign(x) * np.floor(np.abs(x) + 0.50001))


def filled(plane: NDArray[Any], down: int, across: int) -> NDArray[Any]:
    """Repeat the last row and column until both sides are multiples."""
    h, w = plane.shape
    return np.pad(plane, ((0, -h % down), (0, -w % across)), mode="edge")


def analysed(plane: NDArray[Any]) -> Coefficients:
    """(H, W) -> (⌈H/8⌉, ⌈W/8⌉, 8, 8)."""
    whole = filled(plane, 8, 8).astype(np.float32) - 128
    h, w = whole.shape
    blocks = whole.reshape(h // 8, 8, w // 8, 8).swapaxes(1, 2)
    return np.asarray(fft.dctn(blocks, axes=(2, 3), norm="ortho"), np.float32)


def synthesised(coefficients: Coefficients) -> Array:
    """The inverse of `analysed`, for whole blocks."""
    blocks = fft.idctn(coefficients, axes=(2, 3), norm="ortho").swapaxes(1, 2)
    down, _, across, _ = blocks.shape
    return np.asarray(blocks.reshape(8 * down, 8 * across) + 128, np.float32)


def quantised(plane: NDArray[Any], table: Array) -> Stored:
    """The integers that stand for a plane, reckoned without the codec's own rounding."""
    return rounded(analysed(plane) / table).astype(np.int32)


def requantised(plane: Array, table: Array) -> Array:
    """The nearest plane whose coefficients are all multiples of their step: a projection."""
    h, w = plane.shape
    return synthesised(quantised(plane, table) * table)[:h, :w]


def confined(plane: Array, stored: Stored, table: Array, margin: float = 0.0) -> Array:
    """The nearest plane that would have been stored as these integers: a projection.

    Every coefficient is moved into step · (integer ± ½), widened on both sides by ``margin``
    (negative: narrowed). For planes of whole blocks.
    """
    half = np.maximum(table / 2 + margin, 0)
    return synthesised(
        np.clip(analysed(plane), stored * table - half, stored * table + half).astype(np.float32)
    )
