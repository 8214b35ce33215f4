"""Many Huffman readers that advance together, one symbol per step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.jpeg.huffman import END
from rigatino.imaging.jpeg.serial import Grammar

Ints = NDArray[np.int64]
#: reader or lane, its block, zigzag position, value
Finds = tuple[
    NDArray[np.signedinteger], NDArray[np.signedinteger], NDArray[np.int16], NDArray[np.int16]
]
#: steps between two looks at which readers have arrived
_STEPS = 32
#: readers are thinned out once fewer than this share of them still run
_WORTH_THINNING = 0.8
#: position that marks a value beyond the block: the file is broken there
BEYOND = 64


class Runner:
    """Readers that start at ``state`` (3, n: bit, block, position) and stop at bit ``stop``."""

    def __init__(
        self, words: NDArray[np.uint64], grammar: Grammar, state: Ints, stop: Ints, end: Ints
    ) -> None:
        self._words, self._grammar = words, grammar
        self._tables = np.asarray(grammar.tables, np.int32)
        self._rows = np.array(grammar.rows, np.int64)
        self.index = np.arange(len(stop))
        self._bit, self._block, self._k = state.copy()
        self._done = np.zeros_like(stop)
        self._stop, self._end = stop, end
        self._alive = np.ones(len(stop), np.bool_)
        self._log: list[tuple[Ints, NDArray[np.int32], Ints, NDArray[np.uint64]]] = []

    def step_many(self, values: bool) -> bool:
        """Advance; False once every reader has arrived. ``values``: keep what is read."""
        self._log.clear()
        for _ in range(_STEPS if len(self.index) else 0):
            self._step(values)
        return bool(len(self.index)) and bool(self._alive.any())

    def _step(self, values: bool) -> None:
        """One symbol. A reader that has arrived takes the empty entry: nothing moves."""
        grammar, k = self._grammar, self._k
        windows = self._words[self._bit >> 3] << (self._bit & 7).astype(np.uint64)
        rows = self._rows[2 * self._block + (k > 0)]
        entry = self._tables[rows + (windows >> np.uint64(48)).astype(np.int64)]
        taken = entry & 63
        self._alive = (self._bit < self._stop) & (self._bit + taken <= self._end)
        entry = entry * self._alive
        advance = entry >> 16
        if values:
            self._log.append((self._done, entry, k, windows))
        self._bit = self._bit + (entry & 63)
        after = k + advance
        ended = after > grammar.last
        self._k = np.where(ended, grammar.first, after)
        self._done = self._done + ended
        if grammar.runs:
            self._done += np.where(advance >= END, _run(entry, windows), 0)
        if len(grammar.rows) > 2:
            block = self._block + ended
            self._block = np.where(block == len(grammar.rows) // 2, 0, block)

    def harvest(self) -> Iterator[Finds]:
        """What the last steps found: (reader, its block, position, value)."""
        if not self._log:
            return
        done, entry, k, windows = (np.stack(part) for part in zip(*self._log, strict=True))
        advance = entry >> 16
        position = k + advance - 1
        beyond = (position > self._grammar.last) & (advance < END)
        size = entry >> 11 & 31
        at = np.nonzero(((size > 0) & (advance < END)) | beyond)
        value = _value(entry[at], windows[at])
        place = np.where(beyond[at], BEYOND, position[at]).astype(np.int16)
        yield self.index[at[1]], done[at], place, value

    def retire(self, state: Ints, which: Ints, done: Ints | None = None) -> None:
        """Write the states back, and drop readers that have arrived when it is worth it."""
        if self._alive.any() and self._alive.mean() > _WORTH_THINNING:
            return
        to = which[self.index]
        state[:, to] = self._bit, self._block, self._k
        if done is not None:
            done[to] = self._done
        alive = self._alive
        self.index, self._bit, self._block, self._k, self._done, self._stop, self._end = (
            part[alive]
            for part in (
                self.index,
                self._bit,
                self._block,
                self._k,
                self._done,
                self._stop,
                self._end,
            )
        )
        self._alive = alive[alive]


def _raw(entry: NDArray[np.int32], windows: NDArray[np.uint64]) -> Ints:
    """The value bits behind the code."""
    code_bits = (entry >> 6 & 31).astype(np.uint64)
    size = (entry >> 11 & 31).astype(np.uint64)
    one = np.uint64(1)
    return ((windows << code_bits) >> one >> (np.uint64(63) - size)).astype(np.int64)


def _run(entry: NDArray[np.int32], windows: NDArray[np.uint64]) -> Ints:
    """How many blocks beyond the current one an end of block ends."""
    return np.left_shift(1, (entry >> 11 & 31).astype(np.int64)) - 1 + _raw(entry, windows)


def _value(entry: NDArray[np.int32], windows: NDArray[np.uint64]) -> NDArray[np.int16]:
    """Value bits that begin with 0 stand for a negative number."""
    raw, size = _raw(entry, windows), (entry >> 11 & 31).astype(np.int64)
    half = np.left_shift(1, size) >> 1
    return np.where(raw >= half, raw, raw + 1 - 2 * half).astype(np.int16)
