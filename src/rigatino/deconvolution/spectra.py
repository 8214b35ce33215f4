"""A picture on a periodic canvas, where a blur is a product of spectra.

A photograph does not go on periodically: beyond its border the canvas holds a soft passage from
each edge to the opposite one. Whoever needs the border exactly treats that margin as not observed
(see ``restoring``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rigatino.degradation.borders import inside

Array = NDArray[np.float32]
Spectrum = NDArray[Any]
Size = tuple[int, int]


def canvas_size(size: Size, margin: int) -> Size:
    """The next size at least this much larger of which transforms are quick."""
    return (
        fft.next_fast_len(size[0] + margin, real=True),
        fft.next_fast_len(size[1] + margin, real=True),
    )


def extended(picture: Array, shape: Size) -> Array:
    """(h, w, C) in the upper left corner of a canvas (H, W, C) that may be repeated."""
    return _lengthened(_lengthened(picture, shape[0], 0), shape[1], 1)


def _lengthened(picture: Array, length: int, axis: int) -> Array:
    """Behind the end: the mirrored end, fading into the mirrored start."""
    lines = np.moveaxis(picture, axis, 0)
    n, more = len(lines), length - len(lines)
    ahead = np.arange(more)
    end = lines[inside(n + ahead, n, "mirror")]
    start = lines[inside(ahead - more, n, "mirror")]
    share = (0.5 - 0.5 * np.cos(np.pi * (ahead + 0.5) / max(more, 1))).astype(np.float32)
    share = share.reshape(-1, *(1,) * (lines.ndim - 1))
    whole = np.concatenate([lines, end * (1 - share) + start * share])
    return np.ascontiguousarray(np.moveaxis(whole, 0, axis))


def transfer(kernel: Array, shape: Size) -> Spectrum:
    """(r, s) with its middle at the origin -> (H, W // 2 + 1)."""
    whole = np.zeros(shape, np.float32)
    r, s = kernel.shape
    whole[:r, :s] = kernel
    return np.asarray(fft.rfft2(np.roll(whole, (-(r // 2), -(s // 2)), (0, 1))))


def to_waves(picture: Array) -> Spectrum:
    """Over rows and columns."""
    return np.asarray(fft.rfft2(picture, axes=(0, 1)))


def to_picture(waves: Spectrum, shape: Size) -> Array:
    """Back again."""
    return np.asarray(fft.irfft2(waves, shape, axes=(0, 1)), np.float32)
