"""Red, green, blue and brightness with two colour differences (JFIF), in 16-bit fixed point.

All arrays hold integers 0…255; the arithmetic is the one JPEG libraries share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
_HALF = 1 << 15


def _fixed(x: float) -> int:
    return int(x * 65536 + 0.5)


def to_ycc(rgb: Ints) -> list[Ints]:
    """(H, W, 3) -> three planes (H, W)."""
    r, g, b = np.moveaxis(rgb, 2, 0)
    y = _fixed(0.299) * r + _fixed(0.587) * g + _fixed(0.114) * b + _HALF
    middle = (128 << 16) + _HALF - 1
    cb = -_fixed(0.168735892) * r - _fixed(0.331264108) * g + _HALF * b + middle
    cr = _HALF * r - _fixed(0.418687589) * g - _fixed(0.081312411) * b + middle
    return [y >> 16, cb >> 16, cr >> 16]


def to_rgb(planes: list[Ints]) -> Ints:
    """Three planes (H, W) -> (H, W, 3)."""
    y, cb, cr = planes[0], planes[1] - 128, planes[2] - 128
    r = y + ((_fixed(1.402) * cr + _HALF) >> 16)
    g = y + ((-_fixed(0.34414) * cb - _fixed(0.71414) * cr + _HALF) >> 16)
    b = y + ((_fixed(1.772) * cb + _HALF) >> 16)
    return np.asarray(np.clip(np.stack((r, g, b), axis=2), 0, 255))
