"""Fewer samples for colour: averaging them when saving, spreading them when opening.

All arrays hold integers. The rounding is libjpeg's, which alternates it from column to column
where halves would all go one way.
"""

from __future__ import annotations

import numpy as np

from rigatino.degradation.jpeg.colour import Ints


def averaged(plane: Ints, across: int, down: int) -> Ints:
    """One sample for ``across`` × ``down``; both must divide the plane."""
    h, w = plane.shape
    total = plane.reshape(h // down, down, w // across, across).sum((1, 3), dtype=np.int32)
    return np.asarray((total + _bias(across, down, total.shape[1])) // (across * down))


def _bias(across: int, down: int, width: int) -> Ints | int:
    if (across, down) in ((2, 1), (2, 2)):
        return (np.arange(width, dtype=np.int32) & 1) + down - 1
    return across * down // 2


def spread(plane: Ints, across: int, down: int, fancy: bool) -> Ints:
    """One sample per pixel again: (h, w) -> (h · down, w · across).

    ``fancy`` is libjpeg's triangle filter, which it has for halves only, and not for planes of
    one or two columns; everything else repeats samples.
    """
    if fancy and across == 2 and down in (1, 2) and plane.shape[1] > 2:
        return _spread_across(plane, tall=down == 2)
    if fancy and (across, down) == (1, 2):
        return _interleaved(plane, 0, (1, 2), 4)
    return plane.repeat(down, 0).repeat(across, 1)


def _spread_across(plane: Ints, tall: bool) -> Ints:
    if not tall:
        return _interleaved(plane, 1, (1, 2), 4)
    return _interleaved(_interleaved(plane, 0, (0, 0), 1), 1, (8, 7), 16)


def _interleaved(plane: Ints, axis: int, bias: tuple[int, int], divisor: int) -> Ints:
    """3 × own + 1 × neighbour, for the half sample before and the half sample after."""
    last = plane.shape[axis] - 1
    index = np.arange(last + 1)
    before = 3 * plane + plane.take(np.maximum(index - 1, 0), axis)
    after = 3 * plane + plane.take(np.minimum(index + 1, last), axis)
    pair = np.stack(((before + bias[0]) // divisor, (after + bias[1]) // divisor), axis + 1)
    shape = list(plane.shape)
    shape[axis] *= 2
    return pair.reshape(shape)
