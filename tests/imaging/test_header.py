"""The header tells its facts without a pixel being decoded."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from rigatino.errors import ImageError
from rigatino.imaging import estimate_quality, jpeg_header, standard_table
from tests.imaging import jpeg_writer
from tests.imaging.pictures import encoded, scene


@pytest.mark.parametrize("quality", range(1, 101))
def test_standard_quality_is_exact(quality: int) -> None:
    header = jpeg_header(encoded(scene(8, 8), "JPEG", quality=quality))
    found = [q for q in header.qualities if q is not None]
    assert len(found) == 3
    for one in found:
        assert one.exact
        kind = one.base
        np.testing.assert_array_equal(
            standard_table(one.value, kind), standard_table(quality, kind)
        )


def test_other_tables_get_their_nearest_quality_and_a_residual() -> None:
    table = standard_table(70).copy()
    table[3, 4] += 5
    near = estimate_quality(table)
    assert (near.value, near.exact) == (70, False)
    assert 0 < near.residual < 0.02
    assert estimate_quality(np.full((8, 8), 17, np.uint16)).residual > 0.2


def test_luma_tables_for_chroma_are_recognised() -> None:
    assert estimate_quality(standard_table(40, "luma"), first=False).base == "luma"
    assert estimate_quality(standard_table(40, "chroma"), first=False).base == "chroma"


def test_facts() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    data = encoded(scene(20, 30), "JPEG", progressive=True, comment=b"by hand", exif=exif)
    header = jpeg_header(data)
    assert (header.height, header.width, header.precision) == (20, 30, 8)
    assert header.progressive
    assert header.scans == 10
    assert header.jfif == (1, 1)
    assert header.comment == "by hand"
    assert header.colour == "YCbCr"
    assert header.sampling == "4:2:0"
    assert b"Maker" in header.exif
    assert not header.thumbnail
    assert header.ended
    assert header.notes == ()
    assert not jpeg_header(data[:-2]).ended


@pytest.mark.parametrize(
    ("factors", "name"),
    [
        ([(1, 1)] * 3, "4:4:4"), ([(2, 1), (1, 1), (1, 1)], "4:2:2"),
        ([(2, 2), (1, 1), (1, 1)], "4:2:0"), ([(1, 2), (1, 1), (1, 1)], "4:4:0"),
        ([(4, 1), (1, 1), (1, 1)], "4:1:1"), ([(4, 2), (1, 1), (1, 1)], "4:1:0"),
        ([(2, 2), (2, 1), (2, 1)], "4:4:0"), ([(2, 2), (1, 2), (1, 1)], "2x2,1x2,1x1"),
        ([(3, 1), (1, 1), (1, 1)], "3x1,1x1,1x1"), ([(2, 2)], "grey"),
    ],
)  # fmt: skip
def test_sampling_is_named(factors: list[tuple[int, int]], name: str) -> None:
    most_h, most_v = max(h for h, _ in factors), max(v for _, v in factors)
    parts = []
    for h, v in factors:
        rows, columns = jpeg_writer.padded(9, v, most_v), jpeg_writer.padded(9, h, most_h)
        blocks = np.zeros((rows, columns, 8, 8), int)
        parts.append(jpeg_writer.Component(h, v, np.ones((8, 8), int), blocks))
    assert jpeg_header(jpeg_writer.write(9, 9, parts)).sampling == name


@pytest.mark.parametrize(
    ("count", "adobe", "colour"),
    [
        (1, None, "grey"), (3, None, "YCbCr"), (3, 0, "RGB"), (3, 1, "YCbCr"),
        (4, None, "CMYK"), (4, 0, "CMYK"), (4, 2, "YCCK"), (2, None, "unknown"),
    ],
)  # fmt: skip
def test_the_colour_transform_is_what_decoders_agree_on(
    count: int, adobe: int | None, colour: str
) -> None:
    part = jpeg_writer.Component(1, 1, np.ones((8, 8), int), np.zeros((1, 1, 8, 8), int))
    data = jpeg_writer.write(8, 8, [part] * count, adobe=adobe)
    assert jpeg_header(data).colour == colour


def test_a_header_cut_short_is_an_error_in_one_line() -> None:
    data = encoded(scene(8, 8), "JPEG")
    for cut in range(2, data.index(b"\xff\xda"), 17):
        try:
            assert jpeg_header(data[:cut]).width == 8
        except ImageError as error:
            shown = str(error)
            assert "\n" not in shown
