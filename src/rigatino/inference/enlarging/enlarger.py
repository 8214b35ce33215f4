"""An encoder and a decoder, ready to enlarge pictures of any size by any factor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from rigatino.errors import ModelError
from rigatino.imaging import Tile, tiles
from rigatino.inference.canvas import FloatCanvas
from rigatino.inference.card import ModelCard
from rigatino.inference.enlarging.axis import Axis, Floats, Places
from rigatino.inference.enlarging.decoders import Decoder, decoder
from rigatino.inference.hints import NOTHING, Known
from rigatino.inference.network import Network, open_network
from rigatino.inference.settings import Settings
from rigatino.inference.shelf import Model, model, verified
from rigatino.inference.tiling import Canvas, Tiling, grid_of, plan, until_it_fits

#: old pixels a side that are decoded at a time: bounds what a large factor takes
BLOCK = 96
Progress = Callable[[float], None]


@dataclass(frozen=True, eq=False)
class Enlarger:
    """Features of the small picture are found once; every new pixel is then read off them."""

    network: Network
    decoder: Decoder

    @property
    def card(self) -> ModelCard:
        """What it is."""
        return self.network.card

    def features(self, window: Floats, known: Known = NOTHING) -> Floats:
        """(h, w, 1 or 3) in 0…1 -> (C, h, w); grey is repeated three times."""
        given = _planes(window)[None]
        out = self.network.session.run(given, self.network.told(known, window.shape[2] == 3))
        if out.ndim != 4 or out.shape[2:] != given.shape[2:]:
            raise ModelError(
                f"the encoder of {self.card.name} gave an array of shape {out.shape}",
                f"features of {window.shape[0]}×{window.shape[1]}",
                "correct the card",
            )
        return np.asarray(out[0])

    def block(self, window: Floats, features: Floats, down: Places, across: Places) -> Floats:
        """New pixels of one block, (H, W, 1 or 3), neither clipped nor rounded.

        ``window`` and ``features`` are those of the two axes' windows.
        """
        with one_thread():
            plain = down.bicubic @ _planes(window) @ across.bicubic.T
            planes = plain + self.decoder.decode(features, down, across)
        result = np.asarray(planes, np.float32).transpose(1, 2, 0)
        if window.shape[2] == 3:
            return result
        return np.asarray(result.mean(2, keepdims=True), np.float32)


def one_thread() -> AbstractContextManager[object]:
    """Small products, spread over cores that others use too, mostly wait for each other."""
    manager: AbstractContextManager[object] = _controller().limit(limits=1)
    return manager


@cache
def _controller() -> ThreadpoolController:
    """Of the libraries that are loaded: numpy's is."""
    return ThreadpoolController()


def _planes(window: Floats) -> Floats:
    planes = np.ascontiguousarray(window.transpose(2, 0, 1), np.float32)
    return planes if len(planes) == 3 else np.repeat(planes, 3, axis=0)


def open_enlarger(name: str | Model, settings: Settings | None = None) -> Enlarger:
    """Load a model that enlarges by any factor; both its files are verified first."""
    found = model(name) if isinstance(name, str) else name
    named = found.card.decoder
    if named is None:
        raise ModelError(
            f"the model {found.card.name} has no decoder",
            "a model that enlarges by any factor",
            "see: rigatino models list",
        )
    content = verified(found.folder / named.file, named.sha256, found.shipped)
    return Enlarger(open_network(found, settings), decoder(named.kind, content, found.card.name))


def enlarge_over(
    enlarger: Enlarger, canvas: Canvas, axes: tuple[Axis, Axis], tiling: Tiling, *,
    known: Known = NOTHING, progress: Progress = lambda _: None,
) -> Tiling:  # fmt: skip
    """Enlarge all of a picture; says how it was cut up in the end."""
    work = _Work(enlarger, canvas, axes, known, progress)
    return until_it_fits(work.attempt, enlarger.card, canvas.size, tiling)


@dataclass(frozen=True, eq=False)
class _Work:
    """One enlargement, however it is cut up."""

    enlarger: Enlarger
    canvas: Canvas
    axes: tuple[Axis, Axis]
    known: Known
    progress: Progress

    def attempt(self, tiling: Tiling) -> None:
        """Window by window."""
        done, grid = 0, grid_of(self.enlarger.card)
        for tile in tiles(*self.canvas.size, tiling.side, tiling.overlap, grid):
            window = self.canvas.read(tile.read)
            self._blocks(tile, window, self.enlarger.features(window, self.known))
            done += (tile.bottom - tile.top) * (tile.right - tile.left)
            self.progress(done / tiling.pixels)

    def _blocks(self, tile: Tile, window: Floats, features: Floats) -> None:
        wide = [self.axes[1].block(*ends) for ends in _cuts(tile.keep_left, tile.keep_right)]
        for ends in _cuts(tile.keep_top, tile.keep_bottom):
            down = self.axes[0].block(*ends)
            for across in wide:
                rows, columns = _from(down, tile.top), _from(across, tile.left)
                values = self.enlarger.block(
                    window[rows, columns], features[:, rows, columns], down, across
                )
                self.canvas.write((down.new, across.new), values)


def _cuts(start: int, stop: int) -> list[tuple[int, int]]:
    return [(at, min(stop, at + BLOCK)) for at in range(start, stop, BLOCK)]


def _from(axis: Places, first: int) -> slice:
    return slice(axis.window.start - first, axis.window.stop - first)


def enlarged_array(
    enlarger: Enlarger, picture: Floats, size: tuple[int, int], known: Known = NOTHING,
    tiling: Tiling | None = None,
) -> Floats:  # fmt: skip
    """(h, w, 1 or 3) floats in 0…1 -> (*size, the same), neither clipped nor rounded."""
    canvas = FloatCanvas(picture, size=size)
    small = picture.shape[0], picture.shape[1]
    axes = Axis(small[0], size[0]), Axis(small[1], size[1])
    chosen = tiling or plan(enlarger.card, small, Settings.of_environment().memory)
    enlarge_over(enlarger, canvas, axes, chosen, known=known)
    return canvas.result
