"""Small pictures that the tests draw themselves."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image


def scene(height: int, width: int, channels: int = 3, seed: int = 0) -> np.ndarray:
    """Smooth shading, an edge, some texture: 8 bits, (H, W, C)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width] / 16.0
    planes = [
        128 + 60 * np.sin(x + k) * np.cos(y * (k + 1) / 2) + 40 * (x + y * (k - 1) > 2 + k)
        for k in range(channels)
    ]
    noisy = np.stack(planes, axis=2) + rng.normal(0, 6, (height, width, channels))
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def encoded(pixels: np.ndarray, form: str, **told: Any) -> bytes:
    """A file made by Pillow."""
    squeezed = pixels[..., 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    return encoded_image(Image.fromarray(np.ascontiguousarray(squeezed)), form, **told)


def encoded_image(image: Image.Image, form: str, **told: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **told)
    return stream.getvalue()
