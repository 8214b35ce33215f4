"""The refining scan of a progressive JPEG: one more bit of the AC coefficients of a band.

Which bits belong to which coefficient depends on every coefficient before it, so this is
read from front to back; but only the newly non-zero coefficients and the ends of blocks
cost a step. The correction bits of those already known lie in runs, in the order in which
the known coefficients come, and are fetched all at once afterwards.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.jpeg.huffman import END

Ints = NDArray[np.int64]
#: bits that are fetched at once
_PIECE = 1 << 20


@dataclass(slots=True)
class Refinement:
    """What one stretch of a refining scan says."""

    fresh: array[int] = field(default_factory=lambda: array("q"))
    """Newly non-zero coefficients: block << 7 | position within the band << 1 | positive."""
    runs: array[int] = field(default_factory=lambda: array("q"))
    """Runs of correction bits: first bit, length, first bit, length …"""
    complete: int = 0
    """Blocks that were read to their end."""


@dataclass(frozen=True, slots=True)
class _History:
    """Per block: where its zeros begin in ``zeros``, and how many non-zeros came before."""

    zeros: bytes
    first_zero: list[int]
    known_before: list[int]
    width: int


def _history(known: NDArray[np.bool_]) -> _History:
    width = known.shape[1]
    # a byte for each of what may be a hundred million zeros; their places would be eight times that
    zeros = np.broadcast_to(np.arange(width, dtype=np.uint8), known.shape)[~known].tobytes()
    before = np.concatenate([[0], np.cumsum(known.sum(axis=1))])
    first = np.arange(len(before)) * width - before
    return _History(zeros, first.tolist(), before.tolist(), width)


def read(
    words: Sequence[int], table: Sequence[int], known: NDArray[np.bool_], start: int, end: int
) -> Refinement:
    """Read bits ``start`` … ``end``; ``known``: (blocks, band) already non-zero."""
    past, out = _history(known), Refinement()
    zeros, first_zero, before, width = past.zeros, past.first_zero, past.known_before, past.width
    note_fresh, note_run = out.fresh.append, out.runs.extend
    bit, block, k, zero, total = start, 0, 0, 0, len(known)
    while block < total:
        window = words[bit >> 3] << (bit & 7) & 0xFFFF_FFFF_FFFF_FFFF
        entry = table[window >> 48]
        advance = entry >> 16
        if advance >= END:
            size = entry >> 11 & 31
            raw = (window << (entry >> 6 & 31) & 0xFFFF_FFFF_FFFF_FFFF) >> (64 - size)
            after = block + (1 << size) + raw
            if after > total:
                break
            count = width - k - (first_zero[block + 1] - zero)
            count += before[after] - before[block + 1]
            placed, zero = width, first_zero[after]
        else:
            at = zero + advance - 1
            if entry & 0xF000 or at >= first_zero[block + 1]:  # a size above 1, or beyond the block
                break
            placed = zeros[at]
            count, zero = placed - k - (at - zero), at + 1
            after = block + 1 if placed + 1 == width else block
        taken = entry & 63
        if bit + taken + count > end:
            break
        if count:
            note_run((bit + taken, count))
        if entry & 0x800 and advance < END:
            note_fresh(block << 7 | placed << 1 | window >> (64 - taken) & 1)
        bit += taken + count
        block, k = after, placed + 1 if after == block else 0
    out.complete = block
    return out


def correction_bits(words: NDArray[np.uint64], found: Refinement) -> NDArray[np.bool_]:
    """The correction bits in the order of the known coefficients."""
    starts, lengths = np.array(found.runs, np.int64).reshape(-1, 2).T
    before = np.cumsum(lengths) - lengths
    at = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return bits_at(words, at)


def bits_at(words: NDArray[np.uint64], at: Ints) -> NDArray[np.bool_]:
    """Single bits of a stream; a piece at a time, since each bit passes through four numbers."""
    bits = np.empty(len(at), np.bool_)
    for first in range(0, len(at), _PIECE):
        piece = at[first : first + _PIECE]
        shift = (np.int64(63) - (piece & 7)).astype(np.uint64)
        bits[first : first + _PIECE] = words[piece >> 3] >> shift & np.uint64(1)
    return bits
