"""The noise of one colour channel, over the whole range of light and part by part."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rigatino.diagnosis.noise.clipped import uncut
from rigatino.diagnosis.noise.weak import MIDDLE, Blocks, deviation

#: of all blocks, those with the least texture
_SHARE, _FEWEST = 0.06, 60
#: levels of light that are measured apart
_LEVELS = 6
#: rounding to whole numbers is noise of this variance
_WHOLE_NUMBERS = 1 / 12


@dataclass(frozen=True, slots=True)
class Channel:
    """Noise of one channel in units of 0 … 255, before it was cut at black and white."""

    sigma: float
    by_level: tuple[tuple[float, float], ...]
    """(average, σ) from dark to bright, where there are weak blocks."""
    coarse: float
    """σ of a middle band over σ of the fine one: 1 for white noise, more for grain or blur."""
    blocks: int
    cut: bool
    """Whether the level had to be worked back from noise cut at black or white."""


def channel(blocks: Blocks) -> Channel:
    """Measure one channel; ``blocks`` must not be empty."""
    weak = blocks.weakest(_SHARE, _FEWEST)
    rough = _sigma(weak)
    inside = blocks.among((blocks.average > 2.2 * rough) & (blocks.average < 255 - 2.2 * rough))
    levels = _by_level(blocks)
    cut = len(inside.average) < _FEWEST
    chosen = weak if cut else inside.weakest(_SHARE, _FEWEST)
    sigma = _middle(levels, rough) if cut else _sigma(chosen)
    fine, middle = deviation(chosen.values), deviation(chosen.values, MIDDLE)
    return Channel(sigma, levels, middle / max(fine, 0.3), len(chosen.average), cut)


def _sigma(weak: Blocks) -> float:
    """The deviation of these blocks, worked back from cutting, without the rounding."""
    seen = deviation(weak.values)
    whole = float(np.sqrt(max(seen**2 - _WHOLE_NUMBERS, 0)))
    return uncut(float(np.median(weak.average)), whole)


def _by_level(blocks: Blocks) -> tuple[tuple[float, float], ...]:
    """σ in equally filled ranges of brightness; ranges at the very ends say nothing."""
    edges = np.quantile(blocks.average, np.linspace(0, 1, _LEVELS + 1))
    found = []
    for low, high in pairwise(edges):
        part = blocks.among((blocks.average >= low) & (blocks.average <= high))
        weak = part.weakest(2 * _SHARE, _FEWEST // 2)
        average = float(np.median(weak.average)) if len(weak.average) else 0.0
        if len(weak.average) >= _FEWEST // 3 and 6 < average < 249:
            found.append((round(average, 1), round(_sigma(weak), 2)))
    return tuple(found)


def _middle(levels: tuple[tuple[float, float], ...], rough: float) -> float:
    """The level nearest to the middle of the range is the one that was cut least."""
    return min(levels, key=lambda pair: abs(pair[0] - 128))[1] if levels else rough
