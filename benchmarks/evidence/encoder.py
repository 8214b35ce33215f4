"""Encoders that do not round to the nearest step: thresholding, and a rule like trellis's.

Pictures become coefficients by this package's own codec; the file is written with the plainest
Huffman codes there can be (the code of a symbol is the symbol itself), which every decoder reads.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.jpeg import SAMPLINGS, Jpeg, quality_tables

Ints = NDArray[np.int32]
#: (coefficients (…, 8, 8) before quantising, steps (8, 8)) -> integers
Rule = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
_ORDER = sorted(
    ((u, v) for u in range(8) for v in range(8)),
    key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]),
)
_HIGH = np.add.outer(np.arange(8), np.arange(8)) >= 4


def thresholded(exact: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded; single units of fine detail are dropped."""
    found = np.rint(exact / steps)
    return np.where(_HIGH & (np.abs(found) <= 1), 0, found)


def trellis_like(exact: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded towards zero where the error that this makes is worth less than its bits.

    As in a trellis, squared error + λ · bits decides, each coefficient by itself: a magnitude of
    n costs about 2 log₂(n + 1) bits and the run before it.
    """
    size = np.abs(exact) / steps
    best = np.floor(size)
    above = best + 1
    weight = 0.12
    cost = [(size - n) ** 2 + weight * (2 * np.log2(n + 1) + (n > 0)) for n in (best, above)]
    chosen = np.where(cost[1] < cost[0], above, best)
    zero = size**2 < np.minimum(*cost)
    out = np.sign(exact) * np.where(zero, 0, chosen)
    out[..., 0, 0] = np.rint(exact[..., 0, 0] / steps[0, 0])
    return out


def saved(pixels: NDArray[np.uint8], quality: int, rule: Rule) -> bytes:
    """4:2:0 with the standard tables."""
    tables, factors = quality_tables(quality), SAMPLINGS["4:2:0"]
    ones = ((1,) * 64,) * 2
    exact = Jpeg(ones, factors).stored((pixels / np.float32(255)).astype(np.float32))
    stored = [
        rule(part.astype(float), np.array(tables[min(at, 1)], float).reshape(8, 8)).astype(int)
        for at, part in enumerate(exact)
    ]
    return written(stored, tables, factors, (pixels.shape[0], pixels.shape[1]))


def written(
    stored: list[NDArray[np.int64]], tables: tuple[tuple[int, ...], ...],
    factors: tuple[tuple[int, int], ...], size: tuple[int, int],
) -> bytes:  # fmt: skip
    """A baseline file of these integers."""
    frame = bytes((8, *size[0].to_bytes(2, "big"), *size[1].to_bytes(2, "big"), 3))
    scan, parts = bytes((3,)), b""
    for at, (across, down) in enumerate(factors):
        frame += bytes((at + 1, across << 4 | down, min(at, 1)))
        scan += bytes((at + 1, 0))
    for at, table in enumerate(tables):
        steps = np.array(table).reshape(8, 8)
        parts += _segment(0xDB, bytes((at, *(int(steps[place]) for place in _ORDER))))
    codes = _segment(0xC4, _code(0, 4, 12) + _code(16, 8, 255))
    body = _entropy(stored, factors, size)
    return b"".join((
        b"\xff\xd8", parts, _segment(0xC0, frame), codes, _segment(0xDA, scan + b"\x00\x3f\x00"),
        body.replace(b"\xff", b"\xff\x00"), b"\xff\xd9",
    ))  # fmt: skip


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _code(number: int, length: int, symbols: int) -> bytes:
    """Symbols 0 … n - 1, each its own code of so many bits."""
    return bytes((number, *(symbols if n == length else 0 for n in range(1, 17)), *range(symbols)))


def _entropy(
    stored: list[NDArray[np.int64]], factors: tuple[tuple[int, int], ...], size: tuple[int, int]
) -> bytes:
    tall, wide = (8 * max(f[axis] for f in factors) for axis in (1, 0))
    bits: list[str] = []
    before = [0] * len(stored)
    for row in range(-(-size[0] // tall)):
        for column in range(-(-size[1] // wide)):
            for part, (across, down) in enumerate(factors):
                for i in range(row * down, (row + 1) * down):
                    for j in range(column * across, (column + 1) * across):
                        blocks = stored[part]
                        block = blocks[min(i, len(blocks) - 1), min(j, blocks.shape[1] - 1)]
                        bits.append(_block(block, before[part]))
                        before[part] = int(block[0, 0])
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _block(block: NDArray[np.int64], before: int) -> str:
    values = [int(block[place]) for place in _ORDER]
    step = values[0] - before
    bits, run = format(abs(step).bit_length(), "04b") + _signed(step), 0
    last = max((k for k in range(1, 64) if values[k]), default=0)
    for value in values[1 : last + 1]:
        if not value:
            run += 1
            continue
        bits += format(0xF0, "08b") * (run // 16)
        bits += format(run % 16 << 4 | abs(value).bit_length(), "08b") + _signed(value)
        run = 0
    return bits + (format(0, "08b") if last < 63 else "")


def _signed(value: int) -> str:
    size = abs(value).bit_length()
    return format(value if value > 0 else value + (1 << size) - 1, f"0{size}b") if size else ""
