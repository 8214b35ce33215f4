"""Cut a large picture into windows, so that no stage needs all of it as floats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rigatino.errors import UsageError


@dataclass(frozen=True, slots=True)
class Tile:
    """One window: what is read, and the part of it that is kept.

    The kept parts of all tiles cover the picture exactly once.
    """

    top: int
    left: int
    bottom: int
    right: int
    """Read ``[top:bottom, left:right]``, margin included."""
    keep_top: int
    keep_left: int
    keep_bottom: int
    keep_right: int
    """Keep this part, in coordinates of the picture."""

    @property
    def read(self) -> tuple[slice, slice]:
        """Slices of the picture to read."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    @property
    def keep(self) -> tuple[slice, slice]:
        """Slices of the picture to write."""
        return slice(self.keep_top, self.keep_bottom), slice(self.keep_left, self.keep_right)

    @property
    def inner(self) -> tuple[slice, slice]:
        """The kept part in coordinates of the window itself."""
        return (
            slice(self.keep_top - self.top, self.keep_bottom - self.top),
            slice(self.keep_left - self.left, self.keep_right - self.left),
        )


def tiles(height: int, width: int, size: int, overlap: int, grid: int = 8) -> tuple[Tile, ...]:
    """Windows of at most ``size`` + margins, row by row.

    Every window begins on a multiple of ``grid``, so that what repeats every ``grid`` pixels
    (JPEG blocks, strides of a network) lies in each window as it lies in the picture.
    ``overlap`` is the margin on every side that has a neighbour, rounded up to the grid.
    """
    if min(height, width, size, grid) < 1 or overlap < 0 or size < grid:
        raise UsageError(f"tiles of {size} with overlap {overlap} on a grid of {grid}",
                         "positive sizes, tile size at least the grid", "change them")  # fmt: skip
    step, margin = size // grid * grid, -(-overlap // grid) * grid
    return tuple(
        Tile(max(0, y - margin), max(0, x - margin),
             min(height, y_end + margin), min(width, x_end + margin), y, x, y_end, x_end)
        for y, y_end in _spans(height, step) for x, x_end in _spans(width, step)
    )  # fmt: skip


def _spans(length: int, step: int) -> Iterator[tuple[int, int]]:
    for start in range(0, length, step):
        yield start, min(length, start + step)


def row_bands(height: int, rows: int, grid: int = 8) -> Iterator[slice]:
    """Bands of about ``rows`` rows that begin on the grid."""
    step = max(grid, rows // grid * grid)
    for start, end in _spans(height, step):
        yield slice(start, end)
