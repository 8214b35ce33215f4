"""Huffman tables as direct lookups: the next 16 bits name the whole symbol.

An entry packs, from the low end: all bits the symbol takes (6), bits of the code (5), bits
of the value behind it (5), and how far the position in the block advances. Position
``k + advance - 1`` receives the value. Ends of blocks advance by ``END``, so that they are
told from a coefficient that would lie beyond the block (a broken file).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Lookup = NDArray[np.int32]

#: advance of an end of block, or of a run of ended blocks
END = 1000
#: advance where no code begins like this
BROKEN = 300


def pack(code_bits: int, value_bits: int, advance: int) -> int:
    """One entry."""
    return (code_bits + value_bits) | code_bits << 6 | value_bits << 11 | advance << 16


def _dc(symbol: int, code_bits: int) -> int:
    return pack(code_bits, symbol, 1) if symbol <= 15 else pack(1, 0, BROKEN)


def _ac(symbol: int, code_bits: int, runs: bool) -> int:
    skip, size = symbol >> 4, symbol & 15
    if size:
        return pack(code_bits, size, skip + 1)
    if skip == 15:
        return pack(code_bits, 0, 16)
    return pack(code_bits, skip if runs else 0, END)


def lookup(counts: bytes, symbols: bytes, ac: bool, runs: bool) -> Lookup:
    """65,536 entries from the code counts per length and the symbols in code order.

    ``runs``: a progressive scan, where an end of block may stand for several blocks.
    """
    entries, spans = [], []
    used = iter(symbols)
    for code_bits, count in enumerate(counts, start=1):
        for _, symbol in zip(range(count), used, strict=False):
            entries.append(_ac(symbol, code_bits, runs) if ac else _dc(symbol, code_bits))
            spans.append(1 << (16 - code_bits))
    table = np.repeat(np.array(entries, np.int32), spans)[: 1 << 16]
    rest = np.full((1 << 16) - len(table), pack(1, 0, BROKEN), np.int32)
    return np.concatenate([table, rest])


def parse(body: bytes, notes: list[str]) -> dict[tuple[int, int], tuple[bytes, bytes]]:
    """The tables of one DHT segment: (class, number) -> (counts, symbols)."""
    found, at = {}, 0
    while at + 17 <= len(body):
        kind, number = body[at] >> 4, body[at] & 15
        counts = body[at + 1 : at + 17]
        symbols = body[at + 17 : at + 17 + sum(counts)]
        room = sum(count << (16 - bits) for bits, count in enumerate(counts, start=1))
        if kind > 1 or number > 3 or len(symbols) < sum(counts) or room > 1 << 16:
            notes.append("a Huffman table is cut short or impossible")
            break
        found[kind, number] = (counts, symbols)
        at += 17 + len(symbols)
    return found
