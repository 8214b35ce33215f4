"""The record of this room: one picture, as read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import ImageError
from rigatino.imaging.jpeg.header import JpegHeader

#: 8 or 16 bits per sample; which one is said by the dtype, never guessed from the values
Pixels = NDArray[np.uint8 | np.uint16]
MODES = {1: "grey", 2: "grey+alpha", 3: "rgb", 4: "rgba"}


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture: upright, its samples as the file has them, and what came along."""

    pixels: Pixels = field(repr=False)
    """(height, width, channels), uint8 or uint16, read-only. Alpha is not premultiplied."""
    format: str = ""
    """``JPEG``, ``PNG`` …; empty for a picture that was never a file."""
    source_bits: int = 8
    """Bits per sample in the file: 1, 2, 4, 8, 10, 12, 16, 32."""
    orientation: int = 1
    """EXIF orientation of the file, 1 … 8. The pixels *are* turned already."""
    exif: bytes = field(default=b"", repr=False)
    """As stored, beginning with the TIFF header; cleaned when written."""
    xmp: bytes = field(default=b"", repr=False)
    icc: bytes = field(default=b"", repr=False)
    """Colour profile that the pixels are in; empty means sRGB by default."""
    frames: int = 1
    """Frames or pages in the file; this is the first."""
    notices: tuple[str, ...] = ()
    """What reading changed: frames left out, colours converted, depth reduced."""
    warnings: tuple[str, ...] = ()
    """What is wrong with the file: cut short, damaged, metadata too large."""
    jpeg: JpegHeader | None = field(default=None, repr=False)
    """The header's facts, where the file is a JPEG with a readable header."""

    def __post_init__(self) -> None:
        """Refuse what is not a picture, and make the pixels read-only."""
        _check(self.pixels)
        view = self.pixels.view()
        view.flags.writeable = False
        object.__setattr__(self, "pixels", view)

    @property
    def height(self) -> int:
        """Rows of the upright picture."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns of the upright picture."""
        return int(self.pixels.shape[1])

    @property
    def stored_size(self) -> tuple[int, int]:
        """(height, width) before the orientation was applied."""
        turned = self.orientation >= 5
        return (self.width, self.height) if turned else (self.height, self.width)

    @property
    def mode(self) -> str:
        """``grey``, ``grey+alpha``, ``rgb`` or ``rgba``."""
        return MODES[self.pixels.shape[2]]

    @property
    def bits(self) -> int:
        """Bits per sample of ``pixels``: 8 or 16."""
        return 8 * self.pixels.dtype.itemsize

    @property
    def colour(self) -> Pixels:
        """The pixels without alpha, (height, width, 1 or 3)."""
        return self.pixels[..., : 1 if self.pixels.shape[2] < 3 else 3]

    @property
    def alpha(self) -> Pixels | None:
        """Opacity, (height, width), or None where there is none."""
        return self.pixels[..., -1] if self.pixels.shape[2] in (2, 4) else None

    def with_pixels(self, pixels: Pixels) -> Picture:
        """The same file facts around other (upright) pixels."""
        return replace(self, pixels=pixels)


def _check(pixels: NDArray[Any]) -> None:
    """Shape and dtype of an array that claims to be a picture."""
    good = pixels.ndim == 3 and pixels.shape[2] in MODES and min(pixels.shape) > 0
    if not good or pixels.dtype not in (np.uint8, np.uint16):
        raise ImageError(
            f"an array of shape {pixels.shape} and type {pixels.dtype}",
            "shape (height, width, 1…4) and type uint8 or uint16",
            "use rigatino.imaging.from_float for float arrays",
        )
