"""Pictures as the components of a JPEG hold them, in floats: colour, sampling, cosines."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.dct import basis

Floats = NDArray[np.float32]
#: rows Y, Cb, Cr; columns R, G, B, around 0 for the colour differences (JFIF)
_YCC = (
    (0.299, 0.587, 0.114),
    (-0.168736, -0.331264, 0.5),
    (0.5, -0.418688, -0.081312),
)
_RGB = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def component_planes(band: NDArray[Any], colour: str) -> list[Floats]:
    """(h, W, 1 or 3) of 0…255 -> the planes of ``grey``, ``YCbCr`` or ``RGB``, each around 0.

    A grey picture has three equal channels; a coloured one beside a grey file gives its luma
    first and the two colour differences, of which the file knows nothing, after it.
    """
    channels = [band[..., at % band.shape[2]].astype(np.float32) for at in range(3)]
    if colour == "grey" and band.shape[2] == 1:
        return [channels[0] - np.float32(128)]
    matrix = _RGB if colour == "RGB" else _YCC
    planes = [_mixed(channels, row) for row in matrix]
    for at in range(3 if colour == "RGB" else 1):
        planes[at] -= np.float32(128)
    return planes


def _mixed(channels: list[Floats], weights: tuple[float, float, float]) -> Floats:
    total = channels[0] * np.float32(weights[0])
    for channel, weight in zip(channels[1:], weights[1:], strict=True):
        if weight:
            total += channel * np.float32(weight)
    return total


def averaged(plane: Floats, down: int, across: int) -> Floats:
    """One sample for ``down`` × ``across``, which divide the plane."""
    if (down, across) == (1, 1):
        return plane
    h, w = plane.shape
    rows = plane.reshape(h // down, down, w).sum(axis=1)
    total = rows[:, 0::across].copy()
    for at in range(1, across):
        total += rows[:, at::across]
    return np.asarray(total / np.float32(down * across))


def cosines(plane: Floats) -> Floats:
    """(8 R, 8 C) -> (R, C, 64): the orthonormal 8×8 DCT, row-major frequencies."""
    h, w = plane.shape
    blocks = plane.reshape(h // 8, 8, w // 8, 8).swapaxes(1, 2).reshape(-1, 64)
    return np.asarray((blocks @ _both()).reshape(h // 8, w // 8, 64))


@cache
def _both() -> Floats:
    """The transform of rows and columns at once, (64 samples, 64 frequencies)."""
    matrix = basis("<f8")
    return np.ascontiguousarray(np.kron(matrix, matrix).T.astype(np.float32))


def block_sums(values: Floats, down: int, across: int) -> Floats:
    """(H, W) -> sums over squares of 8·down × 8·across, which divide it."""
    h, w = values.shape
    tall, wide = 8 * down, 8 * across
    rows = values.reshape(h // tall, tall, w).sum(axis=1)
    return np.asarray(rows.reshape(h // tall, w // wide, wide).sum(axis=2))
