"""What is fixed of a picture: per block coefficient a value, and how far around it is allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import UsageError
from rigatino.evidence.jpeg.planes import component_planes, cosines
from rigatino.evidence.laying import Laid
from rigatino.imaging import (
    ROUNDING,
    ROUNDING_DC,
    ComponentCoefficients,
    JpegCoefficients,
    Pixels,
    intervals,
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Of some rows of blocks of one component."""

    stored: Floats
    """(R, C, 64)."""
    low: Floats
    """How far below and above it the true value may lie; (64,) or as ``stored``."""
    high: Floats
    least: Floats | float
    """A result's coefficient up to this size is as good as zero, (64,)."""


class Fixed(Protocol):
    """A source of intervals, in the orientation in which it is stored."""

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""

    @property
    def colour(self) -> str:
        """``grey``, ``YCbCr`` or ``RGB``."""

    @property
    def ratios(self) -> list[tuple[int, int]]:
        """Per component, pixels (down, across) that share a sample."""

    @property
    def tall(self) -> int:
        """Bands begin at multiples of so many rows."""

    def known(self, rows: slice) -> list[Known]:
        """Per component, of the whole blocks in these rows of pixels."""


@dataclass(frozen=True, eq=False)
class FileNumbers:
    """The integers of a JPEG."""

    file: JpegCoefficients

    def __post_init__(self) -> None:
        """Refuse what cannot be compared."""
        if reason := unreadable(self.file):
            raise UsageError(reason, "grey, YCbCr or RGB at whole fractions", "convert it first")

    @property
    def size(self) -> tuple[int, int]:
        """As stored."""
        return self.file.height, self.file.width

    @property
    def colour(self) -> str:
        """As the file has it."""
        return self.file.colour

    @property
    def ratios(self) -> list[tuple[int, int]]:
        """From the sampling factors."""
        if len(self.file.components) == 1:
            return [(1, 1)]
        tall, wide = _most(self.file)
        return [(tall // part.v, wide // part.h) for part in self.file.components]

    @property
    def tall(self) -> int:
        """Rows of an MCU."""
        return 8 * max(down for down, _ in self.ratios)

    def known(self, rows: slice) -> list[Known]:
        """From the stored integers and their steps."""
        found = []
        for part, (down, across) in zip(self.file.components, self.ratios, strict=True):
            blocks = slice(rows.start // (8 * down), rows.stop // (8 * down))
            found.append(_known(part, blocks, self.size[1] // (8 * across)))
        return found


def unreadable(file: JpegCoefficients) -> str:
    """Why a file's coefficients cannot be compared; empty if they can."""
    if file.colour not in ("grey", "YCbCr", "RGB"):
        return f"a JPEG in {file.colour} is not compared by its numbers"
    if file.header.precision != 8:
        return f"a JPEG of {file.header.precision} bits is not compared by its numbers"
    tall, wide = _most(file)
    if len(file.components) > 1 and any(tall % p.v or wide % p.h for p in file.components):
        return f"a JPEG with the sampling {file.sampling} is not compared by its numbers"
    return ""


def _most(file: JpegCoefficients) -> tuple[int, int]:
    return max(p.v for p in file.components), max(p.h for p in file.components)


def _known(part: ComponentCoefficients, blocks: slice, across: int) -> Known:
    step: Floats = part.table.reshape(64).astype(np.float32)
    stored = part.blocks[blocks, :across].reshape(-1, across, 64) * step
    least: Floats = np.asarray(step / 2, np.float32)
    if part.complete:
        half: Floats = np.asarray(step / 2 + np.float32(ROUNDING), np.float32)
        half[0] += np.float32(ROUNDING_DC - ROUNDING)
        return Known(stored, -half, half, least)
    bounds = intervals(part, blocks)
    low = bounds.lower[:, :across].reshape(stored.shape) - stored
    high = bounds.upper[:, :across].reshape(stored.shape) - stored
    return Known(stored, low, high, least)


@dataclass(frozen=True, eq=False)
class OwnSamples:
    """The samples of a picture, each block of them as its coefficients, sure to ``half``."""

    pixels: Pixels = field(repr=False)
    half: float = ROUNDING

    @property
    def size(self) -> tuple[int, int]:
        """Of the picture."""
        return int(self.pixels.shape[0]), int(self.pixels.shape[1])

    @property
    def colour(self) -> str:
        """``grey`` or ``YCbCr``."""
        return "grey" if self.pixels.shape[2] == 1 else "YCbCr"

    @property
    def ratios(self) -> list[tuple[int, int]]:
        """No sampling."""
        return [(1, 1)] * self.pixels.shape[2]

    @property
    def tall(self) -> int:
        """Rows of a block."""
        return 8

    @cached_property
    def _laid(self) -> Laid:
        return Laid(self.pixels, self.size)

    def known(self, rows: slice) -> list[Known]:
        """From the samples."""
        h, w = (rows.stop - rows.start) // 8 * 8, self.size[1] // 8 * 8
        half: Floats = np.full(64, self.half, np.float32)
        return [
            Known(cosines(plane[:h, :w]), -half, half, self.half)
            for plane in component_planes(self._laid.band(rows), self.colour)
        ]
