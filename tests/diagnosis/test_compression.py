"""What a JPEG left behind, from its header and from its pixels alone."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.diagnosis.scenes import leaves

from rigatino.diagnosis import diagnose
from rigatino.imaging import Picture, jpeg_header, load

Pixels = NDArray[np.uint8]


def scene(size: int = 160, seed: int = 0) -> Pixels:
    """Smooth hills, edges and some texture, in colour, kept off black and white."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(size, size, 3))
    spectrum = np.fft.rfft2(noise, axes=(0, 1))
    rows, columns = np.fft.fftfreq(size)[:, None, None], np.fft.rfftfreq(size)[None, :, None]
    hills = np.fft.irfft2(spectrum / (0.01 + np.hypot(rows, columns)) ** 1.4, (size, size), (0, 1))
    y, x = np.mgrid[:size, :size]
    disc = ((x - size / 2) ** 2 + (y - size / 3) ** 2 < (size / 4) ** 2)[..., None]
    picture = 120 + 22 * hills / hills.std() + 35 * disc
    return np.clip(picture, 20, 235).round().astype(np.uint8)


def saved(pixels: Pixels, quality: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


def decoded(data: bytes) -> Pixels:
    return np.array(Image.open(io.BytesIO(data)).convert("RGB"))


@pytest.mark.parametrize("quality", [5, 37, 75, 98])
def test_the_header_gives_the_quality_exactly(quality: int) -> None:
    finding = diagnose(load(saved(scene(), quality))).finding("compression")
    assert finding.estimate["quality"] == quality
    assert finding.estimate["standard_table"] is True
    assert finding.estimate["source"] == "header"


@pytest.mark.parametrize("quality", [20, 50, 80, 93])
def test_pixels_alone_give_quality_and_grid(quality: int) -> None:
    pixels = np.ascontiguousarray(decoded(saved(scene(), quality))[3:, 6:])
    finding = diagnose(Picture(pixels)).finding("compression")
    assert finding.estimate["source"] == "pixels"
    assert abs(int(str(finding.estimate["quality"])) - quality) <= 2
    assert (finding.estimate["grid_row"], finding.estimate["grid_column"]) == (5, 2)


def test_a_picture_that_was_never_a_jpeg_shows_no_steps() -> None:
    diagnosis = diagnose(Picture(scene()))
    assert diagnosis.finding("compression").estimate["jpeg"] is False
    assert diagnosis.binds.value == "no"


def test_an_arbitrary_table_is_read_from_the_pixels() -> None:
    table = [int(v) for v in np.random.default_rng(3).integers(4, 20, 64)]
    data = saved(scene(256), 75, qtables=[table, table])
    pixels = decoded(data)
    finding = diagnose(Picture(pixels)).finding("compression")
    assert finding.estimate["standard_table"] is False
    read = np.array(finding.estimate["table"])
    truth = jpeg_header(data).tables[0].reshape(64)
    assert (read > 0).sum() >= 20
    assert (read == truth)[read > 0].mean() > 0.95


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_colour_sampling_is_read_from_the_pixels(subsampling: str) -> None:
    pixels = decoded(saved(leaves(), 75, subsampling=subsampling))[5:, 11:]
    finding = diagnose(Picture(np.ascontiguousarray(pixels))).finding("compression")
    assert finding.estimate["sampling"] == subsampling
    assert finding.estimate["chroma_quality"] == 75
