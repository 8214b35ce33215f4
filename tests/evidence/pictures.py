"""Pictures for these tests, as bytes."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from rigatino.evidence.drawings import drawing

CLEAN = drawing(11)


def jpeg(pixels: np.ndarray, quality: int = 50, **options: object) -> bytes:
    out = io.BytesIO()
    flat = pixels[..., 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    Image.fromarray(flat).save(out, "JPEG", quality=quality, **{"subsampling": 2, **options})
    return out.getvalue()


def png(pixels: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8)).save(out, "PNG")
    return out.getvalue()


def opened(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))


def resized(pixels: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """``size``: height, width."""
    return np.asarray(Image.fromarray(pixels).resize(size[::-1], Image.Resampling.BICUBIC))
