"""Was the picture a JPEG on another grid before? Steps that survive at another phase.

At the phase of the earlier grid, coefficients still crowd around multiples of the earlier
steps, blurred by the rounding of the later saving. How much of that rounding there was is not
known beforehand, so a few shares of it are tried and the likeliest kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.compression import comb
from rigatino.diagnosis.compression.blocks import PHASES, Phase, Tile, at_every_phase, coefficients
from rigatino.diagnosis.compression.comb import Scores
from rigatino.diagnosis.subject import Floats

#: the blur, as a share of what rounding to the later steps can do at most
_SHARES = (0.6, 0.9, 1.25)
#: blurs are taken from this ladder, so that few kernels are needed
_BLURS = 0.5 * 1.35 ** np.arange(14)
#: only the low frequencies keep enough coefficients: rows and columns 0 … 5
_LOW = np.array([8 * row + column for row in range(6) for column in range(6)])
_COARSE, _FINE, _FINALISTS = 1000, 8192, 3
_WIDTH, _REACH = 0.5, 384


@dataclass(frozen=True, slots=True)
class Shifted:
    """The likeliest earlier grid."""

    phase: Phase
    quality: int
    gain: float
    """Log-likelihood of that grid and table against none."""
    runner_up: float
    """The same of the next best phase: what a picture shows without any earlier grid."""


def shifted_saving(tiles: tuple[Tile, ...], last: Phase, table: NDArray[np.int64]) -> Shifted:
    """Of the 63 phases other than that of the last saving, whose steps (64,) are given."""
    blurs = [_blurs(table, share) for share in _SHARES]
    others = [phase for phase in PHASES if phase != last]
    every = at_every_phase(tiles, _COARSE)
    coarse = _scores([every[PHASES.index(phase)] for phase in others], blurs)
    finalists = [others[int(at)] for at in np.argsort(-coarse.max(axis=1))[:_FINALISTS]]
    finals = _scores([coefficients(tiles, phase, _FINE) for phase in finalists], blurs)
    gains = finals.max(axis=1)
    first, second = np.argsort(-gains)[:2]
    quality = int(finals[first].argmax()) + 1
    return Shifted(finalists[first], quality, float(gains[first]), float(gains[second]))


def _blurs(table: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    """For each low frequency the rung of the ladder that its blur comes to.

    On another grid the rounding of a coefficient spreads over its neighbours.
    """
    power = np.pad(np.maximum(table.reshape(8, 8), 1).astype(float) ** 2, 1, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(power, (3, 3)).mean(axis=(2, 3))
    blur = np.sqrt(comb.ROUNDING**2 + share**2 * around / 12).reshape(64)[_LOW]
    return np.asarray(np.abs(np.log(_BLURS) - np.log(blur)[:, None]).argmin(axis=1))


def _scores(sets: list[Floats], blurs: list[NDArray[np.int64]]) -> Scores:
    """Per set of coefficients (blocks, 64) the gain of each quality, by its likeliest blur."""
    counts = np.stack([comb.histogram(values[:, _LOW], _WIDTH, _REACH) for values in sets])
    return np.asarray(np.max([_pooled(counts, rungs) for rungs in blurs], axis=0))


def _pooled(counts: Floats, rungs: NDArray[np.int64]) -> Scores:
    """Log-likelihood of each standard quality, each frequency with its own blur, (sets, 100)."""
    steps = comb.ladder()[:, _LOW]
    total = np.zeros((len(counts), 100))
    for rung in np.unique(rungs):
        at = np.flatnonzero(rungs == rung)
        scores = comb.likelihoods(counts[:, at], float(_BLURS[rung]), _WIDTH)
        total += scores[:, np.arange(len(at)), steps[:, at] - 1].sum(axis=2)
    return total
