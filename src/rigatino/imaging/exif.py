"""EXIF and XMP as bytes: read the orientation, and patch in place what has gone stale.

Nothing is re-serialised: maker notes hold offsets from the start of the block, and a
block that keeps its layout keeps them valid.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

_ORIENTATION, _THUMB_AT, _THUMB_LENGTH, _EXIF_IFD = 0x0112, 0x0201, 0x0202, 0x8769
_PIXEL_WIDTH, _PIXEL_HEIGHT, _EXPOSURE = 0xA002, 0xA003, 0x829A
_SHORT, _LONG = 3, 4


@dataclass(frozen=True, slots=True)
class _Directory:
    """One IFD: entry offsets by tag, and where the link to the next directory lies."""

    entries: dict[int, int]
    next_link: int
    next_at: int


class _Block:
    """A TIFF-shaped block of bytes; every read is bounded, None where nothing lies."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.order = {b"II": "<", b"MM": ">"}.get(data[:2], "")

    def number(self, at: int, form: str) -> int | None:
        size = struct.calcsize(form)
        if not self.order or at < 0 or at + size > len(self.data):
            return None
        return int(struct.unpack_from(self.order + form, self.data, at)[0])

    def directory(self, at: int | None) -> _Directory | None:
        count = None if not at else self.number(at, "H")
        if at is None or count is None:
            return None
        entries: dict[int, int] = {}
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag = self.number(entry, "H")
            if tag is None:
                return None
            entries.setdefault(tag, entry)
        link = at + 2 + 12 * count
        return _Directory(entries, link, self.number(link, "I") or 0)

    def value(self, directory: _Directory, tag: int) -> int | None:
        """The single short or long number of a tag."""
        entry = directory.entries.get(tag)
        kind = None if entry is None else self.number(entry + 2, "H")
        if entry is None or kind not in (_SHORT, _LONG):
            return None
        return self.number(entry + 8, "H" if kind == _SHORT else "I")

    def write(self, directory: _Directory, tag: int, value: int) -> None:
        entry = directory.entries.get(tag)
        kind = None if entry is None else self.number(entry + 2, "H")
        if entry is None or self.number(entry + 8, "I") is None:
            return
        if kind == _LONG or (kind == _SHORT and value < 2**16):
            struct.pack_into(
                self.order + ("I" if kind == _LONG else "H"), self.data, entry + 8, value
            )

    def first(self) -> _Directory | None:
        return self.directory(self.number(4, "I"))


def orientation(exif: bytes) -> int:
    """The stored orientation, 1 … 8; 1 where none is stated."""
    block = _Block(exif)
    first = block.first()
    stated = block.value(first, _ORIENTATION) if first else None
    return stated if stated is not None and 1 <= stated <= 8 else 1


def tells_exposure(exif: bytes) -> bool:
    """Whether an exposure time is stated, as cameras do."""
    block = _Block(exif)
    first = block.first()
    inner = block.directory(block.value(first, _EXIF_IFD)) if first else None
    return inner is not None and _EXPOSURE in inner.entries


def has_thumbnail(exif: bytes) -> bool:
    """Whether the second directory points to a small JPEG."""
    block = _Block(exif)
    first = block.first()
    second = block.directory(first.next_at) if first else None
    return bool(second and block.value(second, _THUMB_LENGTH))


def cleaned(exif: bytes, size: tuple[int, int]) -> bytes:
    """The block for a picture of ``size`` (height, width) whose orientation was applied.

    Orientation becomes 1, the stated pixel size is corrected, and the thumbnail goes: its
    directory is unlinked and its bytes are cut off, or blanked where others follow.
    """
    block = _Block(exif)
    first = block.first()
    if first is None:
        return b""
    block.write(first, _ORIENTATION, 1)
    inner = block.directory(block.value(first, _EXIF_IFD))
    if inner is not None:
        block.write(inner, _PIXEL_HEIGHT, size[0])
        block.write(inner, _PIXEL_WIDTH, size[1])
    _drop_thumbnail(block, first)
    return bytes(block.data)


def _drop_thumbnail(block: _Block, first: _Directory) -> None:
    second = block.directory(first.next_at)
    if block.number(first.next_link, "I") is not None:
        struct.pack_into(block.order + "I", block.data, first.next_link, 0)
    start = block.value(second, _THUMB_AT) if second else None
    length = block.value(second, _THUMB_LENGTH) if second else None
    if not start or not length or start + length > len(block.data):
        return
    if start + length >= len(block.data) - 1:
        del block.data[start:]
    else:
        block.data[start : start + length] = bytes(length)


_XMP_ORIENTATION = re.compile(rb"(tiff:Orientation(?:=[\"']|>))[1-8]")


def cleaned_xmp(xmp: bytes) -> bytes:
    """XMP with its orientation reset and its thumbnails taken out."""
    xmp = _XMP_ORIENTATION.sub(rb"\g<1>1", xmp)
    start, close = xmp.find(b"<xmp:Thumbnails"), b"</xmp:Thumbnails>"
    end = xmp.find(close, start)
    return xmp if start < 0 or end < 0 else xmp[:start] + xmp[end + len(close) :]
