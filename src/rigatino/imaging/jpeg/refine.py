"""The refining scan of a progressive JPEG: one more bit of the AC coefficients of a band.

Which bits belong to which coefficient depends on every coefficient before it, so this is
read from front to back; but only the newly non-zero coefficients and the ends of blocks
cost a step. The correction bits of those already known lie in runs, in the order in which
the known coefficients come, and are fetched all at once afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.jpeg.huffman import END

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Refinement:
    """What one stretch of a refining scan says."""

    blocks: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    """Newly non-zero coefficients, positions within the band …"""
    signs: list[int] = field(default_factory=list)
    """… and whether each is positive."""
    run_starts: list[int] = field(default_factory=list)
    run_lengths: list[int] = field(default_factory=list)
    """Runs of correction bits."""
    complete: int = 0
    """Blocks that were read to their end."""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _History:
    """Per block: where its zeros begin in ``zeros``, and how many non-zeros came before."""

    zeros: bytes
    first_zero: list[int]
    known_before: list[int]
    width: int


def _history(known: NDArray[np.bool_]) -> _History:
    zeros = np.nonzero(~known)[1].astype(np.uint8).tobytes()
    before = np.concatenate([[0], np.cumsum(known.sum(axis=1))])
    width = known.shape[1]
    first = np.arange(len(before)) * width - before
    return _History(zeros, first.tolist(), before.tolist(), width)


def read(
    words: Sequence[int], table: Sequence[int], known: NDArray[np.bool_], start: int, end: int
) -> Refinement:
    """Read bits ``start`` … ``end``; ``known``: (blocks, band) already non-zero."""
    past, out = _history(known), Refinement()
    bit, block, k, zero = start, 0, 0, 0
    while block < len(known):
        window = words[bit >> 3] << (bit & 7) & 0xFFFF_FFFF_FFFF_FFFF
        entry = table[window >> 48]
        size, advance = entry >> 11 & 31, entry >> 16
        raw = (window << (entry >> 6 & 31) & 0xFFFF_FFFF_FFFF_FFFF) >> (64 - size)
        bit += entry & 63
        if advance >= END:
            after = block + (1 << size) + raw
            if after > len(known):
                out.broken = True
                break
            rest = past.width - k - (past.first_zero[block + 1] - zero)
            count = rest + past.known_before[after] - past.known_before[block + 1]
            placed, zero = past.width, past.first_zero[after]
        else:
            zero_at = zero + advance - 1
            if size > 1 or zero_at >= past.first_zero[block + 1]:
                out.broken = True
                break
            placed = past.zeros[zero_at]
            count, zero = placed - k - (zero_at - zero), zero_at + 1
            after = block + 1 if placed + 1 == past.width else block
        if bit + count > end:
            break
        out.run_starts.append(bit)
        out.run_lengths.append(count)
        bit += count
        if size and advance < END:
            out.blocks.append(block)
            out.positions.append(placed)
            out.signs.append(raw)
        block, k = after, placed + 1 if after == block else 0
    out.complete = block
    return out


def correction_bits(words: NDArray[np.uint64], found: Refinement) -> NDArray[np.bool_]:
    """The correction bits in the order of the known coefficients."""
    starts, lengths = np.array(found.run_starts, np.int64), np.array(found.run_lengths, np.int64)
    before = np.cumsum(lengths) - lengths
    at = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return bits_at(words, at)


def bits_at(words: NDArray[np.uint64], at: Ints) -> NDArray[np.bool_]:
    """Single bits of a stream."""
    shift = (np.int64(63) - (at & 7)).astype(np.uint64)
    bits: NDArray[np.bool_] = (words[at >> 3] >> shift & np.uint64(1)).astype(np.bool_)
    return bits
