"""Between a picture's integers and float32 in [0, 1]; whole pictures or bands of rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import ImageError
from rigatino.imaging.record import Picture, Pixels

Floats = NDArray[np.float32]


def to_float(source: Picture | Pixels, rows: slice = slice(None)) -> Floats:
    """Colour as float32 in [0, 1], (H, W, 1 or 3), alpha left apart; ``rows`` of it."""
    colour = source.colour if isinstance(source, Picture) else source
    return _scaled(colour[rows])


def alpha_to_float(picture: Picture, rows: slice = slice(None)) -> Floats | None:
    """Opacity as float32 in [0, 1], (H, W), or None; opaque is exactly 1."""
    return None if picture.alpha is None else _scaled(picture.alpha[rows])


def _scaled(samples: Pixels) -> Floats:
    return np.divide(samples, np.float32(np.iinfo(samples.dtype).max), dtype=np.float32)


def from_float(colour: Floats, alpha: Floats | None = None, bits: int = 8) -> Pixels:
    """Round to 8 or 16 bits, (H, W, 1 … 4); a grey plane may come as (H, W)."""
    if bits not in (8, 16):
        raise ImageError(f"{bits} bits per sample", "8 or 16", "pass bits=8 or bits=16")
    colour = colour[..., None] if colour.ndim == 2 else colour
    rounded = _rounded(colour, bits)
    if alpha is None:
        return rounded
    return np.concatenate([rounded, _rounded(alpha, bits)[..., None]], axis=2)


def _rounded(values: Floats, bits: int) -> Pixels:
    if not np.isfinite(values).all():
        raise ImageError("values that are not finite", "numbers in [0, 1]", "check the computation")
    top = 2**bits - 1
    scaled: Floats = np.rint(np.clip(values, 0, 1) * np.float32(top))
    return scaled.astype(np.uint8 if bits == 8 else np.uint16)
