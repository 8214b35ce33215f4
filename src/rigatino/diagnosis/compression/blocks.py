"""8×8 blocks of a picture at any phase of the grid, and their cosine coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.subject import Floats, Subject, Window
from rigatino.imaging import dct8

#: (row, column) of the first whole block, each 0 … 7
Phase = tuple[int, int]
PHASES: tuple[Phase, ...] = tuple((row, column) for row in range(8) for column in range(8))
#: a luma this near to black or white may have been cut there
_EDGE = 0.5


@dataclass(frozen=True, eq=False)
class Tile:
    """Luma of a window, and where its colours are cut at black or white."""

    top: int
    left: int
    luma: Floats
    cut: NDArray[np.bool_]


def tiles(subject: Subject, pixels: int = 1 << 20) -> tuple[Tile, ...]:
    """The parts of the picture that compression is read from."""
    return tuple(_tile(window) for window in subject.windows(pixels))


def _tile(window: Window) -> Tile:
    low, high = window.colour.min(axis=2), window.colour.max(axis=2)
    cut = (low < _EDGE) | (high > 255 - _EDGE)
    return Tile(window.top, window.left, window.luma, cut)


def coefficients(tiles: tuple[Tile, ...], phase: Phase, most: int = 8192) -> Floats:
    """Orthonormal coefficients of the telling blocks at a phase, (blocks, 64), DC around 0.

    Left out: blocks in which colours were cut at black or white, blocks without any detail,
    and repetitions of a block (drawn pictures repeat theirs, and a crowd of equal values is
    no histogram). Where too few remain, cut blocks are taken after all.
    """
    parts = [_blocks(tile, phase) for tile in tiles]
    blocks = np.concatenate([part[0] for part in parts])
    cut = np.concatenate([part[1] for part in parts])
    lively = blocks.max(axis=1) - blocks.min(axis=1) > 1.5
    good = lively & ~cut
    chosen = blocks[good if good.sum() >= 64 else lively]
    chosen = _thinned(chosen, most)
    return np.asarray((chosen - np.float32(128)) @ _transform().T, np.float32)


def at_every_phase(tiles: tuple[Tile, ...], most: int) -> Floats:
    """Coefficients around the same few places at all 64 phases, (64, places, 64)."""
    patches = np.concatenate([_patches(tile) for tile in tiles])
    patches = _thinned(patches, most).reshape(-1, 15, 15) - np.float32(128)
    views = np.lib.stride_tricks.sliding_window_view(patches, (8, 8), (1, 2))
    blocks = views.reshape(len(patches), 64, 64).swapaxes(0, 1)
    return np.asarray(np.ascontiguousarray(blocks) @ _transform().T, np.float32)


def _patches(tile: Tile) -> Floats:
    """Lively 15×15 parts at multiples of 8, those without cut colours if there are enough."""
    rows, columns = (tile.luma.shape[0] - 7) // 8, (tile.luma.shape[1] - 7) // 8
    view = np.lib.stride_tricks.sliding_window_view
    luma = view(tile.luma, (15, 15))[::8, ::8][:rows, :columns].reshape(-1, 225)
    cut = view(tile.cut, (15, 15))[::8, ::8][:rows, :columns].reshape(-1, 225).any(axis=1)
    lively = luma.max(axis=1) - luma.min(axis=1) > 1.5
    good = lively & ~cut
    return np.asarray(luma[good if good.sum() >= 16 else lively], np.float32)


def _blocks(tile: Tile, phase: Phase) -> tuple[Floats, NDArray[np.bool_]]:
    """Every whole block at a phase of the *picture's* grid: (n, 64), and whether it is cut."""
    row, column = (phase[0] - tile.top) % 8, (phase[1] - tile.left) % 8
    luma, cut = tile.luma[row:, column:], tile.cut[row:, column:]
    touched: NDArray[np.bool_] = _cubes(cut).reshape(-1, 64).max(axis=1)
    return _cubes(luma).reshape(-1, 64), touched


def _cubes(plane: NDArray[Any]) -> NDArray[Any]:
    rows, columns = plane.shape[0] // 8, plane.shape[1] // 8
    whole = plane[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8)
    return whole.swapaxes(1, 2)


def _thinned(blocks: Floats, most: int) -> Floats:
    """At most ``most`` blocks, evenly taken, no two alike."""
    if not len(blocks):
        return blocks
    print_ = blocks @ np.random.default_rng(0).random(blocks.shape[1], np.float32)
    _, first = np.unique(print_, return_index=True)
    first.sort()
    taken = np.linspace(0, len(first) - 1, min(most, len(first))).astype(int)
    return np.asarray(blocks[first[taken]], np.float32)


@cache
def _transform() -> Floats:
    """The two-dimensional transform as one matrix, (64 frequencies, 64 pixels)."""
    units = np.eye(64, dtype=np.float32).reshape(64, 8, 8)
    matrix = np.ascontiguousarray(dct8(units).reshape(64, 64).T, np.float32)
    matrix.flags.writeable = False
    return matrix
