"""A PNG reader for the tests alone: slow, plain, after the specification.

It shares nothing with the program (which leaves PNG to Pillow), so that its pixels can
serve as reference. Returns RGBA with 16 bits each, whatever the file holds.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = [
    (0, 0, 8, 8),
    (0, 4, 8, 8),
    (4, 0, 8, 4),
    (0, 2, 4, 4),
    (2, 0, 4, 2),
    (0, 1, 2, 2),
    (1, 0, 2, 1),
]


def read(data: bytes) -> np.ndarray:
    """(H, W, 4) uint16."""
    chunks = _chunks(data)
    width, height, bits, kind, _, _, laced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    raw = zlib.decompress(chunks[b"IDAT"])
    samples = np.zeros((height, width, _CHANNELS[kind]), np.int64)
    at = 0
    for y0, x0, dy, dx in _PASSES if laced else [(0, 0, 1, 1)]:
        rows, columns = -(-(height - y0) // dy), -(-(width - x0) // dx)
        if rows > 0 and columns > 0:
            part, at = _pass(raw, at, rows, columns, bits, _CHANNELS[kind])
            samples[y0::dy, x0::dx] = part
    return _rgba(samples, bits, kind, chunks)


def _chunks(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        found[kind] = found.get(kind, b"") + body if kind == b"IDAT" else body
        at += 12 + length
    return found


def _pass(raw: bytes, at: int, rows: int, columns: int, bits: int, channels: int):  # type: ignore[no-untyped-def]
    length, step = -(-columns * channels * bits // 8), max(1, channels * bits // 8)
    above, out = bytearray(length), []
    for _ in range(rows):
        row = bytearray(raw[at + 1 : at + 1 + length])
        for i in range(length):
            a = row[i - step] if i >= step else 0
            b, c = above[i], above[i - step] if i >= step else 0
            row[i] = (row[i] + _predicted(raw[at], a, b, c)) & 255
        out.append(_unpack(bytes(row), bits)[: columns * channels])
        above, at = row, at + 1 + length
    return np.array(out).reshape(rows, columns, channels), at


def _predicted(kind: int, a: int, b: int, c: int) -> int:
    if kind == 4:
        near = [(abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c)]
        return min(near)[2]
    return (0, a, b, (a + b) // 2)[kind]


def _unpack(row: bytes, bits: int) -> list[int]:
    if bits == 16:
        return list(struct.unpack(f">{len(row) // 2}H", row))
    mask = (1 << bits) - 1
    return [byte >> shift & mask for byte in row for shift in range(8 - bits, -1, -bits)]


def _rgba(samples: np.ndarray, bits: int, kind: int, chunks: dict[bytes, bytes]) -> np.ndarray:
    key = chunks.get(b"tRNS", b"")
    if kind == 3:
        palette = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
        alpha = np.full(len(palette), 255, np.int64)
        alpha[: len(key)] = np.frombuffer(key, np.uint8)
        index = samples[..., 0]
        return (np.concatenate([palette[index], alpha[index][..., None]], axis=2) * 257).astype(
            np.uint16
        )
    scaled = samples * (65535 // (2**bits - 1))
    colour = scaled[..., :1].repeat(3, axis=2) if kind in (0, 4) else scaled[..., :3]
    if kind in (4, 6):
        alpha = scaled[..., -1]
    elif key:
        clear = np.frombuffer(key, ">u2").astype(np.int64)
        alpha = np.where((samples == clear).all(axis=2), 0, 65535)
    else:
        alpha = np.full(samples.shape[:2], 65535)
    return np.concatenate([colour, alpha[..., None]], axis=2).astype(np.uint16)
