"""Where does the 8×8 grid lie? The phase at which coefficients sit on multiples of steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.diagnosis.compression import comb
from rigatino.diagnosis.compression.blocks import (
    PHASES,
    Phase,
    Tile,
    at_every_phase,
    coefficients,
)
from rigatino.diagnosis.compression.comb import Scores

#: log-likelihood below which a grid is not believed (pristine pictures reach 61)
_ENOUGH = 100.0
#: how far the best phase must stand out (drawn pictures have preferred phases of their own)
_AHEAD = 1.5
_COARSE, _FINE, _FINALISTS = 400, 8192, 3


@dataclass(frozen=True, eq=False)
class Grid:
    """The phase found, and what the coefficients there say about steps."""

    phase: Phase
    blocks: int
    score: float
    runner_up: float
    scores: Scores
    """Log-likelihood of each step at each frequency, (64, 255)."""

    @property
    def sure(self) -> bool:
        """Whether there is a grid at all."""
        return self.score > _ENOUGH and self.score > _AHEAD * self.runner_up


def find_grid(tiles: tuple[Tile, ...]) -> Grid:
    """The most likely phase of the last JPEG saving."""
    coarse = dict(zip(PHASES, _coarse(tiles), strict=True))
    ranked = sorted(PHASES, key=lambda phase: -coarse[phase])
    finals = [grid_at(tiles, phase) for phase in ranked[:_FINALISTS]]
    finals.sort(key=lambda grid: -grid.score)
    best, second = finals[:2]
    return Grid(best.phase, best.blocks, best.score, second.score, best.scores)


def grid_at(tiles: tuple[Tile, ...], phase: Phase) -> Grid:
    """What one phase says; the runner-up is left at 0."""
    values = coefficients(tiles, phase, _FINE)
    scores = comb.likelihoods(comb.histogram(values))
    return Grid(phase, len(values), _score(scores), 0.0, scores)


def _coarse(tiles: tuple[Tile, ...]) -> list[float]:
    """A score for each phase, from a few places."""
    values = at_every_phase(tiles, _COARSE)
    counts = np.stack([comb.histogram(at, 0.25, 256) for at in values])
    return [_score(scores) for scores in comb.likelihoods(counts, width=0.25)]


def _score(scores: Scores) -> float:
    return max(float(comb.standard_scores(scores).max()), comb.free_score(scores))
