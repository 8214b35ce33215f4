"""A network over a picture of any size, window by window.

Windows begin on multiples of 8 (of the JPEG grid) and of the network's own cell, and overlap by
the network's receptive radius: what is kept of each is then what the whole picture would have
given.
Where the radius is not known, windows overlap by ``UNKNOWN`` and fade into each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

import numpy as np

from rigatino.imaging import Tile, tiles
from rigatino.inference.card import ModelCard
from rigatino.inference.hints import NOTHING, Known
from rigatino.inference.network import Network
from rigatino.inference.session import Floats

_JPEG = 8
#: overlap where a card does not state the radius, and how much of it fades
UNKNOWN = 64
#: smallest window that is tried before giving up
SMALLEST = 64

Part = tuple[slice, slice]


class Canvas(Protocol):
    """A picture to be mended window by window, and where the result goes."""

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the picture."""
        ...

    def read(self, part: Part) -> Floats:
        """A window of the picture as it was, (h, w, C) in 0…1."""
        ...

    def write(self, part: Part, values: Floats) -> None:
        """Take a part of the result, in pixels of the result."""
        ...

    def written(self, part: Part) -> Floats:
        """What was written there."""
        ...


@dataclass(frozen=True, slots=True)
class Tiling:
    """How a picture is cut up."""

    side: int
    """Of the part that is kept of each window, or of the whole picture where one does."""
    overlap: int
    count: int
    pixels: int
    """Of all windows together, margins included."""
    largest: int
    """Of any one window."""
    fade: int = 0
    """Width over which neighbouring windows fade into each other."""
    shortages: int = 0
    """How often memory ran out and the side was halved."""


def plan(card: ModelCard, size: tuple[int, int], memory: int) -> Tiling:
    """The largest windows that the memory allows; one for the whole picture where that fits."""
    most, grid = memory // card.bytes_per_pixel, grid_of(card)
    if size[0] * size[1] <= most:
        return cut(card, size, _up(max(size), grid))
    side = max(SMALLEST, math.isqrt(most) - 2 * _margin(card))
    return cut(card, size, max(_even(n, side, grid) for n in size))


def _even(length: int, side: int, grid: int) -> int:
    """The side that cuts a length into parts as even as the grid allows."""
    return _up(math.ceil(length / math.ceil(length / side)), grid)


def cut(card: ModelCard, size: tuple[int, int], side: int) -> Tiling:
    """Windows that keep at most this side."""
    grid, margin = grid_of(card), _margin(card)
    side = max(grid, side // grid * grid)
    windows = tiles(*size, side, margin, grid)
    areas = [(t.bottom - t.top) * (t.right - t.left) for t in windows]
    fades = card.receptive_radius is None and len(windows) > 1
    fade = min(UNKNOWN, side) // 2 if fades else 0
    return Tiling(side, margin, len(windows), sum(areas), max(areas), fade)


def _margin(card: ModelCard) -> int:
    radius = UNKNOWN if card.receptive_radius is None else card.receptive_radius
    return _up(radius, grid_of(card))


def grid_of(card: ModelCard) -> int:
    """What windows begin on multiples of."""
    return math.lcm(_JPEG, card.size_multiple)


def _up(n: int, grid: int) -> int:
    return -(-n // grid) * grid


def over(
    network: Network, canvas: Canvas, tiling: Tiling, known: Known = NOTHING,
    progress: Callable[[float], None] = lambda _: None,
) -> Tiling:  # fmt: skip
    """Apply a network to all of a picture; says how it was cut up in the end."""

    def attempt(tiling: Tiling) -> None:
        _all(network, canvas, tiling, known, progress)

    return until_it_fits(attempt, network.card, canvas.size, tiling)


def until_it_fits(
    attempt: Callable[[Tiling], None], card: ModelCard, size: tuple[int, int], tiling: Tiling
) -> Tiling:
    """When memory runs out, the side is halved and everything is done again."""
    while True:
        try:
            attempt(tiling)
        except MemoryError:
            if tiling.side // 2 < SMALLEST:
                raise
            smaller = cut(card, size, tiling.side // 2)
            tiling = replace(smaller, shortages=tiling.shortages + 1)
        else:
            return tiling


def _all(
    network: Network, canvas: Canvas, tiling: Tiling, known: Known,
    progress: Callable[[float], None],
) -> None:  # fmt: skip
    done = 0
    windows = tiles(*canvas.size, tiling.side, tiling.overlap, grid_of(network.card))
    for _, row in groupby(windows, key=lambda tile: tile.keep_top):
        band = _Band(canvas, network.card.scale, tiling.fade)
        for tile in row:
            band.put(tile, network.at(tile.keep).apply(canvas.read(tile.read), known))
            done += (tile.bottom - tile.top) * (tile.right - tile.left)
            progress(done / tiling.pixels)
        band.finish()


class _Band:
    """A row of windows. Without fading each is handed on at once.

    With it, windows fade into each other from left to right, in a strip that begins above their
    row, and the strip then fades into the row above.
    """

    def __init__(self, canvas: Canvas, scale: int, fade: int) -> None:
        self._canvas, self._scale, self._fade = canvas, scale, fade
        self._strip: Floats | None = None
        self._rows, self._up = slice(0, 0), 0

    def put(self, tile: Tile, result: Floats) -> None:
        """Take the result of one window."""
        up, left = (
            min(self._fade, n) for n in (tile.keep_top - tile.top, tile.keep_left - tile.left)
        )
        rows = self._scaled(tile.keep_top - up, tile.keep_bottom)
        columns = self._scaled(tile.keep_left - left, tile.keep_right)
        top, first = tile.top * self._scale, tile.left * self._scale
        inside = result[rows.start - top : rows.stop - top, columns.start - first :]
        values = inside[:, : columns.stop - columns.start]
        if not self._fade:
            self._canvas.write((rows, columns), values)
            return
        if self._strip is None:
            width = self._canvas.size[1] * self._scale
            self._strip = np.zeros((len(values), width, values.shape[2]), np.float32)
            self._rows, self._up = rows, up * self._scale
        weight = _rise(values.shape[1], left * self._scale)[:, None]
        self._strip[:, columns] = self._strip[:, columns] * (1 - weight) + values * weight

    def finish(self) -> None:
        """Hand the strip on, if there is one."""
        if self._strip is None:
            return
        part = (self._rows, slice(0, self._strip.shape[1]))
        if self._up:
            weight = _rise(len(self._strip), self._up)[:, None, None]
            self._strip = self._strip * weight + self._canvas.written(part) * (1 - weight)
        self._canvas.write(part, self._strip)

    def _scaled(self, start: int, stop: int) -> slice:
        return slice(start * self._scale, stop * self._scale)


def _rise(length: int, over_: int) -> Floats:
    """From nearly 0 up to 1 over the first samples, then 1."""
    ramp = (np.arange(length, dtype=np.float32) + np.float32(0.5)) / np.float32(max(over_, 0.5))
    return np.asarray(np.minimum(ramp, 1), np.float32)
