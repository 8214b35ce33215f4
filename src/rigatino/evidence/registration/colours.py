"""A change of colour over the whole picture, read from block averages, so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
#: grey levels by which the tones must change on average, for the change to be undone; and how
#: many times the scatter about the line that must be
WORTH, _CLEAR = 1.5, 1.0
#: grey levels that a curve may stray from a line before it is mentioned
_BENT = 4.0
_BLOCK, _SAMPLES = 8, 40_000


@dataclass(frozen=True, slots=True)
class Tones:
    """AFTER ≈ gain · BEFORE + offset per channel; and how far the tones stray from that."""

    gain: tuple[float, ...]
    offset: tuple[float, ...]
    changed: bool
    """Whether there is anything worth undoing."""
    bend: float
    """Grey levels between the line and the tones' median, at the worst fifth of the range."""

    @property
    def bent(self) -> bool:
        """Whether a curve was applied that gain and offset do not undo."""
        return self.bend > _BENT


def tones(before: NDArray[Any], after: NDArray[Any]) -> Tones:
    """Both (h, w, C) on one grid, 0…255; channels of a grey one are taken as three alike."""
    channels = max(before.shape[2], after.shape[2])
    fits = [
        _line(_means(before[..., at % before.shape[2]]), _means(after[..., at % after.shape[2]]))
        for at in range(channels)
    ]
    gain, offset, changed, bend = zip(*fits, strict=True)
    if not any(changed):
        return Tones((1.0,) * channels, (0.0,) * channels, False, max(bend))
    return Tones(gain, offset, True, max(bend))


def _means(plane: NDArray[Any]) -> Doubles:
    """Averages of blocks, at most so many, evenly spread."""
    h, w = (n // _BLOCK for n in plane.shape)
    blocks = plane[: h * _BLOCK, : w * _BLOCK].reshape(h, _BLOCK, w, _BLOCK)
    means = blocks.mean(axis=(1, 3), dtype=np.float64).ravel()
    return np.asarray(means[:: max(1, means.size // _SAMPLES)])


def _line(x: Doubles, y: Doubles) -> tuple[float, float, bool, float]:
    """Robust: what strays loses weight; clipped tones do not count."""
    open_ = (x > 4) & (x < 251) & (y > 4) & (y < 251)
    if open_.sum() < 16 or x[open_].std() < 2:
        return 1.0, 0.0, False, 0.0
    x, y = x[open_], y[open_]
    weight = np.ones_like(x)
    gain, offset = 1.0, 0.0
    for _ in range(12):
        mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
        gain = float(
            (weight * (x - mean_x) * (y - mean_y)).sum() / (weight * (x - mean_x) ** 2).sum()
        )
        offset = float(mean_y - gain * mean_x)
        rest = np.abs(y - gain * x - offset)
        weight = 1 / np.maximum(1, rest / max(1.5 * float(np.median(rest)), 0.3))
    rest = y - gain * x - offset
    scatter = 1.4826 * float(np.median(np.abs(rest)))
    change = float(np.abs(gain * x + offset - x).mean())
    return gain, offset, change > max(WORTH, _CLEAR * scatter), _bend(x, rest)


def _bend(x: Doubles, rest: Doubles) -> float:
    edges = np.quantile(x, np.linspace(0, 1, 6))
    fifths = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, 4)
    medians = [float(np.median(rest[fifths == k])) for k in range(5) if (fifths == k).sum() > 8]
    return max((abs(m) for m in medians), default=0.0)
