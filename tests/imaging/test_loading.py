"""Reading pictures: every mode, orientation once, limits first, damage said."""

from __future__ import annotations

import io
import os
import signal
import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from rigatino.errors import ImageError, ImageLimitError, MissingExtraError
from rigatino.imaging import Limits, isolation, load, load_with_coefficients
from rigatino.imaging.isolation import WORKER
from tests.imaging.pictures import encoded, encoded_image, scene

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LOSSLESS = {"PNG": {}, "TIFF": {}, "BMP": {}, "WEBP": {"lossless": True}}


@pytest.mark.parametrize("form", list(LOSSLESS))
def test_colour_comes_back_exactly(form: str) -> None:
    pixels = scene(21, 34)
    picture = load(encoded(pixels, form, **LOSSLESS[form]))
    np.testing.assert_array_equal(picture.pixels, pixels)
    assert (picture.format, picture.mode, picture.bits) == (form, "rgb", 8)
    assert picture.warnings == picture.notices == ()


@pytest.mark.parametrize("form", ["JPEG", "AVIF"])
def test_lossy_files_match_pillow(form: str) -> None:
    data = encoded(scene(21, 34), form, quality=80)
    expected = np.asarray(Image.open(io.BytesIO(data)))
    np.testing.assert_array_equal(load(data).pixels, expected)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_orientation_is_applied_once(form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(scene(12, 18), form, exif=exif, **LOSSLESS.get(form, {}))
    turned = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    np.testing.assert_array_equal(load(data).pixels, np.asarray(turned))
    if form == "JPEG":
        assert load(data).orientation == orientation
        assert load(data).stored_size == (12, 18)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("L", "grey"), ("LA", "grey+alpha"), ("RGBA", "rgba"), ("1", "grey")],
)
def test_modes(mode: str, expected: str) -> None:
    image = Image.fromarray(scene(20, 20, 4)).convert(mode)
    picture = load(encoded_image(image, "PNG"))
    assert picture.mode == expected
    shown = np.asarray(image.convert("L") if mode == "1" else image)
    np.testing.assert_array_equal(picture.pixels.reshape(shown.shape), shown)
    assert picture.source_bits == (1 if mode == "1" else 8)


def test_palette_with_transparency() -> None:
    image = Image.fromarray(scene(20, 20)).quantize(16)
    data = encoded_image(image, "PNG", transparency=bytes(range(0, 256, 16)))
    picture = load(data)
    assert picture.mode == "rgba"
    np.testing.assert_array_equal(
        picture.pixels, np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    )


@pytest.mark.parametrize("adobe", [0, 2])
def test_cmyk_and_ycck(adobe: int) -> None:
    image = Image.fromarray(scene(24, 24)).convert("CMYK")
    data = encoded_image(image, "JPEG", quality=95)
    at = data.index(b"Adobe") + 11
    data = data[:at] + bytes([adobe]) + data[at + 1 :]
    picture = load(data)
    assert picture.mode == "rgb"
    assert any("CMYK" in notice for notice in picture.notices)
    assert picture.jpeg is not None
    assert picture.jpeg.colour == ("YCCK" if adobe else "CMYK")
    np.testing.assert_array_equal(
        picture.pixels, np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    )


def test_an_animation_gives_its_first_frame_and_says_so() -> None:
    frames = [Image.fromarray(scene(16, 16, 1, seed)[..., 0]) for seed in range(3)]
    data = encoded_image(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = load(data)
    assert picture.frames == 3
    assert picture.notices == ("the first of 3 frames is used",)
    first = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    np.testing.assert_array_equal(picture.pixels[..., 0], first)


def test_metadata_comes_along() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    for form in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF"):
        told = {} if form == "PNG" else {"xmp": b"<x/>"}
        if form == "TIFF":
            told = {"tiffinfo": {700: b"<x/>", 0x010F: "Maker"}}
        picture = load(encoded(scene(9, 9), form, exif=exif, icc_profile=SRGB, **told))
        assert b"Maker" in picture.exif, form
        assert picture.icc == SRGB, form
        assert picture.xmp == (b"" if form == "PNG" else b"<x/>"), form


def test_metadata_beyond_the_limit_is_left_out_and_said() -> None:
    data = encoded(scene(9, 9), "JPEG", icc_profile=SRGB)
    picture = load(data, Limits(metadata_bytes=100))
    assert picture.icc == b""
    assert "ICC" in picture.warnings[0]


def test_a_profile_for_another_kind_of_picture_is_dropped() -> None:
    picture = load(encoded(scene(9, 9, 1), "PNG", icc_profile=SRGB))
    assert picture.icc == b""
    assert "profile" in picture.notices[0]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP"])
def test_a_truncated_file_is_read_as_far_as_it_goes(form: str) -> None:
    pixels = scene(64, 64, 1)
    data = encoded(pixels, form)
    whole = load(data)
    picture = load(data[: len(data) * 2 // 3])
    assert picture.warnings
    assert picture.pixels.shape == whole.pixels.shape
    kept = slice(-24, None) if form == "BMP" else slice(0, 8)
    np.testing.assert_array_equal(picture.pixels[kept], whole.pixels[kept])


def test_a_wrong_checksum_is_said() -> None:
    data = bytearray(encoded(scene(20, 20), "PNG"))
    data[-20] ^= 1
    assert any("checksum" in warning for warning in load(bytes(data)).warnings)


def _huge_png(side: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ImageLimitError, match="100000×100000"):
        load(_huge_png(100_000))
    stream = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(stream, "TIFF", compression="group4")
    with pytest.raises(ImageLimitError, match="30000×30000"):
        load(stream.getvalue())


def test_other_limits() -> None:
    data = encoded(scene(20, 20), "PNG")
    with pytest.raises(ImageLimitError, match="bytes"):
        load(data, Limits(file_bytes=100))
    with pytest.raises(ImageLimitError, match="side"):
        load(data, Limits(side=19))
    frames = [Image.new("L", (4, 4), shade) for shade in range(5)]
    film = encoded_image(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ImageLimitError, match="5 frames"):
        load(film, Limits(frames=4))


@pytest.mark.parametrize(
    "data", [b"", b"nonsense", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM"]
)
def test_what_is_no_picture_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ImageError) as caught:
        load(data)
    assert "\n" not in str(caught.value)
    assert "object at" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ImageError, match="is not a file"):
        load(tmp_path / "absent.png")
    with pytest.raises(ImageError, match="is not a file"):
        load(tmp_path)


def test_a_worker_that_takes_too_long_is_ended_and_the_next_one_works() -> None:
    data = encoded(scene(2000, 2000), "WEBP", lossless=True, method=0)
    with pytest.raises(ImageLimitError, match="too long"):
        load(data, Limits(worker_seconds=0.001))
    assert load(encoded(scene(8, 8), "BMP")).width == 8


def test_a_worker_without_memory_refuses_and_lives() -> None:
    data = encoded(np.zeros((6000, 6000, 3), np.uint8), "WEBP", lossless=True, method=0)
    with pytest.raises(ImageError):
        load(data, Limits(worker_bytes=300 * 2**20))
    WORKER.close()


def test_a_worker_that_dies_does_not_take_the_program_with_it() -> None:
    load(encoded(scene(8, 8), "BMP"))
    process = WORKER._process
    assert process is not None
    noise = np.random.default_rng(0).integers(0, 256, (3000, 3000, 3)).astype(np.uint8)
    slow = encoded(noise, "WEBP", lossless=True, method=0)
    killer = threading.Timer(0.1, os.kill, (process.pid, signal.SIGSEGV))
    killer.start()
    with pytest.raises(ImageError, match="brought its decoder down"):
        load(slow)
    assert load(encoded(scene(8, 8), "BMP")).width == 8


def test_heic_without_its_part_names_the_command() -> None:
    with pytest.raises(MissingExtraError, match="rigatino\\[heic\\]"):
        isolation._refused({"error": "No module named 'pillow_heif'"})


def test_heic_with_its_part() -> None:
    pillow_heif = pytest.importorskip("pillow_heif", reason="the extra heic is not installed")
    pillow_heif.register_heif_opener()
    data = encoded(scene(32, 48), "HEIF", quality=90)
    picture = load(data)
    assert (picture.format, picture.height, picture.width) == ("HEIF", 32, 48)


def test_coefficients_come_with_the_picture_or_the_reason_why_not() -> None:
    data = encoded(scene(16, 16), "JPEG")
    picture, read = load_with_coefficients(data)
    assert read is not None
    assert read.complete
    assert picture.warnings == ()
    cut = data[: data.index(b"\xff\xda") + 20]
    picture, read = load_with_coefficients(cut)
    assert picture.pixels.shape == (16, 16, 3)
    assert load_with_coefficients(encoded(scene(16, 16), "PNG"))[1] is None


def test_what_is_wrong_is_said_of_the_file_by_name(tmp_path: Path) -> None:
    path = tmp_path / "letter.png"
    path.write_bytes(b"nonsense")
    for read in (load, load_with_coefficients):
        with pytest.raises(ImageError, match=r"letter\.png: a file of unknown kind"):
            read(path)
