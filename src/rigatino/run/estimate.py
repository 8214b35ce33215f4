"""How long a repair will take, and how much memory, before it starts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rigatino.imaging import Picture
from rigatino.inference import Network, Tiling

#: a picture this large is mended twice: the first run also sets the runtime up
_TRIAL = 192
#: what writing a file may hold besides: Pillow has four bytes for every pixel
_WRITER = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a repair is about to take."""

    seconds: float
    memory: int
    """Bytes, for the pictures and the largest window."""
    windows: int


def estimate(picture: Picture, passes: Sequence[tuple[Network, Tiling]]) -> Estimate:
    """From a trial run of every network on a small picture."""
    seconds = sum(tiling.pixels * _seconds_per_pixel(network) for network, tiling in passes)
    window = max(
        (tiling.largest * network.card.bytes_per_pixel for network, tiling in passes), default=0
    )
    after = picture.pixels.nbytes
    for network, _ in passes:
        after *= network.card.scale**2
    written = after // (picture.pixels.shape[2] * picture.pixels.itemsize) * _WRITER
    held = picture.pixels.nbytes + after + max(window, written)
    return Estimate(seconds, held, sum(tiling.count for _, tiling in passes))


def _seconds_per_pixel(network: Network) -> float:
    trial = np.full((_TRIAL, _TRIAL, network.card.channels), 0.5, np.float32)
    network.apply(trial)
    start = time.perf_counter()
    network.apply(trial)
    return (time.perf_counter() - start) / _TRIAL**2
