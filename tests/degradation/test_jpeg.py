"""Saving is held against libjpeg-turbo (through Pillow), bit for bit: any tables and sampling."""

from __future__ import annotations

import io

import numpy as np
import pytest
from tests.degradation.jpeg_writer import jpeg_file

from rigatino.degradation import Chain, Jpeg
from rigatino.degradation.jpeg import SAMPLINGS, quality_tables
from rigatino.errors import UsageError

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
features = pytest.importorskip("PIL.features")
if not features.check("libjpeg_turbo"):
    pytest.skip("this Pillow is not built on libjpeg-turbo", allow_module_level=True)


def picture(height: int, width: int) -> np.ndarray:
    """Soft colours, sharp edges, a little texture: 8 bits."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    waves = np.stack(
        [127 + 90 * np.sin(x / a + y / b) for a, b in ((9, 23), (31, 11), (17, 40))], -1
    )
    waves[(x // 37 + y // 29) % 3 == 0] *= 0.4
    waves[20:40, 10:70] = (250, 20, 30)
    return np.clip(waves + rng.normal(0, 6, waves.shape), 0, 255).astype(np.uint8)


def by_pillow(pixels: np.ndarray, **options) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", **options)
    return np.asarray(Image.open(file))


def by_us(jpeg, pixels: np.ndarray) -> np.ndarray:
    out = jpeg.apply(pixels.reshape(*pixels.shape[:2], -1).astype(np.float32) / 255)
    return np.round(out * 255).astype(np.uint8).reshape(pixels.shape)


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(-10 * np.log10(np.mean((a.astype(float) - b) ** 2) / 255**2))


@pytest.mark.parametrize("quality", [1, 10, 30, 50, 75, 95, 100])
@pytest.mark.parametrize("sampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("size", [(96, 128), (137, 171), (33, 18), (3, 2), (1, 1)])
def test_saving_agrees_with_libjpeg(quality, sampling, size):
    original = picture(*size)
    theirs = by_pillow(original, quality=quality, subsampling=sampling)
    ours = by_us(Jpeg.of_quality(quality, sampling), original)
    np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("quality", [10, 60, 90])
def test_grey_saving_agrees_with_libjpeg(quality):
    grey = picture(75, 90)[..., 0]
    theirs = by_pillow(grey, quality=quality)
    np.testing.assert_array_equal(by_us(Jpeg.of_quality(quality), grey), theirs)


def test_tables_of_ones_own_agree_with_libjpeg():
    tables = (tuple(range(3, 67)), tuple(range(70, 6, -1)))
    original = picture(75, 90)
    theirs = by_pillow(original, qtables=[list(t) for t in tables], subsampling="4:2:0")
    np.testing.assert_array_equal(by_us(Jpeg(tables), original), theirs)


@pytest.mark.parametrize("quality", [1, 7, 33, 49, 50, 51, 90, 100])
def test_tables_are_those_that_libjpeg_writes(quality):
    file = io.BytesIO()
    Image.new("RGB", (16, 16)).save(file, "JPEG", quality=quality)
    theirs = Image.open(file).quantization
    for number, ours in enumerate(quality_tables(quality)):
        assert sorted(theirs[number]) == sorted(ours)


ODD = {"luma 2×2, blue 2×1, red 1×2": ((2, 2), (2, 1), (1, 2)),
       "3×1": ((3, 1), (1, 1), (1, 1)), "1×4": ((1, 4), (1, 1), (1, 1)),
       "coarse luma": ((1, 1), (2, 2), (1, 1))}  # fmt: skip


@pytest.mark.parametrize("factors", [*SAMPLINGS.values(), *ODD.values()],
                         ids=[*SAMPLINGS, *ODD])  # fmt: skip
@pytest.mark.parametrize("size", [(40, 56), (37, 51), (9, 3), (2, 4), (1, 1)])
def test_stored_integers_look_to_libjpeg_as_they_look_to_us(factors, size):
    """Our integers, written into a file and opened by libjpeg: any tables, any sampling."""
    jpeg = Jpeg((tuple(range(2, 66)), (9,) * 64, (5,) * 64), factors)
    pixels = picture(*size).astype(np.float32) / 255
    stored = jpeg.stored(pixels)
    file = jpeg_file(stored, jpeg.tables, factors, size)
    theirs = np.asarray(Image.open(io.BytesIO(file))).astype(int)
    ours = np.round(jpeg.opened(stored, size) * 255)
    np.testing.assert_array_equal(ours, theirs)


def test_a_shifted_grid_is_the_picture_cut_out_of_a_larger_saved_one():
    pixels = picture(61, 45).astype(np.float32) / 255
    shifted = Jpeg.of_quality(20, shift=(3, 6)).apply(pixels)
    larger = np.pad(pixels, ((3, 0), (6, 0), (0, 0)), mode="edge")
    np.testing.assert_array_equal(shifted, Jpeg.of_quality(20).apply(larger)[3:, 6:])
    assert not np.array_equal(shifted, Jpeg.of_quality(20).apply(pixels))


def test_repeated_chroma_differs_from_smooth_chroma_in_colour_only_files_with_fewer_samples():
    pixels = picture(48, 48).astype(np.float32) / 255
    for sampling, same in (("4:4:4", True), ("4:2:0", False)):
        fancy, box = (Jpeg.of_quality(50, sampling, fancy=f).apply(pixels) for f in (True, False))
        assert np.array_equal(fancy, box) == same


def test_saving_again_on_the_same_grid_settles_and_on_another_one_does_harm():
    pixels = picture(64, 64).astype(np.float32) / 255
    once = Jpeg.of_quality(20, "4:4:4").apply(pixels)
    again = Jpeg.of_quality(20, "4:4:4").apply(once)
    moved = Chain((Jpeg.of_quality(20, "4:4:4"), Jpeg.of_quality(20, "4:4:4", shift=(4, 4))))
    assert np.abs(again - once).mean() < 0.2 * np.abs(once - pixels).mean()
    assert psnr(moved.apply(pixels) * 255, pixels * 255) < psnr(once * 255, pixels * 255) - 0.3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Jpeg.of_quality(0),
        lambda: Jpeg.of_quality(50, "4:2:9"),
        lambda: Jpeg(((1,) * 63,)),
        lambda: Jpeg(((16,) * 64,), ((3, 1), (2, 1), (1, 1))),
        lambda: Jpeg(((16,) * 64,), shift=(-1, 0)),
        lambda: Jpeg.of_quality(50).apply(np.zeros((8, 8, 4), np.float32)),
    ],
)
def test_what_no_file_can_hold_is_refused_in_one_line(wrong):
    with pytest.raises(UsageError) as caught:
        wrong()
    assert "\n" not in str(caught.value)
