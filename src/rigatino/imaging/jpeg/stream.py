"""The entropy-coded bytes of one scan as one array of 64-bit windows."""

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

    ``words[i]`` holds bytes i … i+7, the first in the highest place. Stretch j lies in bits
    ``starts[j]`` … ``ends[j]`` and begins with the minimum coded unit ``units[j]``.
    """

    words: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    units: NDArray[np.int64]


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
    return Stream(
        _windows(b"".join(pieces)), starts * 8, (starts + lengths) * 8,
        np.array(_places(numbers, notes), np.int64) * interval,
    )  # fmt: skip


def _places(numbers: list[int], notes: list[str]) -> list[int]:
    """Which stretch each piece is; a skipped marker number means that many were lost."""
    places = [0]
    for number in numbers:
        lost = (number - places[-1]) % 8
        if lost:
            notes.append("a restart marker is out of sequence")
        places.append(places[-1] + 1 + (lost if lost <= 2 else 0))
    return places


def _windows(data: bytes) -> NDArray[np.uint64]:
    padded = np.frombuffer(data + bytes(_PAD), np.uint8)
    words = np.zeros(len(data) + _PAD - 8, np.uint64)
    for place in range(8):
        words |= padded[place : place + len(words)].astype(np.uint64) << np.uint64(56 - 8 * place)
    return words
