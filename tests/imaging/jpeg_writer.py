"""A small JPEG encoder for the tests: it stores exactly the integers it is given.

Every Huffman symbol gets a code of the same length, so that there is nothing to optimise
and nothing in common with the reader under test.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

_DC_SYMBOLS = list(range(12))
_AC_SYMBOLS = [run << 4 | size for run in range(16) for size in range(1, 11)] + [0x00, 0xF0]
_DC_BITS, _AC_BITS = 4, 8


def zigzag() -> list[tuple[int, int]]:
    """Walk the block cell by cell: (row, column) in stored order."""
    path, row, column, up = [], 0, 0, True
    for _ in range(64):
        path.append((row, column))
        if up and (row == 0 or column == 7):
            row, column, up = (row, column + 1, False) if column < 7 else (row + 1, column, False)
        elif not up and (column == 0 or row == 7):
            row, column, up = (row + 1, column, True) if row < 7 else (row, column + 1, True)
        else:
            row, column = (row - 1, column + 1) if up else (row + 1, column - 1)
    return path


@dataclass
class Component:
    h: int
    v: int
    table: np.ndarray
    blocks: np.ndarray
    """(padded rows, padded columns, 8, 8), integers within ±1023."""


@dataclass
class _Bits:
    out: list[str] = field(default_factory=list)

    def put(self, value: int, length: int) -> None:
        if length:
            self.out.append(format(value, f"0{length}b"))

    def flush(self) -> bytes:
        bits = "".join(self.out)
        bits += "1" * (-len(bits) % 8)
        self.out.clear()
        data = int(bits, 2).to_bytes(len(bits) // 8, "big") if bits else b""
        return data.replace(b"\xff", b"\xff\x00")


def padded(size: int, factor: int, most: int) -> int:
    """Blocks of a component along one side, padded to whole units."""
    return -(-size // (8 * most)) * factor


def shown(size: int, factor: int, most: int) -> int:
    """Blocks that carry samples of the picture."""
    samples = (size * factor + most - 1) // most
    return (samples + 7) // 8


def write(
    width: int, height: int, parts: list[Component], restart: int = 0, interleaved: bool = True,
    adobe: int | None = None,
) -> bytes:  # fmt: skip
    out = b"\xff\xd8"
    if adobe is not None:
        out += _segment(0xEE, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, adobe))
    for number, part in enumerate(parts):
        out += _segment(0xDB, bytes([number]) + bytes(int(part.table[at]) for at in zigzag()))
    frame = struct.pack(">BHHB", 8, height, width, len(parts))
    for number, part in enumerate(parts):
        frame += bytes([number + 1, part.h << 4 | part.v, number])
    out += _segment(0xC0, frame)
    out += _segment(0xC4, b"\x00" + _counts(_DC_BITS, _DC_SYMBOLS) + bytes(_DC_SYMBOLS))
    out += _segment(0xC4, b"\x10" + _counts(_AC_BITS, _AC_SYMBOLS) + bytes(_AC_SYMBOLS))
    if restart:
        out += _segment(0xDD, struct.pack(">H", restart))
    scans = [list(range(len(parts)))] if interleaved else [[n] for n in range(len(parts))]
    for scan in scans:
        out += _scan(width, height, parts, scan, restart)
    return out + b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _counts(length: int, symbols: list[int]) -> bytes:
    return bytes(len(symbols) if bits == length else 0 for bits in range(1, 17))


def _scan(width: int, height: int, parts: list[Component], scan: list[int], restart: int) -> bytes:
    header = bytes([len(scan)]) + b"".join(bytes([n + 1, 0]) for n in scan) + bytes([0, 63, 0])
    units = _units(width, height, parts, scan)
    bits, data, before = _Bits(), b"", dict.fromkeys(scan, 0)
    for at, unit in enumerate(units):
        if restart and at and at % restart == 0:
            data += bits.flush() + bytes([0xFF, 0xD0 + (at // restart - 1) % 8])
            before = dict.fromkeys(scan, 0)
        for number, block in unit:
            before[number] = _block(bits, block, before[number])
    return _segment(0xDA, header) + data + bits.flush()


def _units(
    width: int, height: int, parts: list[Component], scan: list[int]
) -> list[list[tuple[int, np.ndarray]]]:
    most_h, most_v = max(p.h for p in parts), max(p.v for p in parts)
    if len(scan) == 1:
        part = parts[scan[0]]
        rows, columns = shown(height, part.v, most_v), shown(width, part.h, most_h)
        return [[(scan[0], part.blocks[y, x])] for y in range(rows) for x in range(columns)]
    units_y, units_x = -(-height // (8 * most_v)), -(-width // (8 * most_h))
    return [
        [
            (n, parts[n].blocks[y * parts[n].v + dy, x * parts[n].h + dx])
            for n in scan
            for dy in range(parts[n].v)
            for dx in range(parts[n].h)
        ]
        for y in range(units_y)
        for x in range(units_x)
    ]


def _block(bits: _Bits, block: np.ndarray, before: int) -> int:
    values = [int(block[at]) for at in zigzag()]
    _number(bits, _DC_SYMBOLS, _DC_BITS, 0, values[0] - before)
    run = 0
    for value in values[1:]:
        if value == 0:
            run += 1
            continue
        while run > 15:
            bits.put(_AC_SYMBOLS.index(0xF0), _AC_BITS)
            run -= 16
        _number(bits, _AC_SYMBOLS, _AC_BITS, run, value)
        run = 0
    if run:
        bits.put(_AC_SYMBOLS.index(0x00), _AC_BITS)
    return values[0]


def _number(bits: _Bits, symbols: list[int], length: int, run: int, value: int) -> None:
    size = abs(value).bit_length()
    bits.put(symbols.index(run << 4 | size), length)
    bits.put(value if value >= 0 else value + (1 << size) - 1, size)
