"""From likelihoods of steps to a quantisation table, or to what can be known of one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.compression import comb
from rigatino.diagnosis.compression.comb import Scores

#: log-likelihood by which a step must beat every other that is not nearly the same
_MARGIN = 6.0
#: of two example tables that are equally near, the one for brightness is named
_KINDS = ("luma", "chroma")
#: a table of another kind must explain this much more than the best standard one
_BETTER = 1.05


@dataclass(frozen=True, eq=False)
class Steps:
    """A luminance table as the pixels show it."""

    quality: int
    """Standard quality, or the nearest one by the steps that could be read."""
    standard: bool
    """Whether the standard table explains the coefficients as well as any other."""
    residual: float
    """Mean |ln(step / standard step)| over the steps read; 0 for a standard table."""
    table: NDArray[np.int64]
    """(8, 8); 0 where nothing could be read and the table is not a standard one."""
    read: int
    """Steps of the 64 that the pixels themselves show."""
    low: int
    """Lowest quality that explains the pixels almost as well."""
    high: int
    """Highest such quality."""


def read_steps(scores: Scores) -> Steps:
    """The most likely table from likelihoods (64, 255)."""
    free = _free_table(scores)
    standard = comb.standard_scores(scores)
    quality = int(np.argmax(standard)) + 1
    near = np.flatnonzero(standard > standard.max() - _MARGIN) + 1
    read = int((free > 0).sum())
    if comb.free_score(scores) <= _BETTER * max(float(standard.max()), 0.0):
        table = comb.ladder()[quality - 1].reshape(8, 8)
        return Steps(quality, True, 0.0, table, read, int(near[0]), int(near[-1]))
    nearest, residual = _nearest(free)
    return Steps(nearest, False, residual, free.reshape(8, 8), read, nearest, nearest)


def _free_table(scores: Scores) -> NDArray[np.int64]:
    """The step of each frequency on its own, 0 where it is not clear, (64,)."""
    best = scores.argmax(axis=1)
    top = scores[np.arange(64), best]
    rivals = scores.copy()
    rivals[np.arange(64), best] = -np.inf
    clear = (top > 2 * _MARGIN) & (top - rivals.max(axis=1) > _MARGIN / 2)
    return np.where(clear, best + 1, 0)


def _nearest(table: NDArray[np.int64]) -> tuple[int, float]:
    """The standard quality nearest to the steps that are known, and how far it is.

    As for a header's table, either example table may be the nearer one.
    """
    known = table > 0
    if not known.any():
        return 100, 0.0
    logs = np.log(table[known])
    away = [np.abs(np.log(comb.ladder(kind)[:, known]) - logs).mean(axis=1) for kind in _KINDS]
    nearer = min(away, key=lambda distances: float(distances.min()))
    best = 99 - int(np.argmin(nearer[::-1]))
    return best + 1, float(nearer[best])
