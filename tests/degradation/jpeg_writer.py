"""Writes baseline JPEG files from stored integers, with any tables and any sampling factors.

The Huffman codes are the plainest there can be: the code of a symbol is the symbol itself, in 8
bits for AC and 4 bits for DC. Every decoder reads them.
"""

from __future__ import annotations

import numpy as np

# Natural order of the zigzag: diagonal after diagonal, turning at each end.
ZIGZAG = sorted(
    ((u, v) for u in range(8) for v in range(8)),
    key=lambda p: (sum(p), p[0] if sum(p) % 2 else p[1]),
)


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _huffman(number: int, length: int, symbols: int) -> bytes:
    counts = [symbols if n == length else 0 for n in range(1, 17)]
    return bytes((number, *counts, *range(symbols)))


def _signed(value: int) -> str:
    """The bits of a value after its size, as T.81 F.1.2 has it."""
    size = abs(value).bit_length()
    return format(value if value > 0 else value + (1 << size) - 1, f"0{size}b") if size else ""


def _block(block: np.ndarray, previous: int) -> str:
    values = [int(block[p]) for p in ZIGZAG]
    step = values[0] - previous
    bits, run = format(abs(step).bit_length(), "04b") + _signed(step), 0
    last = max((k for k in range(64) if values[k]), default=0)
    for value in values[1 : last + 1]:
        if value == 0:
            run += 1
            continue
        bits += format(0xF0, "08b") * (run // 16)
        bits += format((run % 16 << 4) | abs(value).bit_length(), "08b") + _signed(value)
        run = 0
    return bits + (format(0, "08b") if last < 63 else "")


def _scan(stored, factors) -> bytes:
    """Interleaved MCUs; blocks beyond a component's own are filled up with its last ones."""
    if len(stored) == 1:
        factors = ((1, 1),)
    mcus_down = max(-(-s.shape[0] // f[1]) for s, f in zip(stored, factors, strict=True))
    mcus_across = max(-(-s.shape[1] // f[0]) for s, f in zip(stored, factors, strict=True))
    bits, previous = [], [0] * len(stored)
    for row in range(mcus_down):
        for column in range(mcus_across):
            for c, (blocks, (across, down)) in enumerate(zip(stored, factors, strict=True)):
                for i in range(row * down, (row + 1) * down):
                    for j in range(column * across, (column + 1) * across):
                        block = blocks[min(i, len(blocks) - 1), min(j, blocks.shape[1] - 1)]
                        bits.append(_block(block, previous[c]))
                        previous[c] = int(block[0, 0])
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    data = int(text, 2).to_bytes(len(text) // 8, "big")
    return data.replace(b"\xff", b"\xff\x00")


def jpeg_file(stored, tables, factors, size) -> bytes:
    """A whole file; ``tables`` in natural order, one per component."""
    count = len(stored)
    if count == 1:
        factors = ((1, 1),)
    frame = bytes((8, *size[0].to_bytes(2, "big"), *size[1].to_bytes(2, "big"), count))
    start = bytes((count,))
    out = b"\xff\xd8"
    out += _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    for c in range(count):
        steps = np.array(tables[c]).reshape(8, 8)
        out += _segment(0xDB, bytes((c, *(int(steps[p]) for p in ZIGZAG))))
        frame += bytes((c + 1, factors[c][0] << 4 | factors[c][1], c))
        start += bytes((c + 1, 0))
    out += _segment(0xC0, frame) + _segment(0xC4, _huffman(0x00, 4, 12))
    out += _segment(0xC4, _huffman(0x10, 8, 251)) + _segment(0xDA, start + bytes((0, 63, 0)))
    return out + _scan(stored, factors) + b"\xff\xd9"
