"""The interval that a stored integer puts on the true coefficient holds it."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.errors import ImageError
from rigatino.imaging import (
    coefficients,
    dct8,
    decoded_plane,
    dequantised,
    intervals,
    rgb_to_ycbcr,
    to_blocks,
)
from rigatino.imaging.jpeg import intervals as module
from tests.imaging.pictures import encoded, scene


def _true_blocks(pixels: np.ndarray, k: int) -> np.ndarray:
    ycbcr = rgb_to_ycbcr(pixels.astype(np.float32) / 255) * 255
    return dct8(to_blocks(ycbcr[..., k].astype(np.float64) - 128))


@pytest.mark.parametrize("quality", [5, 30, 60, 90, 98, 100])
def test_the_true_coefficient_lies_in_its_interval(quality: int) -> None:
    pixels = scene(160, 240, seed=quality)
    read = coefficients(encoded(pixels, "JPEG", quality=quality, subsampling="4:4:4"))
    for k, part in enumerate(read.components):
        bounds, truth = intervals(part), _true_blocks(pixels, k)
        assert (truth >= bounds.lower).all()
        assert (truth <= bounds.upper).all()


@pytest.mark.parametrize("quality", [90, 100])
def test_the_widening_is_needed(quality: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = scene(160, 240)
    read = coefficients(encoded(pixels, "JPEG", quality=quality, subsampling="4:4:4"))
    monkeypatch.setattr(module, "ROUNDING", 0.0)
    bounds, truth = intervals(read.components[1]), _true_blocks(pixels, 1)
    assert (truth < bounds.lower).any() or (truth > bounds.upper).any()


def test_a_band_of_rows_is_the_band_of_the_whole() -> None:
    part = coefficients(encoded(scene(77, 90), "JPEG")).components[0]
    band = slice(3, 8)
    np.testing.assert_array_equal(intervals(part, band).lower, intervals(part).lower[band])
    np.testing.assert_array_equal(dequantised(part, band), dequantised(part)[band])
    np.testing.assert_array_equal(decoded_plane(part, band), decoded_plane(part)[24:64])


def test_missing_scans_widen_and_still_hold_the_whole_file() -> None:
    data = encoded(scene(96, 128), "JPEG", quality=85, progressive=True)
    whole = coefficients(data)
    starts = [at for at in range(len(data) - 1) if data[at : at + 2] == b"\xff\xda"]
    widths = []
    for start in starts[1:]:
        read = coefficients(data[:start] + b"\xff\xd9")
        width = 0.0
        for a, b in zip(read.components, whole.components, strict=True):
            bounds, centre = intervals(a), dequantised(b)
            assert (centre >= bounds.lower).all()
            assert (centre <= bounds.upper).all()
            width += float((bounds.upper - bounds.lower).sum())
        widths.append(width)
    assert widths == sorted(widths, reverse=True)
    assert len(widths) >= 8


def test_not_received_is_not_stored_zero() -> None:
    data = encoded(np.full((64, 64, 3), 90, np.uint8), "JPEG")
    bounds = intervals(coefficients(data).components[0])
    assert (bounds.upper - bounds.lower).max() < 300
    noisy = encoded(scene(64, 64), "JPEG", quality=95)
    cut = intervals(coefficients(noisy[: len(noisy) // 2]).components[0])
    assert cut.upper[-1, -1, 5, 5] == 1024
    assert cut.lower[-1, -1, 5, 5] == -1024


def test_nothing_at_all_is_an_error_and_not_an_empty_record() -> None:
    data = encoded(scene(64, 64), "JPEG")
    with pytest.raises(ImageError, match="no block"):
        coefficients(data[: data.index(b"\xff\xda") + 14])
