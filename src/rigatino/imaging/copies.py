"""Copies of pixels for a page: smaller ones, and encoded ones in memory."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]


def shrunk(pixels: Bytes, height: int, width: int) -> Bytes:
    """(H, W, 3) averaged down to (height, width, 3)."""
    image = Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX)
    return np.asarray(image)


def png_bytes(pixels: Bytes) -> bytes:
    """(H, W, 1 … 4) as a PNG file, without loss."""
    return _encoded(pixels, "PNG", optimize=pixels.size < 1 << 22)


def jpeg_bytes(pixels: Bytes, quality: int) -> bytes:
    """(H, W, 3) as a JPEG file with all of its colour samples."""
    # Without "optimize": Pillow gives that a buffer which noisy pictures overflow.
    return _encoded(pixels, "JPEG", quality=quality, subsampling=0)


def _encoded(pixels: Bytes, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    flat = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    Image.fromarray(np.ascontiguousarray(flat)).save(stream, form, **options)
    return stream.getvalue()
