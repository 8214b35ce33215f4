"""Writing pictures: exact where promised, atomic, and every loss said."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from rigatino.errors import OutputError, UsageError
from rigatino.imaging import FORMATS, Picture, load, save
from tests.imaging import plain_png
from tests.imaging.pictures import encoded, scene
from tests.imaging.test_loading import SRGB

RAMP = np.arange(65536, dtype=np.uint16).reshape(256, 256)


def _deep(channels: int) -> np.ndarray:
    """Every 16-bit value in every channel, in another order in each."""
    return np.stack([np.roll(RAMP.ravel(), 257 * k).reshape(256, 256) for k in range(channels)], 2)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_every_16_bit_value_survives(tmp_path: Path, suffix: str, channels: int) -> None:
    pixels = _deep(channels)
    report = save(pixels, tmp_path / f"ramp{suffix}")
    assert (report.lossy, report.bits) == (False, 16)
    back = load(report.path)
    assert (back.bits, back.source_bits) == (16, 16)
    if suffix == ".tif" and channels == 2:  # stored as RGBA, which readers know
        assert back.mode == "rgba"
        np.testing.assert_array_equal(back.pixels[..., 1:3], pixels[..., :1].repeat(2, axis=2))
        back = back.with_pixels(back.pixels[..., [0, 3]])
    np.testing.assert_array_equal(back.pixels, pixels)


def test_the_png_writer_agrees_with_an_independent_reader(tmp_path: Path) -> None:
    pixels = _deep(4)[:70, :90]
    report = save(pixels, tmp_path / "a.png")
    np.testing.assert_array_equal(plain_png.read(report.path.read_bytes()), pixels)


def test_depth_is_decided_by_type_and_never_by_value(tmp_path: Path) -> None:
    dark = np.full((8, 8, 3), 5, np.uint16)
    assert load(save(dark, tmp_path / "dark.png").path).bits == 16
    assert load(save(dark.astype(np.uint8), tmp_path / "bright.png").path).bits == 8


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp", ".bmp"])
def test_formats_without_loss_lose_nothing(tmp_path: Path, suffix: str, channels: int) -> None:
    pixels = scene(30, 41, channels)
    if suffix == ".bmp" and channels in (2, 4):
        pixels[..., -1] = 255
    report = save(pixels, tmp_path / f"a{suffix}")
    assert not report.lossy
    assert report.quality is None
    back = load(report.path).pixels
    if suffix == ".webp" and channels < 3:
        assert (back[..., :1] == back[..., 1:2]).all()
        back = back[..., [0, 3][:channels]]
    if suffix == ".bmp":
        pixels = pixels[..., : 1 if channels < 3 else 3]
    np.testing.assert_array_equal(back, pixels)


@pytest.mark.parametrize("suffix", [".jpg", ".avif", ".gif"])
def test_loss_is_said(tmp_path: Path, suffix: str) -> None:
    report = save(scene(40, 40), tmp_path / f"a{suffix}")
    assert report.lossy
    assert any("PNG" in notice for notice in report.notices)
    assert np.abs(load(report.path).pixels.astype(int) - scene(40, 40)).mean() < 8


def test_webp_is_lossy_only_when_asked(tmp_path: Path) -> None:
    assert not save(scene(20, 20), tmp_path / "a.webp").lossy
    assert save(scene(20, 20), tmp_path / "b.webp", quality=80).lossy


def test_quality_is_used(tmp_path: Path) -> None:
    low = save(scene(64, 64), tmp_path / "low.jpg", quality=20)
    high = save(scene(64, 64), tmp_path / "high.jpg")
    assert (low.quality, high.quality) == (20, 95)
    assert low.size < high.size
    header = load(low.path).jpeg
    assert header is not None
    assert [q and (q.value, q.exact) for q in header.qualities] == [(20, True)] * 3
    with pytest.raises(UsageError, match="quality 0"):
        save(scene(8, 8), tmp_path / "none.jpg", quality=0)


def test_transparency_is_put_on_white_where_it_cannot_be_kept(tmp_path: Path) -> None:
    pixels = scene(16, 16, 4)
    pixels[..., 3] = 255
    pixels[:8, :, 3] = 0
    report = save(pixels, tmp_path / "a.bmp")
    assert report.lossy
    back = load(report.path).pixels
    assert (back[:8] == 255).all()
    np.testing.assert_array_equal(back[8:], pixels[8:, :, :3])


def test_sixteen_bits_are_rounded_to_the_nearest_eight(tmp_path: Path) -> None:
    pixels = np.array([[0, 128, 129, 257, 65535 - 128, 65535]], np.uint16)[..., None]
    report = save(pixels, tmp_path / "a.bmp")
    assert load(report.path).pixels.ravel().tolist() == [0, 0, 1, 1, 255, 255]
    assert any("16-bit" in notice for notice in report.notices)


def _with_metadata(orientation: int = 6) -> Picture:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Maker"
    inner = exif.get_ifd(0x8769)
    inner[0xA002], inner[0xA003], inner[0x9003] = 5, 6, "2020:01:01 00:00:00"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="6"/></x:xmpmeta>'
    return load(encoded(scene(12, 18), "JPEG", exif=exif, icc_profile=SRGB, xmp=xmp))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif"])
@pytest.mark.parametrize("deep", [False, True])
def test_metadata_is_kept_without_what_went_stale(tmp_path: Path, suffix: str, deep: bool) -> None:
    picture = _with_metadata()
    larger = scene(40, 44).astype(np.uint16) * 257 if deep else scene(40, 44)
    report = save(larger, tmp_path / f"a{suffix}", like=picture)
    back = load(report.path)
    assert back.pixels.shape == larger.shape
    assert back.orientation == 1
    assert back.icc == SRGB
    assert b'Orientation="1"' in back.xmp
    exif = Image.Exif()
    exif.load(b"Exif\0\0" + back.exif)
    assert exif[0x010F] == "Maker"
    inner = exif.get_ifd(0x8769)
    assert (inner[0xA002], inner[0xA003]) == (44, 40)
    assert inner[0x9003] == "2020:01:01 00:00:00"


def test_metadata_can_be_stripped_but_the_profile_stays(tmp_path: Path) -> None:
    report = save(_with_metadata(), tmp_path / "a.png", strip_metadata=True)
    back = load(report.path)
    assert back.exif == back.xmp == b""
    assert back.icc == SRGB


def test_metadata_that_a_format_cannot_hold_is_named(tmp_path: Path) -> None:
    report = save(_with_metadata(), tmp_path / "a.bmp")
    assert any(n.startswith("EXIF was left out") for n in report.notices)
    assert any("sRGB" in n for n in report.notices)


def test_a_profile_is_converted_where_it_cannot_be_kept(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert lab[16:20] == b"XYZ "
    swapped = Picture(scene(8, 8), icc=SRGB)
    report = save(swapped, tmp_path / "a.bmp")
    assert np.abs(load(report.path).pixels.astype(int) - scene(8, 8)).max() <= 1
    report = save(Picture(scene(8, 8), icc=lab), tmp_path / "a.png")
    assert any("does not fit" in n for n in report.notices)


def test_an_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"precious")
    with pytest.raises(OutputError, match="exists"):
        save(scene(8, 8), target)
    assert target.read_bytes() == b"precious"
    save(scene(8, 8), target, overwrite=True)
    np.testing.assert_array_equal(load(target).pixels, scene(8, 8))


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    old = tmp_path / "a.webp"
    old.write_bytes(b"old")
    with pytest.raises(OutputError):
        save(np.zeros((4, 16384, 3), np.uint8), old, overwrite=True)
    with pytest.raises(OutputError):
        save(scene(8, 8), tmp_path / "absent" / "a.png")
    assert old.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.webp"]


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.webp"):
        save(scene(8, 8), tmp_path / "a.xyz")


def test_every_format_in_the_table_can_be_written_and_read(tmp_path: Path) -> None:
    for form in FORMATS:
        if form.extra:
            pytest.importorskip("pillow_heif", reason="the extra heic is not installed")
        for suffix in form.suffixes:
            report = save(scene(24, 32), tmp_path / f"a{suffix}")
            assert report.format == form.name
            assert load(report.path).format == form.name
            assert report.size == len(report.path.read_bytes())


def test_a_tiff_is_read_by_pillow_too(tmp_path: Path) -> None:
    pixels = scene(700, 900)
    save(pixels, tmp_path / "a.tif", like=_with_metadata())
    with Image.open(io.BytesIO((tmp_path / "a.tif").read_bytes())) as image:
        np.testing.assert_array_equal(np.asarray(image), pixels)
