"""By how much intervals are widened: for a lossy AFTER, and for a place that is not quite sure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from rigatino.evidence.case import NEGLIGIBLE, Case
from rigatino.imaging import JpegHeader

Floats = NDArray[np.float32]
Slack = Callable[[int, Floats], Floats | float]
_DOWN, _ACROSS = (n.reshape(64).astype(np.float32) for n in np.mgrid[:8, :8])
#: how much a coefficient changes per pixel of shift, per unit of its size: its angular frequency
_TURN = np.pi / 8 * np.hypot(_DOWN, _ACROSS)
#: units of the orthonormal DCT for a lossy format whose steps are not read
_UNREAD = 6.0
#: formats that may be lossy in ways that are not read here
LOSSY = ("WEBP", "AVIF", "HEIF")


def slack_of(case: Case) -> Slack:
    """For one comparison."""
    steps = _own_steps(case)
    doubt = 0.0 if case.laid.exact else max(case.registered.uncertainty, NEGLIGIBLE / 4)

    def slack(index: int, found: Floats) -> Floats | float:
        own = steps[min(index, len(steps) - 1)]
        return own if not doubt else own + doubt * _TURN * _amplitude(found)

    return slack


def _amplitude(found: Floats) -> Floats:
    """(R, C, 64): how large coefficients are around each frequency, block by block."""
    grid = np.abs(found).reshape(*found.shape[:2], 8, 8)
    return np.asarray(maximum_filter(grid, (1, 1, 3, 3)).reshape(found.shape))


def _own_steps(case: Case) -> list[Floats | float]:
    """Half steps of AFTER's own saving, per component of BEFORE."""
    if case.after.format in LOSSY:
        return [_UNREAD]
    header = case.after.jpeg
    if header is None or not header.tables:
        return [0.0]
    aligned = _same_grid(case, header)
    return [_half(header, index, aligned) for index in range(len(header.components))]


def _half(header: JpegHeader, index: int, aligned: bool) -> Floats:
    table: Floats = header.tables[header.components[index].table].astype(np.float32)
    if not aligned:
        table = maximum_filter(table, 3)
    return np.asarray(table.reshape(64) / 2, np.float32)


def _same_grid(case: Case, header: JpegHeader) -> bool:
    """Whether each block of AFTER is a block of BEFORE."""
    before = case.before.jpeg
    return (
        before is not None
        and case.laid.exact
        and header.sampling == before.sampling
        and case.before.orientation == case.after.orientation
    )
