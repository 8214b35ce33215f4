"""Maps for the eye, and the places most worth looking at."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from rigatino.evidence.record import Box, Maps, Place
from rigatino.imaging import upright

Floats = NDArray[np.float32]
#: grey levels (root mean square) of detail at which a share shows half as strongly
_VISIBLE = 1.5
_BLOCK = 8
#: sides of a place in blocks, and how many
_SIDE, _COUNT = 8, 3
#: a contradiction is worth more of a look than a guess
_AGAINST = 4.0


def maps_of(energies: Floats, looked: NDArray[np.bool_], orientation: int) -> Maps:
    """``energies``: (3, R, C) per block as stored; the maps are upright."""
    total = energies.sum(axis=0)
    shown = total + _BLOCK**2 * _VISIBLE**2
    filled, against = (np.where(looked, energies[k] / shown, 0) for k in (1, 2))
    detail = np.sqrt(total) / _BLOCK
    upright_ = [_turned(part, orientation) for part in (filled, against, detail)]
    return Maps(upright_[0], upright_[1], upright_[2], _turned(looked, orientation) > 0)


def _turned(plane: NDArray[Any], orientation: int) -> Floats:
    """Blocks that are cut at the end lie at the beginning then: half a block at most is lost."""
    turned: NDArray[Any] = upright(plane[..., None], orientation)
    return turned[..., 0].astype(np.float32)


def places_of(
    energies: Floats, looked: NDArray[np.bool_], orientation: int, size: tuple[int, int]
) -> tuple[Place, ...]:
    """The three boxes with the most detail that is no longer the file's; they do not touch.

    ``size``: of the upright BEFORE.
    """
    parts = [_turned(np.where(looked, part, 0), orientation) for part in energies]
    side = min(_SIDE, *parts[0].shape)
    sums = [uniform_filter(part.astype(np.float64), side, mode="constant") for part in parts]
    worth = sums[1] + _AGAINST * sums[2]
    found: list[Place] = []
    for _ in range(_COUNT):
        row, column = (int(i) for i in np.unravel_index(int(worth.argmax()), worth.shape))
        if worth[row, column] < _VISIBLE**2 * _BLOCK**2 / 4:
            break
        top, left = (
            int(np.clip(at - side // 2, 0, n - side))
            for at, n in zip((row, column), worth.shape, strict=True)
        )
        found.append(_place(parts, top, left, side, size))
        worth[max(0, top - side // 2) : top + side + side // 2 + 1,
              max(0, left - side // 2) : left + side + side // 2 + 1] = 0  # fmt: skip
    return tuple(found)


def _place(parts: list[Floats], top: int, left: int, side: int, size: tuple[int, int]) -> Place:
    kept, guessed, against = (
        float(part[top : top + side, left : left + side].sum()) for part in parts
    )
    total = max(kept + guessed + against, 1e-9)
    box: Box = (
        top * _BLOCK, left * _BLOCK,
        min(side * _BLOCK, size[0] - top * _BLOCK), min(side * _BLOCK, size[1] - left * _BLOCK),
    )  # fmt: skip
    why = (
        "most of what contradicts the file lies here"
        if _AGAINST * against > guessed
        else "most of what was filled in lies here"
    )
    return Place(box, why, guessed / total, against / total)
