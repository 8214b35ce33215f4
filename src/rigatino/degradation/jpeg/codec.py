"""Saving as JPEG and opening again, step by step as libjpeg does it, to the last bit.

That is: its colour conversion, its averaging and spreading of colour samples, its integer DCT.
Other encoders round a little differently, and some choose what to store by other rules altogether.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size
from rigatino.degradation.jpeg.blocks import Stored, filled
from rigatino.degradation.jpeg.colour import Ints, to_rgb, to_ycc
from rigatino.degradation.jpeg.integer_dct import decoded, encoded
from rigatino.degradation.jpeg.sampling import averaged, spread
from rigatino.degradation.jpeg.tables import (
    SAMPLINGS,
    Factors,
    Table,
    checked_table,
    quality_tables,
    ratios,
    square,
)
from rigatino.degradation.operator import Facts, Fixed
from rigatino.errors import UsageError


@dataclass(frozen=True)
class Jpeg(Fixed):
    """One save. Grey pictures (one channel) use the first table and no sampling."""

    #: one table per component, or fewer, of which the last serves the remaining components
    tables: tuple[Table, ...]
    #: as in the file's header, one pair per component (see `SAMPLINGS`)
    factors: Factors = SAMPLINGS["4:2:0"]
    #: rows and columns by which the block grid begins outside the picture; what lies there is the
    #: picture's first row and column repeated
    shift: Size = (0, 0)
    #: opened with smooth (True) or repeated (False) colour samples
    fancy: bool = True

    facts = Facts(
        linear=False,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="saved once with these tables by a plain encoder (no trellis, no smoothing)",
    )

    def __post_init__(self) -> None:
        if not self.tables or len(self.factors) != 3 or min(self.shift) < 0:
            raise UsageError(
                f"{len(self.tables)} tables, {len(self.factors)} pairs, shift {self.shift}",
                "at least one table, three pairs and a shift that is not negative",
                'start from Jpeg.of_quality(75, "4:2:0")',
            )
        for table in self.tables:
            checked_table(table)
        ratios(self.factors)

    @classmethod
    def of_quality(
        cls, quality: int, sampling: str = "4:2:0", shift: Size = (0, 0), fancy: bool = True
    ) -> Jpeg:
        """The standard tables at a quality 1…100."""
        if sampling not in SAMPLINGS:
            raise UsageError(f"sampling {sampling!r}", f"one of {', '.join(SAMPLINGS)}", "pick one")
        return cls(quality_tables(quality), SAMPLINGS[sampling], shift, fancy)

    def _apply(self, x: Array) -> Array:
        return self.opened(self.stored(x), (x.shape[0], x.shape[1]))

    def stored(self, x: Array) -> tuple[Stored, ...]:
        """The integers in the file: per component (down, across, 8, 8)."""
        pixels = _shifted(levels(x), self.shift)
        if _grey(x):
            return (encoded(pixels[..., 0], square(self.tables[0])),)
        together = max(down for _, down in self.factors)
        return tuple(
            encoded(_fewer(plane, ratio, together), square(table))
            for plane, ratio, table in zip(
                to_ycc(pixels), ratios(self.factors), self._tables(), strict=True
            )
        )

    def opened(self, stored: Sequence[Stored], size: Size) -> Array:
        """The picture that these integers show, (H, W, 1 or 3)."""
        top, left = self.shift
        h, w = size[0] + top, size[1] + left
        planes = [
            decoded(integers, square(table))
            for integers, table in zip(stored, self._tables(), strict=False)
        ]
        if len(planes) == 1:
            return _as_floats(planes[0][top:h, left:w, None])
        whole = [
            spread(plane[: -(-h // down), : -(-w // across)], across, down, self.fancy)[:h, :w]
            for plane, (across, down) in zip(planes, ratios(self.factors), strict=True)
        ]
        return _as_floats(to_rgb(whole)[top:, left:])

    def _tables(self) -> tuple[Table, ...]:
        return (*self.tables, *(self.tables[-1:] * 3))[:3]


def levels(x: Array) -> Ints:
    """0…1 -> the integers 0…255 that a file would hold."""
    return np.asarray(np.clip(np.floor(x * 255 + 0.5), 0, 255), np.int32)


def _as_floats(pixels: Ints) -> Array:
    return np.asarray(pixels, np.float32) / np.float32(255)


def _shifted(pixels: Ints, shift: Size) -> Ints:
    return np.pad(pixels, ((shift[0], 0), (shift[1], 0), (0, 0)), mode="edge")


def _grey(x: Array) -> bool:
    """True for one channel; anything but one or three is refused."""
    if x.shape[2] not in (1, 3):
        raise UsageError(
            f"a picture of {x.shape[2]} channels", "1 or 3 for JPEG", "drop the alpha channel first"
        )
    return bool(x.shape[2] == 1)


def _fewer(plane: Ints, ratio: tuple[int, int], together: int) -> Ints:
    """Average what shares a sample; ``together`` rows are always handled at once.

    Columns are filled up to whole blocks before averaging, rows only until they can be averaged.
    """
    across, down = ratio
    return averaged(filled(plane, together, 8 * across), across, down)
