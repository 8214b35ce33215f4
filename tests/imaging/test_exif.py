"""EXIF and XMP are patched in place: orientation, size, thumbnail; nothing else moves."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigatino.imaging import exif


def _block(order: str, orientation: int, thumbnail: bytes, tail: bytes = b"") -> bytes:
    """First directory: orientation, maker; second: a thumbnail, then ``tail``."""
    first, second, thumb_at = 8, 8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 2 + 24 + 4
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, first)
    entries = struct.pack(order + "HHHIHH", 2, 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(order + "HHI4s", 0x010F, 2, 4, b"abc\0")
    entries += struct.pack(order + "I", second if thumbnail else 0)
    thumbs = struct.pack(order + "HHHII", 2, 0x0201, 4, 1, thumb_at)
    thumbs += struct.pack(order + "HHII", 0x0202, 4, 1, len(thumbnail)) + bytes(4)
    return head + entries + thumbs + thumbnail + tail


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_read_and_reset(order: str, orientation: int) -> None:
    block = _block(order, orientation, b"")
    assert exif.orientation(block) == orientation
    assert exif.orientation(exif.cleaned(block, (1, 1))) == 1


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("tail", [b"", b"maker notes that lie behind"])
def test_the_thumbnail_goes_and_the_rest_stays_in_place(order: str, tail: bytes) -> None:
    block = _block(order, 6, b"\xff\xd8small picture\xff\xd9", tail)
    assert exif.has_thumbnail(block)
    clean = exif.cleaned(block, (1, 1))
    assert not exif.has_thumbnail(clean)
    assert b"small picture" not in clean
    assert clean.endswith(tail)
    assert clean[: 8 + 2 + 8] == block[: 8 + 2 + 8]
    if tail:
        assert len(clean) == len(block)


def test_an_orientation_out_of_range_counts_as_upright() -> None:
    assert exif.orientation(_block("<", 9, b"")) == 1


@given(st.binary(max_size=200), st.sampled_from([b"II*\0", b"MM\0*", b""]))
def test_no_bytes_bring_it_down(noise: bytes, start: bytes) -> None:
    block = start + noise
    assert 1 <= exif.orientation(block) <= 8
    exif.has_thumbnail(block)
    assert len(exif.cleaned(block, (3, 4))) <= len(block)


def test_xmp_is_reset_and_loses_its_thumbnails() -> None:
    xmp = b"<tiff:Orientation>8</tiff:Orientation><xmp:Thumbnails>AAAA</xmp:Thumbnails><keep/>"
    assert exif.cleaned_xmp(xmp) == b"<tiff:Orientation>1</tiff:Orientation><keep/>"
