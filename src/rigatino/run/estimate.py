"""How long a repair will take, and how much memory, before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rigatino.imaging import Picture
from rigatino.inference import Tiling

#: what writing a file may hold besides: Pillow has four bytes for every pixel
_WRITER = 4


class Work(Protocol):
    """A pass that is planned and not yet run."""

    @property
    def tiling(self) -> Tiling:
        """Its windows."""
        ...

    @property
    def growth(self) -> float:
        """Pixels of the result for each of the picture."""
        ...

    def window(self) -> int:
        """Bytes that the largest window takes."""
        ...

    def seconds(self) -> float:
        """From a trial run."""
        ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a repair is about to take."""

    seconds: float
    memory: int
    """Bytes, for the pictures and the largest window."""
    windows: int


def estimate(picture: Picture, jobs: Sequence[Work]) -> Estimate:
    """From a trial run of every network on a small picture."""
    window = max((job.window() for job in jobs), default=0)
    after = float(picture.pixels.nbytes)
    for job in jobs:
        after *= job.growth
    written = after / (picture.pixels.shape[2] * picture.pixels.itemsize) * _WRITER
    held = picture.pixels.nbytes + round(after + max(window, written))
    return Estimate(sum(job.seconds() for job in jobs), held, sum(job.tiling.count for job in jobs))
