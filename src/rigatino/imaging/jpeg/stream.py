"""The entropy-coded bytes of one scan, and 64-bit windows onto them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_RESTART = re.compile(rb"\xff+([\xd0-\xd7])")
_PAD = 16


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """Bits of a scan, freed of stuffing, cut at restart markers.

    Stretch j lies in bits ``starts[j]`` … ``ends[j]`` and begins with the minimum coded unit
    ``units[j]``.
    """

    data: NDArray[np.uint8]
    """With ``_PAD`` zeros at the end, so that every window is whole."""
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    units: NDArray[np.int64]

    def window(self, first: int = 0, last: int | None = None) -> NDArray[np.uint64]:
        """64-bit windows that begin at bytes ``first`` … ``last`` and a little beyond.

        Window i holds the bytes from ``first + i`` on, the first in the highest place.
        """
        last = len(self.data) - _PAD if last is None else last
        words = np.zeros(last - first + _PAD - 8, np.uint64)
        for place in range(8):
            piece = self.data[first + place : first + place + len(words)]
            words |= piece.astype(np.uint64) << np.uint64(56 - 8 * place)
        return words


def open_stream(data: bytes, interval: int, notes: list[str]) -> Stream:
    """Prepare the entropy-coded ``data`` of one scan with this restart interval."""
    marks = list(_RESTART.finditer(data))
    if marks and not interval:
        notes.append("restart markers where none were announced")
        data, marks = data[: marks[0].start()], []
    cuts = [(0, 0), *((m.start(), m.end()) for m in marks), (len(data), len(data))]
    # A lone FF before the end of a piece belongs to the marker that cuts it off.
    pieces = [data[a[1] : b[0]].replace(b"\xff\x00", b"\xff") for a, b in pairwise(cuts)]
    lengths = np.array([len(piece) for piece in pieces], np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    numbers = [m.group(1)[0] - 0xD0 for m in marks]
    units = np.array(_places(numbers, notes), np.int64) * interval
    whole = np.frombuffer(b"".join([*pieces, bytes(_PAD)]), np.uint8)
    return Stream(whole, starts * 8, (starts + lengths) * 8, units)


def _places(numbers: list[int], notes: list[str]) -> list[int]:
    """Which stretch each piece is; a skipped marker number means that many were lost."""
    places = [0]
    for number in numbers:
        lost = (number - places[-1]) % 8
        if lost:
            notes.append("a restart marker is out of sequence")
        places.append(places[-1] + 1 + (lost if lost <= 2 else 0))
    return places
