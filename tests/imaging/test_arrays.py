"""Pictures as arrays: floats, colour, alpha, the DCT, tiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.fft import dctn

from rigatino.errors import ImageError, UsageError
from rigatino.imaging import (
    Picture,
    alpha_to_float,
    dct8,
    from_blocks,
    from_float,
    idct8,
    linear_to_srgb,
    luma,
    premultiply,
    rgb_to_ycbcr,
    row_bands,
    srgb_to_linear,
    tiles,
    to_blocks,
    to_float,
    unpremultiply,
    ycbcr_to_rgb,
)
from tests.imaging.pictures import scene


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_value_survives_the_way_through_floats(dtype: type[np.uint8 | np.uint16]) -> None:
    top = np.iinfo(dtype).max
    ramp = np.arange(top + 1, dtype=dtype).reshape(1, -1, 1)
    floats = to_float(ramp)
    assert floats.dtype == np.float32
    assert (floats.min(), floats.max()) == (0, 1)
    np.testing.assert_array_equal(from_float(floats, bits=8 * np.dtype(dtype).itemsize), ramp)


def test_opaque_stays_opaque_through_premultiplication() -> None:
    pixels = scene(20, 30, 4)
    pixels[..., 3] = 255
    picture = Picture(pixels)
    alpha = alpha_to_float(picture)
    assert alpha is not None
    assert (alpha == 1).all()
    colour = unpremultiply(premultiply(to_float(picture), alpha), alpha)
    np.testing.assert_array_equal(from_float(colour, alpha), pixels)


def test_the_invisible_does_not_count() -> None:
    alpha = np.array([[0, 0.5]], np.float32)
    colour = np.array([[[1, 1, 1], [0.5, 0.25, 1]]], np.float32)
    weighted = premultiply(colour, alpha)
    assert not weighted[0, 0].any()
    back = unpremultiply(weighted, alpha)
    np.testing.assert_array_equal(back[0, 1], colour[0, 1])
    assert not back[0, 0].any()


def test_a_band_of_rows_is_the_band_of_the_whole() -> None:
    picture = Picture(scene(50, 20, 4))
    np.testing.assert_array_equal(to_float(picture, slice(10, 20)), to_float(picture)[10:20])


def test_what_is_no_picture_is_refused() -> None:
    for array in (np.zeros((4, 4), np.uint8), np.zeros((4, 4, 5), np.uint8),
                  np.zeros((4, 4, 3), np.float32), np.zeros((0, 4, 3), np.uint8)):  # fmt: skip
        with pytest.raises(ImageError, match="shape"):
            Picture(array)  # type: ignore[arg-type]
    with pytest.raises(ImageError, match="finite"):
        from_float(np.full((2, 2), np.nan, np.float32))
    with pytest.raises(ImageError, match="12 bits"):
        from_float(np.zeros((2, 2), np.float32), bits=12)


def test_the_pixels_of_a_record_cannot_be_written() -> None:
    picture = Picture(scene(4, 4))
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 1


def test_light_and_display_values() -> None:
    values = np.linspace(0, 1, 4097, dtype=np.float32)
    np.testing.assert_allclose(linear_to_srgb(srgb_to_linear(values)), values, atol=2e-6)
    assert srgb_to_linear(np.float32([0.5]))[0] == pytest.approx(0.21404, abs=1e-5)


def test_ycbcr_as_jfif_has_it() -> None:
    rgb = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], np.float32)
    expected = [[76.245, 84.972, 255.5], [149.685, 43.528, 21.235], [29.07, 255.5, 107.265],
                [255, 128, 128]]  # fmt: skip
    np.testing.assert_allclose(rgb_to_ycbcr(rgb) * 255, expected, atol=2e-3)
    np.testing.assert_allclose(luma(rgb), rgb_to_ycbcr(rgb)[:, 0], atol=1e-6)
    noise = np.random.default_rng(0).random((50, 3), np.float32)
    np.testing.assert_allclose(ycbcr_to_rgb(rgb_to_ycbcr(noise)), noise, atol=1e-6)


def test_the_dct_is_the_orthonormal_one() -> None:
    blocks = np.random.default_rng(0).normal(0, 50, (5, 7, 8, 8))
    np.testing.assert_allclose(dct8(blocks), dctn(blocks, axes=(2, 3), norm="ortho"), atol=1e-10)
    np.testing.assert_allclose(idct8(dct8(blocks)), blocks, atol=1e-10)
    other = np.random.default_rng(1).normal(0, 50, blocks.shape)
    assert np.vdot(dct8(blocks), other) == pytest.approx(np.vdot(blocks, idct8(other)))
    assert dct8(blocks.astype(np.float32)).dtype == np.float32


@given(st.integers(1, 40), st.integers(1, 40))
def test_blocks_and_back(height: int, width: int) -> None:
    plane = np.random.default_rng(0).random((height, width))
    np.testing.assert_array_equal(from_blocks(to_blocks(plane), height, width), plane)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(8, 120), st.integers(0, 40))
def test_tiles_keep_every_pixel_once(height: int, width: int, size: int, overlap: int) -> None:
    kept = np.zeros((height, width), np.int64)
    picture = np.arange(height * width).reshape(height, width)
    out = np.zeros_like(picture)
    for tile in tiles(height, width, size, overlap):
        kept[tile.keep] += 1
        out[tile.keep] = picture[tile.read][tile.inner]
        assert tile.top % 8 == tile.left % 8 == 0
        assert tile.top in (0, tile.keep_top) or tile.keep_top - tile.top >= overlap
        assert tile.bottom == height or tile.bottom - tile.keep_bottom >= min(overlap, height)
        assert tile.keep_bottom - tile.keep_top <= size
    assert (kept == 1).all()
    np.testing.assert_array_equal(out, picture)


def test_bands_cover_every_row_once() -> None:
    rows = np.concatenate([np.arange(100)[band] for band in row_bands(100, 30)])
    np.testing.assert_array_equal(rows, np.arange(100))
    assert [band.start for band in row_bands(100, 30)] == [0, 24, 48, 72, 96]


def test_impossible_tiles_are_refused() -> None:
    with pytest.raises(UsageError, match="grid"):
        tiles(100, 100, 4, 0)
