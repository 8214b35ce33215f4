"""Where to look first: where most of what one sees is not the file's."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from rigatino.evidence.record import Alarm, Box, Maps, Place
from rigatino.evidence.telling import percent

Floats = NDArray[np.float32]
MOST = 3
#: side of a place, in pixels of BEFORE: a share of the shorter side, and its limits
_SHARE, _LEAST, _LARGEST = 6, 24, 128
#: detail that is plainly seen, in grey levels
_SEEN = 12.0
#: what contradicts is worth so many times what is filled in, and letters and faces once more
_AGAINST, _ALARMED = 3.0, 2.0
#: of the whole window, so much must be invented
_WORTH = 0.02
#: less of a contradiction is not spoken of
_TOLD = 0.005


def places(maps: Maps, size: tuple[int, int], alarms: Iterable[Alarm] = ()) -> tuple[Place, ...]:
    """At most three squares of BEFORE (``size``: height, width), apart from one another."""
    across = max(1, _side(size) // maps.block)
    worth = uniform_filter(_worth(maps, alarms), across, mode="constant")
    worth = np.where(_whole(maps.covered, across), worth, 0)
    found: list[Place] = []
    while len(found) < MOST and worth.max() > _WORTH:
        row, column = (int(at) for at in np.unravel_index(int(worth.argmax()), worth.shape))
        found.append(_place(_box(row, column, across, maps.block, size), maps))
        # The next is to show something else: not this place, and rather not beside it.
        for reach, kept in ((3 * across, 0.5), (across, 0.0)):
            near = tuple(slice(max(0, at - reach), at + reach + 1) for at in (row, column))
            worth[near] *= kept
    return tuple(found)


def _side(size: tuple[int, int]) -> int:
    return int(np.clip(min(size) // _SHARE, min(_LEAST, *size), _LARGEST))


def _worth(maps: Maps, alarms: Iterable[Alarm]) -> Floats:
    """How much there is to see in each block that the file does not fix."""
    seen = np.minimum(maps.detail / np.float32(_SEEN), 1)
    worth = (maps.filled + np.float32(_AGAINST) * maps.contradicted) * seen * maps.covered
    for alarm in alarms:
        worth[blocks_of(alarm.box, maps.block)] *= _ALARMED
    return np.asarray(worth, np.float32)


def _whole(covered: NDArray[np.bool_], across: int) -> NDArray[np.bool_]:
    """Where a square lies in what both pictures show, mostly."""
    return np.asarray(uniform_filter(covered.astype(np.float32), across) > 0.7)


def _box(row: int, column: int, across: int, block: int, size: tuple[int, int]) -> Box:
    """The square about a block, moved into the picture."""
    side = min(across * block, *size)
    top, left = (
        min(max(0, (at - across // 2) * block), length - side)
        for at, length in zip((row, column), size, strict=True)
    )
    return top, left, side, side


def _place(box: Box, maps: Maps) -> Place:
    filled, against = shares_in(box, maps)
    why = f"Of what one sees here, {percent(filled)} is the model's guess"
    why += f", and {percent(against)} contradicts the file." if against >= _TOLD else "."
    return Place(box, why, filled, against)


def shares_in(box: Box, maps: Maps) -> tuple[float, float]:
    """What of the detail in a box is filled in, and what contradicts; 0 without detail."""
    part = blocks_of(box, maps.block)
    energy = np.square(maps.detail[part]) * maps.covered[part]
    total = float(energy.sum())
    if total == 0:
        return 0.0, 0.0
    filled, against = ((m[part] * energy).sum() / total for m in (maps.filled, maps.contradicted))
    return round(float(filled), 4), round(float(against), 4)


def blocks_of(box: Box, block: int) -> tuple[slice, slice]:
    """The blocks that a box of pixels touches."""
    down, across = (
        slice(start // block, -(-(start + length) // block))
        for start, length in zip(box[:2], box[2:], strict=True)
    )
    return down, across
