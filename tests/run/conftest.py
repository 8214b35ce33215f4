"""Pictures with known damage, and one runtime for all."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

Save = Callable[..., Path]


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """onnxruntime, one thread, no models from outside."""
    monkeypatch.setenv("RIGATINO_RUNTIME", "onnxruntime")
    monkeypatch.setenv("RIGATINO_THREADS", "1")
    monkeypatch.setenv("RIGATINO_MODELS", str(tmp_path / "models"))


def fair(height: int = 160, width: int = 208) -> np.ndarray:
    """Shapes, a sky and texture, (H, W, 3), 8 bits."""
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([120 + 80 * np.sin(y / 60 + c) + 20 * np.cos(x / 90) for c in range(3)], -1)
    image = Image.fromarray(np.clip(base, 0, 255).astype(np.uint8))
    drawing = ImageDraw.Draw(image)
    rng = np.random.default_rng(5)
    for _ in range(24):
        left, top = rng.integers(0, width - 30), rng.integers(0, height - 30)
        box = (left, top, left + rng.integers(5, 30), top + rng.integers(5, 30))
        drawing.ellipse(box, fill=tuple(int(v) for v in rng.integers(0, 256, 3)))
    rough = rng.normal(0, 12, (height, width, 1)) * (x > width * 0.7)[..., None]
    return np.clip(np.asarray(image) + rough, 0, 255).astype(np.uint8)


def jpeg(pixels: np.ndarray, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(out, "JPEG", **options)
    return out.getvalue()


def decibels(truth: np.ndarray, result: np.ndarray) -> float:
    return float(-10 * np.log10(np.mean((truth / 255.0 - result / 255.0) ** 2)))


@pytest.fixture
def blocky(tmp_path: Path) -> Path:
    """``fair`` saved at quality 12."""
    path = tmp_path / "blocky.jpg"
    path.write_bytes(jpeg(fair(), quality=12))
    return path
