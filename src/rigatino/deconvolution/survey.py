"""A blur that differs from place to place: read in overlapping windows, each on its own.

The picture is cut into cells; the window of a cell is twice as large and reaches beyond it on
every side, so that windows overlap by half. What a window tells counts where its halves tell the
same, and, for a path, where it is told by the cell alone, too; a little less will do where a
neighbouring window agrees. A cell whose window is unsure borrows the kernel of neighbours that
agree, if it can have been blurred by that at all; else it is left as it is.

Where something sharp lies in a window, the rest of it may still be out of focus: there a disk is
read from the soft part alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Literal

import numpy as np
from scipy import ndimage

from rigatino.deconvolution.estimation import estimated
from rigatino.deconvolution.evidence import seen
from rigatino.deconvolution.gaps import FILLED, gaps
from rigatino.deconvolution.judging import (
    BRIEF,
    Blur,
    agreement,
    at_a_glance,
    described,
    none,
    shows,
    trusted,
)
from rigatino.deconvolution.kernels import alike
from rigatino.deconvolution.naming import soft_disk
from rigatino.deconvolution.parts import WINDOW, halves, richest
from rigatino.deconvolution.spectra import Array, Size
from rigatino.degradation import Defocus

Source = Literal["read", "borrowed", "left"]
#: a part of the luma, rows and columns -> (h, w) in 0…1
Read = Callable[[slice, slice], Array]
#: least side of a cell, and of the longer side of a picture that has more than one
CELL, ROOM = 192, 384
#: cells along a side at most
MOST = 6
#: how much alike the kernels of windows must be that overlap by half, and those of the halves of a
#: window with and without such a neighbour; kernels this much alike are one
NEIGHBOURLY, BACKED, ALONE, ONE = 0.8, 0.7, 0.8, 0.9
#: how much alike a path must be that is read from a cell alone, and by how much, in logarithms, it
#: must explain the spectrum of the cell better than no blur does
AGAIN, SHOWN = 0.85, 0.2
#: neighbours that a cell borrows from, at least
_LENDERS = 2
#: radius of the weakest blur that is told from a soft lens
_SOFT = 1.6
#: of a window, and pixels, that a soft part needs to be read on its own
_SHARE, _FEWEST = 0.1, 96 * 96
#: of a window that can be out of focus, for it to borrow a disk
_TRACE = 0.03
#: pixels around a cell in which its path must show
_MORE = 32
#: pixels that edges keep away from what is sharp
_AWAY = 8


@dataclass(frozen=True, eq=False)
class Cell:
    """A part of the picture and what is known of its blur."""

    rows: slice
    columns: slice
    blur: Blur
    source: Source
    why: str = ""
    """Why it is left as it is."""
    partly: bool = False
    """Whether its window as a whole shows no blur, but at most a part of it."""


@dataclass(frozen=True, eq=False)
class Survey:
    """The cells of a picture, row by row."""

    cells: tuple[Cell, ...]
    across: int
    """How many lie side by side."""
    side: int
    """Of a cell, pixels; the last ones may be smaller."""

    @property
    def undoable(self) -> tuple[Cell, ...]:
        """Those with a kernel."""
        return tuple(cell for cell in self.cells if cell.source != "left")

    @property
    def one(self) -> bool:
        """Whether every cell tells the same kernel, so that one serves them all."""
        read = [cell for cell in self.cells if cell.source == "read"]
        return len(read) == len(self.cells) and not self.contradicts

    @property
    def contradicts(self) -> bool:
        """Whether no single kernel can serve: something is sharp, or kernels differ."""
        kernels = [cell.blur.kernel for cell in self.cells if cell.source == "read"]
        apart = any(alike(a, b) < ONE for a, b in combinations(kernels, 2))
        return bool(kernels) and (apart or any(cell.partly for cell in self.cells))

    def only_disks(self) -> Survey:
        """Paths left alone: where they differ, undoing them cell by cell was seen to do harm."""
        return replace(self, cells=tuple(_without_path(cell) for cell in self.cells))

    @property
    def surest(self) -> Cell:
        """The cell that is told best."""
        return max(self.cells, key=lambda cell: (cell.source == "read", cell.blur.confidence))

    def at(self, row: int, column: int) -> int:
        """Which cell a pixel lies in."""
        return row // self.side * self.across + column // self.side


def _without_path(cell: Cell) -> Cell:
    if cell.source == "left" or cell.blur.kind == "disk":
        return cell
    why = "a path that differs from place to place is not undone"
    return replace(cell, blur=none(why, cell.blur.confidence), source="left", why=why)


@dataclass(frozen=True, eq=False)
class _Told:
    """What a window says by itself."""

    luma: Array
    """The part of it that was looked at."""
    blur: Blur
    first: Array | None = None
    """The kernel as it was estimated; None where nothing was."""
    where: Array | None = None
    """Where it can be out of focus, beside something sharp; None where no such part was looked for.
    """

    @cached_property
    def agreement(self) -> float:
        """How much its halves agree; of a disk in a part of it, those of that part."""
        if self.first is None:
            return 0.0
        if self.where is not None:
            return agreement(self.blur.kernel, *_disks(self.luma, self.where))
        return agreement(self.first, *(estimated(half) for half in halves(self.luma)))


def roomy(size: Size) -> bool:
    """Whether a picture is large enough to be read in windows."""
    return min(size) >= CELL and max(size) >= ROOM


def surveyed(read: Read, size: Size, noise: float, most: int = MOST) -> Survey:
    """A picture (H, W), with noise of 255, read part by part; at most so many cells a side."""
    side = max(CELL, 8 * math.ceil(max(size) / most / 8))
    rows, columns = (_spans(n, side) for n in size)
    places = [(r, c) for r in rows for c in columns]
    windows = [(_window(r, size[0], side), _window(c, size[1], side)) for r, c in places]
    corners = [(window[0].start, window[1].start) for window in windows]
    once = {
        corner: _told(read(*window), noise)
        for corner, window in dict(zip(corners, windows, strict=True)).items()
    }
    told = [once[corner] for corner in corners]
    near = [_near(at, corners, side) for at in range(len(places))]
    blurs = [_settled(at, told, near[at]) for at in range(len(told))]
    cells = []
    for at, (r, c) in enumerate(places):
        blur: Blur = blurs[at]
        source: Source = "read"
        if blur.sharp or blur.refusal:
            blur, source = _borrowed(told[at], [blurs[i] for i in near[at]], blur, noise)
        if source != "left" and blur.kind != "disk":
            again = _again(blur, read(_wider(r, size[0]), _wider(c, size[1])), noise)
            blur, source = (again, "left") if again.refusal else (blur, source)
        why = "" if source != "left" else blur.refusal or "it is sharp as it is"
        cells.append(Cell(r, c, blur, source, why, told[at].where is not None))
    return Survey(tuple(cells), len(columns), side)


def _spans(length: int, side: int) -> list[slice]:
    return [slice(start, min(length, start + side)) for start in range(0, length, side)]


def _window(cell: slice, length: int, side: int) -> slice:
    """Twice as long as a cell, moved inwards at the border."""
    start = max(0, min(cell.start - side // 2, length - 2 * side))
    return slice(start, min(length, start + 2 * side))


def _wider(cell: slice, length: int) -> slice:
    """A little more than a cell."""
    return slice(max(0, cell.start - _MORE), min(length, cell.stop + _MORE))


def _again(blur: Blur, luma: Array, noise: float) -> Blur:
    """A path must show in the cell alone: in a window it may turn, and rest at one end."""
    part = richest(luma, WINDOW)
    trust = alike(blur.kernel, estimated(part))
    if trust < AGAIN:
        return none(
            f"read from this place alone the path is another (agreement {trust:.2f})", trust
        )
    if seen(part, noise).lead(blur.kernel) < SHOWN:
        return none("the spectrum of this place does not show the path", trust)
    return blur


def _near(at: int, corners: Sequence[tuple[int, int]], side: int) -> list[int]:
    """The windows around one that share no more than half of it."""
    top, left = corners[at]
    apart = [max(abs(row - top), abs(column - left)) for row, column in corners]
    return [i for i, distance in enumerate(apart) if side <= distance <= 2 * side]


def _told(window: Array, noise: float) -> _Told:
    luma = richest(window, WINDOW)
    if at_a_glance(luma) >= BRIEF:
        first, spectrum = estimated(luma), seen(luma, noise)
        blur = described(first, spectrum)
        if shows(blur, first, spectrum, luma, noise):
            return _Told(luma, blur, first)
    return _soft_part(luma, noise)


def _soft_part(luma: Array, noise: float) -> _Told:
    """A disk, from what is neither sharp nor beside something sharp."""
    explained = gaps(luma, Defocus(_SOFT).kernel(), noise).explained()
    where = ndimage.minimum_filter((explained > 0.5).astype(np.float32), 2 * _AWAY + 1)
    share = float(where.mean())
    if share < _SHARE or share * where.size < _FEWEST:
        return _Told(luma, none(""), None, where)
    first = estimated(luma, where=where)
    form = soft_disk(first, seen(luma, noise, where))
    if form is None or form.size < _SOFT:
        return _Told(luma, none(""), None, where)
    return _Told(luma, Blur(form.kernel, "disk", form.size, 0.0), first, where)


def _disks(luma: Array, where: Array) -> list[Array]:
    """Disks read from the left and the right part of a mask; a dot where none can be."""
    middle = int(np.searchsorted(where.sum(axis=0).cumsum(), where.sum() / 2))
    sides = where.copy(), where.copy()
    sides[0][:, middle:], sides[1][:, :middle] = 0, 0
    forms = [soft_disk(estimated(luma, where=side), seen(luma, 0.0, side)) for side in sides]
    return [np.ones((1, 1), np.float32) if form is None else form.kernel for form in forms]


def _settled(at: int, told: Sequence[_Told], near: Sequence[int]) -> Blur:
    """As sure as its own halves make it; less is asked where a neighbour tells the same."""
    own = told[at].blur
    if own.sharp:
        return own
    others = [told[i].blur for i in near if not told[i].blur.sharp]
    backed = max((alike(own.kernel, other.kernel) for other in others), default=0.0)
    trust = told[at].agreement
    if trust >= (BACKED if backed >= NEIGHBOURLY else ALONE):
        return trusted(own, trust)
    return none(f"its own halves tell different paths (agreement {trust:.2f})", trust)


def _borrowed(told: _Told, around: Sequence[Blur], own: Blur, noise: float) -> tuple[Blur, Source]:
    """The kernel of neighbours that agree, if there are any and it can be true here."""
    lenders = [blur for blur in around if not (blur.sharp or blur.refusal)]
    agreeing = [
        blur for blur in lenders
        if sum(alike(blur.kernel, other.kernel) >= NEIGHBOURLY for other in lenders) >= _LENDERS
    ]  # fmt: skip
    possible = [blur for blur in agreeing if _possible(told, blur, noise)]
    if not possible:
        return own, "left"
    spectrum = seen(told.luma, noise)
    best = max(possible, key=lambda blur: spectrum.lead(blur.kernel))
    return best, "borrowed"


def _possible(told: _Told, blur: Blur, noise: float) -> bool:
    """As a whole, or, of a disk, in a part of it."""
    if blur.kind == "disk" and told.where is not None:
        return float(told.where.mean()) > _TRACE
    return gaps(told.luma, blur.kernel, noise).filled < FILLED
