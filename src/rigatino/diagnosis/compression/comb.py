"""Which steps were coefficients rounded to? A likelihood for every step at every frequency.

After a JPEG has been decoded, a coefficient lies near a multiple of its step q, off by what
rounding the pixels did (Gaussian, deviation s). Against a smooth distribution of values the
density at distance r from the nearest multiple is larger by the factor q · N(r; 0, s): for the
same fit a larger step is the more telling one, so that of 2, 3 and 6 the true 6 wins.
Values near zero are left out, since any step explains them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rigatino.diagnosis.subject import Floats
from rigatino.imaging import standard_table

Scores = NDArray[np.float64]
Reals = NDArray[np.floating[Any]]
STEPS = 255
#: coefficients larger than this tell little more, and cost the more
REACH = 512
#: rounding of luma and of three colours to whole numbers: √(1/12 + 0.447/12)
ROUNDING = 0.36
#: smooth blocks round to patterns, which put coefficients of up to 3.2 where there are none
_NEAR_ZERO = 3.3
#: share of coefficients that something else has moved
_STRAY = 0.02


def histogram(values: Floats, width: float = 0.125, reach: int = REACH) -> Floats:
    """|value| counted in bins, (F, bins), from (blocks, F); larger values left out."""
    bins, frequencies = int(reach / width), values.shape[1]
    index = (np.abs(values) * np.float32(1 / width)).astype(np.int32)
    keep = index < bins
    index += np.arange(frequencies, dtype=np.int32) * bins
    counts = np.bincount(index[keep], minlength=frequencies * bins)
    return counts.reshape(frequencies, bins).astype(np.float32)


def likelihoods(counts: Floats, spread: float = ROUNDING, width: float = 0.125) -> Scores:
    """Log-likelihood of each step 1 … 255 against no step at all, (…, 255) from (…, bins)."""
    bins = counts.shape[-1]
    silent = int(_silent(spread) / width)
    # Sparse, since most bins are empty, and free of the threads that a dense product starts.
    few = sparse.csr_array(counts.reshape(-1, bins)[:, silent:])
    said: Scores = np.asarray(few @ _kernel(spread, bins, width)[silent:], np.float64)
    return said.reshape(*counts.shape[:-1], STEPS)


def _silent(spread: float) -> float:
    """Values below this tell nothing."""
    return max(_NEAR_ZERO, 4 * spread)


@cache
def _kernel(spread: float, bins: int, width: float) -> Floats:
    """What one value in each bin says about each step, (bins, 255)."""
    values = ((np.arange(bins) + 0.5) * width)[:, None]
    steps = np.arange(1, STEPS + 1)
    nearest = np.rint(values / steps)
    fit = sum((_bump(values, nearest + aside, steps, spread) for aside in (-1, 0, 1)),
              start=np.zeros((bins, STEPS)))  # fmt: skip
    said = np.log((1 - _STRAY) * fit + _STRAY)
    said[:, 0] = 0  # a step of 1 is no step: pixels are whole numbers anyway
    said[values[:, 0] < _silent(spread)] = 0
    return np.asarray(said, np.float32)


def _bump(values: Reals, number: Reals, steps: NDArray[np.int64], spread: float) -> Scores:
    """Density around one multiple, none around zero, against a smooth density."""
    off = (values - number * steps) / spread
    density: Scores = steps * np.exp(-0.5 * off**2) / (spread * np.sqrt(2 * np.pi))
    return np.where(number > 0, density, 0)


@cache
def ladder(kind: str = "luma") -> NDArray[np.int64]:
    """The hundred standard tables for ``luma`` or ``chroma``, (100, 64)."""
    tables = [standard_table(q, kind).reshape(64) for q in range(1, 101)]
    return np.stack(tables).astype(np.int64)


def standard_scores(scores: Scores, kind: str = "luma") -> Scores:
    """Log-likelihood of each standard quality 1 … 100, pooled over the 64 frequencies."""
    pooled: Scores = np.take_along_axis(scores.T, ladder(kind) - 1, axis=0).sum(axis=1)
    return pooled


#: what a free choice among 255 steps must gain before it says anything
_PRICE = float(np.log(STEPS)) + 2


def free_score(scores: Scores) -> float:
    """Log-likelihood of the best table of any kind, its freedom paid for."""
    return float(np.maximum(scores.max(axis=1) - _PRICE, 0).sum())
