"""Copies for a page: small, whole and readable, whatever is in the picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from rigatino.imaging.copies import jpeg_bytes, png_bytes, shrunk
from rigatino.imaging.lettering import SMALLEST, lettered, text_width, wrapped

NOISE = np.random.default_rng(1).integers(0, 256, (120, 90, 4), np.uint8)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_png_copy_is_the_picture(channels: int) -> None:
    with Image.open(io.BytesIO(png_bytes(NOISE[..., :channels]))) as image:
        assert np.array_equal(np.asarray(image).reshape(120, 90, channels), NOISE[..., :channels])


@pytest.mark.parametrize("quality", [50, 90, 100])
@pytest.mark.parametrize("side", [1, 24, 120])
def test_a_jpeg_copy_of_noise_can_be_opened(quality: int, side: int) -> None:
    pixels = np.ascontiguousarray(NOISE[:side, :side, :3])
    with Image.open(io.BytesIO(jpeg_bytes(pixels, quality))) as image:
        assert image.size == pixels.shape[1::-1]


def test_a_smaller_copy_keeps_the_mean() -> None:
    small = shrunk(np.ascontiguousarray(NOISE[..., :3]), 12, 9)
    assert small.shape == (12, 9, 3)
    assert abs(small.mean() - NOISE[..., :3].mean()) < 1


def test_letters_fit_the_width_that_was_measured() -> None:
    letters = lettered("Rigatino", 20)
    assert letters.shape[1] == text_width("Rigatino", 20)
    assert 0.9 < letters.max() <= 1
    assert lettered("a", 3).shape[0] == lettered("a", SMALLEST).shape[0]


def test_lines_are_no_wider_than_asked_and_lose_no_word() -> None:
    text = "upright lines: filled in, the model's guess that the file allows"
    lines = wrapped(text, 14, 150)
    assert " ".join(lines) == text
    assert all(text_width(line, 14) <= 150 for line in lines)
    assert wrapped("unbreakably", 14, 10) == ["unbreakably"]
