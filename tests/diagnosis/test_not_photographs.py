"""Screenshots, drawings and plain pictures: nothing is made of what is meant to be so."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from tests.diagnosis.scenes import damaged, leaves

from rigatino.degradation import GaussianBlur
from rigatino.diagnosis import diagnose, inspect_file, report_text
from rigatino.imaging import Picture, load


def _page() -> Image.Image:
    image = Image.new("RGB", (480, 360), "white")
    pen = ImageDraw.Draw(image)
    for top in range(10, 340, 16):
        pen.text((20, top), "i.e. the dots of these letters: no dust, no burnt-out white", fill=0)
    return image


def _bytes(image: Image.Image, kind: str, **options: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_page_is_neither_dusty_nor_burnt_out(kind: str) -> None:
    looked = diagnose(load(_bytes(_page(), kind)))
    assert looked.finding("dust").refused
    assert looked.finding("clipping").refused


def test_black_and_white_dots_are_no_noise() -> None:
    dots = Image.fromarray(leaves(256)).convert("1")
    assert diagnose(load(_bytes(dots, "PNG"))).verdict.leave_alone


@pytest.mark.parametrize("tone", [0, 128, 255])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_plain_picture_needs_nothing(tone: int, kind: str) -> None:
    plain = Image.new("RGB", (200, 160), (tone, tone, tone))
    assert diagnose(load(_bytes(plain, kind))).verdict.leave_alone


def test_what_other_lossy_formats_left_out_is_not_denied() -> None:
    webp = _bytes(Image.fromarray(leaves(256)), "WEBP", quality=50)
    assert diagnose(load(webp)).finding("compression").refused


def test_a_strong_blur_is_no_enlargement() -> None:
    looked = diagnose(Picture(damaged(leaves(320), GaussianBlur(3.0))))
    assert not looked.finding("enlargement").found


def test_a_picture_too_small_is_not_praised() -> None:
    text = report_text(inspect_file(_bytes(Image.new("RGB", (9, 9)), "PNG")))
    assert "Leave it alone" not in text
    assert text.count("9×9") == 1


def test_tones_of_a_photograph_are_many() -> None:
    assert diagnose(Picture(np.asarray(leaves(256)))).finding("dust").refused is False
