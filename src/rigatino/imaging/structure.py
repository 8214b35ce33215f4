"""Is a file whole? A look at its skeleton that no decoder takes part in."""

from __future__ import annotations

import zlib

from rigatino.errors import ImageError
from rigatino.imaging.jpeg import markers
from rigatino.imaging.jpeg.header import JpegHeader, header_of

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def jpeg_facts(data: bytes) -> JpegHeader | None:
    """The header of a JPEG, or None: not a JPEG, or none that can be read."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    try:
        return header_of(markers.walk(data))
    except ImageError:
        return None


def flaws(data: bytes, header: JpegHeader | None) -> tuple[str, ...] | None:
    """What is wrong with a JPEG or PNG; None where the format is another one."""
    if header is not None:
        return (*header.notes, *(() if header.ended else ("the end of the file is missing",)))
    return _png_flaws(data) if data[:8] == PNG_SIGNATURE else None


def _png_flaws(data: bytes) -> tuple[str, ...]:
    """Walk the chunks and check each checksum."""
    at, found = 8, []
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(data):
            break
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            found.append(f"chunk {kind.decode('latin-1')!r} has a wrong checksum")
        if kind == b"IEND":
            return tuple(found)
        at = end + 4
    return (*found, "the end of the file is missing")


def png_size(data: bytes) -> tuple[int, int]:
    """(height, width) of a PNG that begins with its header chunk; (0, 0) otherwise."""
    if data[12:16] != b"IHDR" or len(data) < 26:
        return 0, 0
    return int.from_bytes(data[20:24], "big"), int.from_bytes(data[16:20], "big")
