"""What a JPEG allows: reached, never farther from the truth, the same band by band."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from rigatino.degradation import GaussianBlur
from rigatino.degradation.jpeg import Projection
from rigatino.errors import UsageError
from rigatino.imaging import coefficients, load, to_float


def scene(height: int, width: int, channels: int = 3) -> np.ndarray:
    """Waves, edges, texture and flat black and white, 8 bits."""
    y, x = np.mgrid[0:height, 0:width]
    waves = np.stack([np.sin(x / a + y / b) for a, b in ((9, 23), (31, 11), (17, 40))], -1)
    waves[(x // 37 + y // 29) % 3 == 0] *= 0.4
    values = 128 + 90 * waves + np.random.default_rng(7).normal(0, 4, waves.shape)
    values[10:30, 20:70], values[40:60, 20:70] = 0, 255
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)[..., :channels]


def saved(pixels: np.ndarray, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels.squeeze()).save(out, "JPEG", **options)
    return out.getvalue()


def decibels(truth: np.ndarray, result: np.ndarray) -> float:
    return float(-10 * np.log10(np.mean((truth / 255.0 - result) ** 2)))


@pytest.mark.parametrize("quality", [10, 50, 90])
@pytest.mark.parametrize("sampling", ["4:2:0", "4:2:2", "4:4:4", "grey"])
@pytest.mark.parametrize("size", [(128, 160), (101, 131)])
def test_a_plain_encoder_would_store_the_same_integers(
    quality: int, sampling: str, size: tuple[int, int]
) -> None:
    grey = sampling == "grey"
    told = {} if grey else {"subsampling": sampling}
    data = saved(scene(*size, 1 if grey else 3), quality=quality, **told)
    stored = coefficients(data)
    blurred = GaussianBlur(0.7).apply(to_float(load(data)))
    result = Projection(stored).into(blurred)
    pixels = np.rint(result * 255).astype(np.uint8)
    assert np.abs(pixels - result * 255).max() < 1e-3
    tables = Image.open(io.BytesIO(data)).quantization
    again = coefficients(saved(pixels, qtables=tables, **told))
    pairs = [(a.blocks, b.blocks) for a, b in zip(stored.components, again.components, strict=True)]
    same, total = sum(int((a == b).sum()) for a, b in pairs), sum(a.size for a, _ in pairs)
    assert same / total >= 0.999
    assert Projection(stored).agreement(result) == (same, total)
    before, _ = Projection(stored).agreement(blurred)
    assert before / total < 0.999


def test_it_is_not_farther_from_the_truth() -> None:
    truth = scene(128, 160, 1)
    data = saved(truth, quality=60)
    blurred = GaussianBlur(0.8).apply(to_float(load(data)))
    result = Projection(coefficients(data)).into(blurred)
    assert decibels(truth, result) > decibels(truth, blurred) + 0.5


def test_what_is_allowed_already_hardly_moves() -> None:
    data = saved(scene(128, 160), quality=30)
    decoded = to_float(load(data))
    assert np.abs(Projection(coefficients(data)).into(decoded) - decoded).mean() * 255 < 0.4


def test_band_by_band_is_the_same() -> None:
    data = saved(scene(101, 131), quality=50)
    blurred = GaussianBlur(0.7).apply(to_float(load(data)))
    projection = Projection(coefficients(data))
    bands = [projection.into(blurred[top : top + 32], top) for top in range(0, 101, 32)]
    assert (np.concatenate(bands) == projection.into(blurred)).all()
    counts = [projection.agreement(band, 32 * at) for at, band in enumerate(bands)]
    assert tuple(np.sum(counts, 0)) == projection.agreement(np.concatenate(bands))


def test_other_colours_are_refused() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (32, 32)).save(out, "JPEG")
    with pytest.raises(UsageError, match="grey or YCbCr"):
        Projection(coefficients(out.getvalue()))
