"""A picture laid on another one's grid, handed out in bands of rows.

Where the two grids are one, the samples are those of the file, untouched; else they are weighed
by two matrices, one per axis, and a change of colour is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rigatino.imaging import Pixels, linear_to_srgb, srgb_to_linear, to_float

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Laid:
    """AFTER on BEFORE's grid (or BEFORE on its own), values 0…255."""

    pixels: Pixels = field(repr=False)
    """(H, W, 1 or 3), 8 or 16 bits."""
    size: tuple[int, int]
    """Of the grid it is laid on."""
    down: sparse.csr_array | None = None
    """(rows of the grid, rows of ``pixels``); None: they are the same."""
    across: sparse.csr_array | None = None
    gain: tuple[float, ...] = ()
    """Per channel: what is shown is (value − offset) / gain."""
    offset: tuple[float, ...] = ()
    rows: NDArray[np.bool_] | None = None
    """Rows of the grid that are covered; None: all."""
    columns: NDArray[np.bool_] | None = None

    linear: bool = False
    """Whether light is mixed, and not stored values."""

    @property
    def exact(self) -> bool:
        """Whether the samples are those of the file, one on one."""
        return self.down is None and self.across is None and not self.gain

    @property
    def covered(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Rows and columns of the grid that are covered."""
        rows = np.ones(self.size[0], np.bool_) if self.rows is None else self.rows
        columns = np.ones(self.size[1], np.bool_) if self.columns is None else self.columns
        return rows, columns

    def band(self, rows: slice) -> NDArray[Any]:
        """(h, W, 1 or 3), 0…255; integers where nothing had to be computed."""
        part = self._mixed(rows)
        return self._recoloured(part) if self.gain else part

    def _mixed(self, rows: slice) -> NDArray[Any]:
        if self.down is None and self.across is None:
            stored = self.pixels[rows]
            deep = stored.dtype == np.uint16
            return stored.astype(np.float32) / np.float32(257) if deep else stored
        first, last = _reach(self.down, rows)
        part: Floats = to_float(self.pixels, slice(first, last))
        part = srgb_to_linear(part) if self.linear else part
        if self.down is not None:
            part = _weighed(self.down[rows, first:last], part)
        if self.across is not None:
            part = _weighed_across(self.across, part)
        part = linear_to_srgb(part) if self.linear else part
        return part * np.float32(255)

    def whole(self) -> NDArray[np.uint8]:
        """All of it as bytes, band by band."""
        first = self.band(slice(0, 1))
        out = np.empty((*self.size, first.shape[2]), np.uint8)
        for top in range(0, self.size[0], 256):
            part = self.band(slice(top, top + 256))
            rounded = part if part.dtype == np.uint8 else np.clip(np.rint(part), 0, 255)
            out[top : top + 256] = rounded
        return out

    def _recoloured(self, part: NDArray[Any]) -> Floats:
        channels = part.shape[2]
        gain = np.array([self.gain[at % len(self.gain)] for at in range(channels)], np.float32)
        offset = np.array(
            [self.offset[at % len(self.offset)] for at in range(channels)], np.float32
        )
        return (part - offset) / gain


def _reach(matrix: sparse.csr_array | None, rows: slice) -> tuple[int, int]:
    """The first and last row that is needed."""
    if matrix is None:
        return rows.start, rows.stop
    needed = matrix[rows].indices
    return int(needed.min()), int(needed.max()) + 1


def _weighed(matrix: sparse.csr_array, part: Floats) -> Floats:
    flat = part.reshape(part.shape[0], -1)
    mixed = np.asarray(matrix.astype(np.float32) @ flat, np.float32)
    return mixed.reshape(-1, *part.shape[1:])


def _weighed_across(matrix: sparse.csr_array, part: NDArray[Any]) -> Floats:
    h, w, channels = part.shape
    turned = np.ascontiguousarray(part.transpose(1, 0, 2)).reshape(w, -1).astype(np.float32)
    wide = np.asarray(matrix.astype(np.float32) @ turned, np.float32)
    return np.ascontiguousarray(wide.reshape(-1, h, channels).transpose(1, 0, 2))


def on_own_grid(pixels: Pixels) -> Laid:
    """A picture as it is, (H, W, 1 or 3)."""
    return Laid(pixels, (int(pixels.shape[0]), int(pixels.shape[1])))
