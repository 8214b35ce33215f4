"""The picture as detectors look at it: in parts, so that large pictures cost no more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.record import Finding
from rigatino.imaging import LUMA, JpegHeader, Picture, Pixels, upright

Floats = NDArray[np.float32]
#: windows begin at multiples of this, so that every usual JPEG grid falls on the same phase
STRIDE = 16
#: formats other than JPEG that may leave things out, in ways of their own
LOSSY = ("WEBP", "AVIF", "HEIF")
#: with fewer tones than this, or a larger share of plain parts, a picture is drawn
FEW_TONES, PLAIN = 9, 0.5
#: orientation that undoes an orientation
_BACK = {6: 8, 8: 6}


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture in the orientation it was stored in, values 0 … 255 as float32."""

    picture: Picture
    thorough: bool = False
    """Whether to look where it takes long and changes no verdict: for maps."""

    @cached_property
    def stored(self) -> Pixels:
        """(H, W, 1 or 3), turned back to how the file has it: there the JPEG grid is at (0, 0)."""
        orientation = self.picture.orientation
        return upright(self.picture.colour, _BACK.get(orientation, orientation))

    @property
    def header(self) -> JpegHeader | None:
        """What the file's JPEG header states, if it is a JPEG."""
        return self.picture.jpeg

    @property
    def height(self) -> int:
        """Rows as stored."""
        return int(self.stored.shape[0])

    @property
    def width(self) -> int:
        """Columns as stored."""
        return int(self.stored.shape[1])

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the colour channels."""
        return ("grey",) if self.stored.shape[2] == 1 else ("red", "green", "blue")

    @cached_property
    def luma(self) -> Floats:
        """The whole picture's luma, (H, W); for a large picture take windows instead."""
        return luma_of(self.colour(slice(None), slice(None)))

    @cached_property
    def sample(self) -> Floats:
        """Every n-th row, about a million pixels: neighbours along a row stay neighbours."""
        step = max(1, round(self.height * self.width / (1 << 20)))
        return self.colour(slice(None, None, step), slice(None))

    @cached_property
    def drawn(self) -> str:
        """Why this is no photograph, if it is none: a page, a screenshot, a drawing; else ""."""
        tones = max(len(np.unique(np.rint(plane))) for plane in np.moveaxis(self.sample, 2, 0))
        if tones < FEW_TONES:
            return f"there are no more than {tones} tones in it, as in a drawing"
        same = (np.diff(self.sample, axis=1) == 0).all(axis=2)
        if float(same.mean()) > PLAIN:
            return "most of it is perfectly plain, as in a drawing, a page or a screenshot"
        return ""

    def colour(self, rows: slice, columns: slice) -> Floats:
        """A part in colour, (h, w, 1 or 3)."""
        part = self.stored[rows, columns]
        return part.astype(np.float32) * np.float32(255 / np.iinfo(part.dtype).max)

    def windows(self, pixels: int = 1 << 20, across: int = 3) -> Iterator[Window]:
        """The whole picture if it has at most ``pixels``, else across² parts spread over it."""
        if self.height * self.width <= pixels:
            yield Window(0, 0, self.colour(slice(None), slice(None)))
            return
        share = math.sqrt(pixels / (self.height * self.width)) / across
        for rows in _spread(self.height, share, across):
            for columns in _spread(self.width, share, across):
                yield Window(rows.start, columns.start, self.colour(rows, columns))

    def centre(self, side: int = 1024) -> Window:
        """One part from the middle, at most side × side."""
        rows, columns = (_middle(n, side) for n in (self.height, self.width))
        return Window(rows.start, columns.start, self.colour(rows, columns))


@dataclass(frozen=True, eq=False)
class Window:
    """A part of a picture; ``top`` and ``left`` are multiples of 16."""

    top: int
    left: int
    colour: Floats
    """(h, w, 1 or 3)."""

    @cached_property
    def luma(self) -> Floats:
        """(h, w)."""
        return luma_of(self.colour)


#: what earlier detectors found, by name
Earlier = Mapping[str, Finding]


def luma_of(colour: Floats) -> Floats:
    """BT.601 luma of (…, 1 or 3)."""
    return colour[..., 0] if colour.shape[-1] == 1 else colour @ LUMA


def _spread(length: int, share: float, count: int) -> list[slice]:
    """``count`` parts of ``share · length``, evenly spread, beginning at multiples of 16."""
    size = max(2 * STRIDE, int(length * share) // STRIDE * STRIDE)
    if size * count >= length:
        return [slice(0, length)]
    starts = np.linspace(0, length - size, count).astype(int) // STRIDE * STRIDE
    return [slice(int(start), int(start) + size) for start in starts]


def _middle(length: int, side: int) -> slice:
    start = max(0, (length - side) // 2) // STRIDE * STRIDE
    return slice(start, min(length, start + side))
