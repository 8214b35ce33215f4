"""Read Huffman-coded blocks one symbol after the other, in plain Python.

Slower than :mod:`lanes` by far, and therefore used only where that cannot get going:
flat stretches without a landmark, and broken files. Both read the same symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rigatino.imaging.jpeg.huffman import END, Lookup


@dataclass(frozen=True, slots=True)
class Grammar:
    """Which table applies where: everything a reader must know besides the bits."""

    tables: Lookup
    """All lookups, one after the other."""
    rows: tuple[int, ...]
    """Offset into ``tables`` for 2 × (block of the unit) + (1 beyond the DC coefficient)."""
    first: int
    last: int
    """Coefficients of the scan, zigzag positions."""
    runs: bool
    """Whether one end of block may end several."""


@dataclass(frozen=True, slots=True)
class State:
    """Between two symbols: bit, block of the unit, position in the block."""

    bit: int
    block: int
    position: int


#: lane-relative block number, zigzag position, value
Found = list[tuple[int, int, int]]


def read(
    words: Sequence[int], grammar: Grammar, state: State, stop: int, end: int
) -> tuple[State, int, Found, int]:
    """From ``state`` to the first symbol at or after bit ``stop``; nothing lies after ``end``.

    The state there, blocks completed, coefficients found, number of symbols read.
    """
    tables, rows, last = grammar.tables.data, grammar.rows, grammar.last
    bit, block, k = state.bit, state.block, state.position
    period, done, symbols, found = len(rows) // 2, 0, 0, Found()
    while bit < stop:
        window = words[bit >> 3] << (bit & 7) & 0xFFFF_FFFF_FFFF_FFFF
        entry = tables[rows[2 * block + (k > 0)] + (window >> 48)]
        taken = entry & 63
        if bit + taken > end:
            break
        size, advance = entry >> 11 & 31, entry >> 16
        raw = (window << (entry >> 6 & 31) & 0xFFFF_FFFF_FFFF_FFFF) >> (64 - size)
        extra = 0
        if advance >= END:
            extra = (1 << size) - 1 + raw if grammar.runs else 0
        elif k + advance - 1 > last:
            found.append((done, 64, 0))
        elif size:
            found.append(
                (done, k + advance - 1, raw if raw >> (size - 1) else raw + 1 - (1 << size))
            )
        bit, k, symbols = bit + taken, k + advance, symbols + 1
        if k > last:
            k, done, block = grammar.first, done + 1 + extra, (block + 1) % period
    return State(bit, block, k), done, found, symbols
