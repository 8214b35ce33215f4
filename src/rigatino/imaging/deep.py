"""16-bit colour, which Pillow can unpack only to 8 bits: decode twice.

Its unpackers for 16-bit RGB keep one byte of each sample. Told that the samples lie in the
other byte order, the same unpacker keeps the other byte. Two passes therefore give every
bit, in C and for every compression and interlacing that Pillow reads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFile

_SWAPPED = {"B": "L", "L": "B"}
_NATIVE = "L" if sys.byteorder == "little" else "B"
_DEEP = {"RGB;16": 3, "RGBA;16": 4, "RGBX;16": 3}


def _tile_args(image: ImageFile.ImageFile) -> list[str]:
    """The unpacker of every tile."""
    given = [tile.args for tile in image.tile]
    return [args if isinstance(args, str) else str((args or ("",))[0]) for args in given]


def is_deep(image: ImageFile.ImageFile) -> bool:
    """Whether an opened, not yet loaded picture holds 16-bit colour or grey with alpha."""
    raw = set(_tile_args(image))
    return len(raw) == 1 and (next(iter(raw))[:-1] in _DEEP or raw == {"LA;16B"})


def read_deep(open_image: Callable[[], ImageFile.ImageFile]) -> NDArray[np.uint16]:
    """All 16 bits, (H, W, 2 … 4); ``open_image`` opens the same picture anew each time."""
    raw = _tile_args(open_image())[0]
    if raw == "LA;16B":
        # 32 bits per pixel either way: as RGBA, they are four bytes that nobody touches.
        bytes_ = _load(open_image(), "RGBA", "RGBA")
        return np.ascontiguousarray(bytes_).view(">u2").astype(np.uint16)
    family, order = raw[:-1], raw[-1].replace("N", _NATIVE)
    mode = "RGBA" if _DEEP[family] == 4 else "RGB"
    high = _load(open_image(), mode, family + order).astype(np.uint16)
    high <<= 8
    high |= _load(open_image(), mode, family + _SWAPPED[order])
    return high[..., : _DEEP[family]]


def _load(image: ImageFile.ImageFile, mode: str, raw: str) -> NDArray[np.uint8]:
    """Load with this unpacker."""
    image._mode = mode
    image.info.pop("transparency", None)
    image.tile = [tile._replace(args=_with_raw(tile.args, raw)) for tile in image.tile]
    image.load()
    return np.asarray(image)


def _with_raw(args: Any, raw: str) -> Any:
    return raw if isinstance(args, str) else (raw, *args[1:])
