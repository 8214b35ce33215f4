"""The nearest picture that would have been stored as the very integers of a file.

What a JPEG fixes of its picture falls apart into MCUs: squares that hold whole blocks of every
component. In each, two sets are visited in turn until both hold. One is convex in the coefficients:
each within half a step of its integer, less an inward margin, since the result is rounded to whole
samples and the next encoder rounds again. The other is the box 0…255 of samples.

Colour is averaged over d × a samples; the nearest plane with other averages is the old one plus the
difference of averages, repeated d × a times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.arrays import Array
from rigatino.degradation.jpeg.codec import Jpeg
from rigatino.errors import UsageError
from rigatino.imaging import (
    ComponentCoefficients,
    JpegCoefficients,
    dct8,
    idct8,
    rgb_to_ycbcr,
    ycbcr_to_rgb,
)

#: how far inside its interval a coefficient is kept, at most half a step
MARGIN = 1.5
#: how often the two sets are visited; only MCUs in which a sample left the box go on
ROUNDS = 12
#: bounds of blocks that the file does not hold
_FREE = 1e6
_LEVELS = np.float32(255)
Floats = NDArray[np.float32]
Places = NDArray[np.intp]


class Projection:
    """Onto what one file allows; pictures as floats in 0…1, in the file's own orientation."""

    def __init__(self, stored: JpegCoefficients, rounds: int = ROUNDS) -> None:
        """Refuse files whose integers are not all there, or in no usual colours."""
        _check(stored)
        self._stored, self._rounds = stored, rounds
        #: height and width of an MCU
        self.cell = _cell(stored)

    def into(self, picture: Array, top: int = 0) -> Array:
        """A band of MCU rows that begins at ``top`` (or all of it), (h, W, 1 or 3) -> the same.

        The result consists of whole samples: k / 255.
        """
        h, w, channels = picture.shape
        (tall, wide), down = self.cell, -(-h // self.cell[0])
        across = -(-w // wide)
        whole = np.pad(picture, ((0, -h % tall), (0, -w % wide), (0, 0)), mode="edge") * _LEVELS
        cells = whole.reshape(down, tall, across, wide, channels).swapaxes(1, 2)
        squares = _Squares(down, across, tall - -h % tall, wide - -w % wide)
        flat = cells.reshape(-1, tall, wide, channels).astype(np.float32)
        parts = self._parts(top // tall, squares)
        self._visit(flat, parts, squares)
        self._settle(flat, parts, squares)
        cells = flat.reshape(cells.shape).swapaxes(1, 2)
        return np.asarray(cells.reshape(whole.shape)[:h, :w] / _LEVELS, np.float32)

    def agreement(self, picture: Array, top: int = 0) -> tuple[int, int]:
        """Of a band's integers: how many a plain encoder would store again, and how many."""
        parts = self._stored.components
        tables = tuple(tuple(map(int, part.table.reshape(64))) for part in parts)
        factors = tuple((part.h, part.v) for part in parts)
        codec = Jpeg(tables, factors) if len(parts) == 3 else Jpeg(tables)
        same = total = 0
        for part, again in zip(parts, codec.stored(picture), strict=True):
            first = top // self.cell[0] * (part.v if len(parts) == 3 else 1)
            old = part.blocks[first : first + len(again)]
            same += int((old == again[: len(old), : old.shape[1]]).sum())
            total += old.size
        return same, total

    def _parts(self, first: int, squares: _Squares) -> list[_Part]:
        found = []
        for part in self._stored.components:
            v, h = (part.v, part.h) if len(self._stored.components) > 1 else (1, 1)
            shape = (squares.down * v, squares.across * h)
            lower, upper = _bounds(part, slice(first * v, (first + squares.down) * v), shape)
            blocked = (squares.down, v, squares.across, h, 8, 8)
            sides = (s.reshape(blocked).swapaxes(1, 2).reshape(-1, v, h, 8, 8)
                     for s in (lower, upper))  # fmt: skip
            lower, upper = sides
            down, across = self.cell[0] // (8 * v), self.cell[1] // (8 * h)
            found.append(_Part(down, across, lower, upper, _margin(part)))
        return found

    def _visit(self, cells: Array, parts: list[_Part], squares: _Squares) -> None:
        """Work on (MCUs, height, width, channels) in place."""
        going = np.arange(len(cells))
        for _ in range(self._rounds):
            moved = _confined(cells[going], parts, squares, going)
            boxed = np.clip(moved, 0, 255)
            cells[going] = boxed
            left = (boxed != moved).any(axis=(1, 2, 3)) | squares.at_border(going)
            going = going[left]
            if not len(going):
                return

    def _settle(self, cells: Array, parts: list[_Part], squares: _Squares) -> None:
        """Round to whole samples; where that pushed an integer over, push back and round again."""
        going = np.arange(len(cells))
        floats = cells.copy()
        for _ in range(self._rounds):
            cells[going] = np.clip(np.rint(floats[going]), 0, 255)
            back = _corrections(cells[going], parts, squares, going, rounded=True)
            left = (back != 0).any(axis=(1, 2, 3))
            going = going[left]
            if not len(going):
                return
            floats[going] += back[left]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One component: over how many samples it averages, and what its blocks may be."""

    down: int
    across: int
    lower: Floats
    upper: Floats
    """(MCUs, blocks down, blocks across, 8, 8), inward margin included."""
    margin: Floats
    """That margin, (8, 8)."""


@dataclass(frozen=True, slots=True)
class _Squares:
    """The MCUs of a band, and how much of the last row and column of them is picture."""

    down: int
    across: int
    rows: int
    columns: int

    def filled(
        self, cells: Floats, at: Places, down: int = 1, across: int = 1, mean: bool = False
    ) -> Floats:
        """(n, height, width, …): beyond the picture its last row and column, as encoders do.

        With ``mean``, what is beyond and the last are made their mean: so a change of both becomes
        the nearest change that can be had.
        """
        rows, columns = -(-self.rows // down) - 1, -(-self.columns // across) - 1
        if columns < cells.shape[2] - 1:
            last = at % self.across == self.across - 1
            beyond = cells[last, :, columns:]
            cells[last, :, columns:] = (
                beyond.mean(axis=2, keepdims=True) if mean else beyond[:, :, :1]
            )
        if rows < cells.shape[1] - 1:
            last = at // self.across == self.down - 1
            beyond = cells[last, rows:]
            cells[last, rows:] = beyond.mean(axis=1, keepdims=True) if mean else beyond[:, :1]
        return cells

    def at_border(self, at: Places) -> NDArray[np.bool_]:
        """Those that reach beyond the picture and are filled anew in every round."""
        below = (at // self.across == self.down - 1) & (self.rows % 8 > 0)
        beside = (at % self.across == self.across - 1) & (self.columns % 8 > 0)
        return np.asarray(below | beside)


def _confined(cells: Floats, parts: list[_Part], squares: _Squares, at: Places) -> Floats:
    """The nearest MCUs, but for the filling, whose coefficients keep to their bounds."""
    return cells + _corrections(cells, parts, squares, at, rounded=False)


def _moved(blocks: Floats, part: _Part, at: Places, rounded: bool) -> Floats:
    """What takes coefficients into their bounds.

    Of ``rounded`` samples only those are moved that an encoder would round to another integer.
    """
    moved = np.clip(blocks, part.lower[at], part.upper[at]) - blocks
    if rounded:
        moved[np.abs(moved) < part.margin - np.float32(0.05)] = 0
    return np.asarray(moved)


def _corrections(
    cells: Floats, parts: list[_Part], squares: _Squares, at: Places, rounded: bool
) -> Floats:
    """(n, height, width, channels) -> what to add to it; also fills what is not picture."""
    whole = squares.filled(cells, at)
    if len(parts) == 1:
        return _correction(whole[..., 0], parts[0], squares, at, rounded)[..., None]
    planes = rgb_to_ycbcr(whole / _LEVELS) * _LEVELS
    planes = np.rint(planes) if rounded else planes
    changes = [
        _correction(planes[..., index], part, squares, at, rounded)
        for index, part in enumerate(parts)
    ]
    grey = np.full(3, 128 / 255, np.float32)
    return (ycbcr_to_rgb(np.stack(changes, -1) / _LEVELS + grey) - grey) * _LEVELS


def _correction(plane: Floats, part: _Part, squares: _Squares, at: Places, rounded: bool) -> Floats:
    """The same for one component, (n, height, width)."""
    n, tall, wide = plane.shape
    v, h = part.lower.shape[1:3]
    fewer = plane.reshape(n, 8 * v, part.down, 8 * h, part.across).mean(axis=(2, 4))
    fewer = np.rint(fewer) if rounded else fewer
    fewer = squares.filled(fewer, at, part.down, part.across) - np.float32(128)
    blocks = dct8(np.ascontiguousarray(fewer.reshape(n, v, 8, h, 8).swapaxes(2, 3)))
    change = idct8(_moved(blocks, part, at, rounded)).swapaxes(2, 3).reshape(fewer.shape)
    change = squares.filled(change, at, part.down, part.across, mean=True)
    wanted = change[:, :, None, :, None]
    spread = np.broadcast_to(wanted, (n, 8 * v, part.down, 8 * h, part.across))
    return np.asarray(spread.reshape(n, tall, wide), np.float32)


def _margin(part: ComponentCoefficients) -> Floats:
    return np.minimum(np.float32(MARGIN), part.table.astype(np.float32) / 2)


def _bounds(
    part: ComponentCoefficients, rows: slice, shape: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Bounds of these rows of blocks; ``shape`` (of blocks) may reach beyond what is stored."""
    step = part.table.astype(np.float32)
    middle = part.blocks[rows].astype(np.float32) * step
    half = step / 2 - _margin(part)
    beyond = [(0, n - have) for n, have in zip(shape, middle.shape[:2], strict=True)]
    lower, upper = (
        np.pad(side, [*beyond, (0, 0), (0, 0)], constant_values=free).astype(np.float32)
        for side, free in ((middle - half, -_FREE), (middle + half, _FREE))
    )
    return lower, upper


def _cell(stored: JpegCoefficients) -> tuple[int, int]:
    if len(stored.components) == 1:
        return 8, 8
    return 8 * max(p.v for p in stored.components), 8 * max(p.h for p in stored.components)


def _check(stored: JpegCoefficients) -> None:
    if not stored.complete or stored.colour not in ("grey", "YCbCr"):
        raise UsageError(
            f"a JPEG in {stored.colour}" + ("" if stored.complete else ", not all received"),
            "a whole file in grey or YCbCr",
            "leave out what asks for its evidence",
        )
    tall, wide = (n // 8 for n in _cell(stored))
    if len(stored.components) > 1 and any(tall % p.v or wide % p.h for p in stored.components):
        raise UsageError(
            f"a JPEG with the sampling {stored.sampling}",
            "colour stored at a whole fraction of the pixels",
            "leave out what asks for its evidence",
        )
