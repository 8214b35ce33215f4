"""Write a TIFF with 8 or 16 bits per sample, deflate-compressed strips."""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO, NamedTuple

from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from rigatino.errors import OutputError
from rigatino.imaging.metadata import DIRECTORIES, TELLING
from rigatino.imaging.record import Pixels

_STRIP_BYTES = 1 << 20
_DEFLATE, _DIFFERENCES, _UNASSOCIATED = 8, 2, 2
_BYTE, _ASCII, _SHORT, _LONG, _UNDEFINED = 1, 2, 3, 4, 7
_LETTER = {_SHORT: "H", _LONG: "I"}


def write_tiff(stream: BinaryIO, pixels: Pixels, icc: bytes, exif: bytes, xmp: bytes) -> None:
    """Header, strips, and the directory at the end."""
    height, width, channels = pixels.shape
    stream.write(b"II*\0" + bytes(4))
    rows = max(1, _STRIP_BYTES // (width * channels * pixels.dtype.itemsize))
    offsets, counts = [], []
    for top in range(0, height, rows):
        strip = zlib.compress(_differences(pixels[top : top + rows]), 6)
        offsets.append(stream.tell())
        counts.append(stream.write(strip))
    at = stream.tell() + stream.tell() % 2
    if at + 2**24 > 2**32:
        raise OutputError("a picture of more than 4 GiB", "what a TIFF can hold", "write PNG")
    stream.seek(at)
    entries = _layout(pixels, rows, offsets, counts) + _described(icc, exif, xmp)
    stream.write(_directory(sorted(entries, key=lambda entry: entry.tag), at))
    stream.seek(4)
    stream.write(struct.pack("<I", at))


def _differences(rows: Pixels) -> bytes:
    """Each sample minus its left neighbour's, modulo its range."""
    out = rows.copy()
    out[:, 1:] -= rows[:, :-1]
    return out.astype(out.dtype.newbyteorder("<"), copy=False).tobytes()


class _Entry(NamedTuple):
    """One tag; ``data`` as bytes, or another directory whose bytes depend on its place."""

    tag: int
    kind: int
    number: int
    data: bytes | ImageFileDirectory_v2


def _numbers(tag: int, *values: int, kind: int = _SHORT) -> _Entry:
    return _Entry(tag, kind, len(values), struct.pack(f"<{len(values)}{_LETTER[kind]}", *values))


def _layout(pixels: Pixels, rows: int, offsets: list[int], counts: list[int]) -> list[_Entry]:
    """How the samples are stored."""
    height, width, channels = pixels.shape
    colours = 1 if channels < 3 else 3
    return [
        _numbers(256, width, kind=_LONG),
        _numbers(257, height, kind=_LONG),
        _numbers(258, *(8 * pixels.dtype.itemsize,) * channels),
        _numbers(259, _DEFLATE),
        _numbers(262, 1 if colours == 1 else 2),
        _numbers(273, *offsets, kind=_LONG),
        _numbers(274, 1),
        _numbers(277, channels),
        _numbers(278, rows, kind=_LONG),
        _numbers(279, *counts, kind=_LONG),
        _numbers(284, 1),
        _numbers(317, _DIFFERENCES),
        *([_numbers(338, _UNASSOCIATED)] if channels > colours else []),
    ]


def _described(icc: bytes, exif: bytes, xmp: bytes) -> list[_Entry]:
    """Profile, XMP and the EXIF tags that describe the picture."""
    found = [_Entry(700, _BYTE, len(xmp), xmp)] if xmp else []
    found += [_Entry(34675, _UNDEFINED, len(icc), icc)] if icc else []
    stored = Image.Exif()
    if exif:
        stored.load(b"Exif\0\0" + exif)
    for tag in (tag for tag in TELLING if tag in stored):
        if tag in DIRECTORIES:
            inner = ImageFileDirectory_v2(group=tag)
            for key, value in stored.get_ifd(tag).items():
                inner[key] = value
            found.append(_Entry(tag, _LONG, 1, inner))
        elif isinstance(stored[tag], str):
            text = stored[tag].encode("utf-8") + b"\0"
            found.append(_Entry(tag, _ASCII, len(text), text))
    return found


def _directory(entries: list[_Entry], at: int) -> bytes:
    """The directory for offset ``at``, with the data that do not fit into its entries."""
    head, tail = struct.pack("<H", len(entries)), b""
    after = at + 2 + 12 * len(entries) + 4
    for entry in entries:
        place = after + len(tail)
        if isinstance(entry.data, bytes):
            inline = len(entry.data) <= 4
            value = entry.data.ljust(4, b"\0") if inline else struct.pack("<I", place)
            tail += b"" if inline else entry.data + bytes(len(entry.data) % 2)
        else:
            value = struct.pack("<I", place)
            body = entry.data.tobytes(place)
            tail += body + bytes(len(body) % 2)
        head += struct.pack("<HHI", entry.tag, entry.kind, entry.number) + value
    return head + bytes(4) + tail
