"""Write a PNG with 16 bits per sample, which Pillow does not write in colour."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.structure import PNG_SIGNATURE

Bytes = NDArray[np.uint8]
_COLOUR_TYPE = {1: 0, 2: 4, 3: 2, 4: 6}
_BAND = 64


def write_png16(
    stream: BinaryIO, pixels: NDArray[np.uint16], icc: bytes, exif: bytes, xmp: bytes
) -> None:
    """Write (H, W, 1 … 4) in 16 bits, with its metadata."""
    height, width, channels = pixels.shape
    stream.write(PNG_SIGNATURE)
    _chunk(
        stream, b"IHDR", struct.pack(">IIBBBBB", width, height, 16, _COLOUR_TYPE[channels], 0, 0, 0)
    )
    if icc:
        _chunk(stream, b"iCCP", b"icc\0\0" + zlib.compress(icc))
    if exif:
        _chunk(stream, b"eXIf", exif)
    if xmp:
        _chunk(stream, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
    packer = zlib.compressobj(6)
    for rows in _filtered(pixels):
        _chunk(stream, b"IDAT", packer.compress(rows))
    _chunk(stream, b"IDAT", packer.flush())
    _chunk(stream, b"IEND", b"")


def _chunk(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    stream.write(struct.pack(">I", len(body)) + kind + body)
    stream.write(struct.pack(">I", zlib.crc32(kind + body)))


def _filtered(pixels: NDArray[np.uint16]) -> Iterator[bytes]:
    """Bands of rows, each row under the filter that leaves the smallest differences."""
    step = 2 * pixels.shape[2]
    above = np.zeros((1, pixels.shape[1] * step), np.uint8)
    for top in range(0, len(pixels), _BAND):
        rows = pixels[top : top + _BAND].astype(">u2").view(np.uint8).reshape(-1, above.shape[1])
        up = np.concatenate([above, rows[:-1]])
        candidates = _candidates(rows, up, step)
        # Differences wrap around, so 255 is as small as 1.
        cost = np.abs(candidates.view(np.int8).astype(np.int16)).sum(axis=2, dtype=np.int64)
        best = np.argmin(cost, axis=0)
        chosen = candidates[best, np.arange(len(rows))]
        kinds = np.array([1, 2, 4], np.uint8)[best]
        yield np.concatenate([kinds[:, None], chosen], axis=1).tobytes()
        above = rows[-1:]


def _candidates(rows: Bytes, up: Bytes, step: int) -> Bytes:
    """The rows under filters Sub, Up and Paeth, (3, rows, bytes)."""
    left, corner = np.zeros_like(rows), np.zeros_like(rows)
    left[:, step:], corner[:, step:] = rows[:, :-step], up[:, :-step]
    a, b, c = (part.astype(np.int16) for part in (left, up, corner))
    far_a, far_b, far_c = np.abs(b - c), np.abs(a - c), np.abs(a + b - 2 * c)
    paeth = np.where(
        (far_a <= far_b) & (far_a <= far_c), left, np.where(far_b <= far_c, up, corner)
    )
    return np.stack([rows - left, rows - up, rows - paeth])
