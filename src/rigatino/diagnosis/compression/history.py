"""Saved once or more: both tests for an earlier saving, and when they are to be believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.compression.aligned import earlier_saving
from rigatino.diagnosis.compression.blocks import Phase, Tile, coefficients
from rigatino.diagnosis.compression.shifted import shifted_saving

#: log-likelihood, and log-likelihood per coefficient, that an earlier saving on the same grid
#: must reach: one saving of a drawn picture reaches 0.014 per coefficient, of a photograph 0.001
_GAIN, _PER_COEFFICIENT = 25.0, 0.016
#: the same for another grid, and how far it must stand out from every other phase
_SHIFTED_GAIN, _STANDS_OUT = 120.0, 3.0
#: with fewer coefficients other than zero an earlier saving would go unnoticed
ENOUGH = 1500


@dataclass(frozen=True, slots=True)
class History:
    """What is known of savings before the last one."""

    savings: int
    """2 if an earlier saving was found, else 1."""
    kind: str
    """``aligned``, ``shifted`` or ``none``."""
    quality: int | None
    """Standard quality nearest to the earlier table."""
    phase: Phase | None
    """Where the earlier grid begins, if it was another."""
    coefficients: int
    """Coefficients other than zero that the search rests on."""

    @property
    def telling(self) -> bool:
        """Whether an earlier, harder saving would have been noticed."""
        return self.coefficients >= ENOUGH


def history(tiles: tuple[Tile, ...], phase: Phase, table: NDArray[np.int64]) -> History:
    """Look for an earlier saving; ``table`` (64,) is that of the last one at ``phase``."""
    same = earlier_saving(coefficients(tiles, phase), table)
    if same.gain > _GAIN + _PER_COEFFICIENT * same.used:
        return History(2, "aligned", same.quality, None, same.used)
    other = shifted_saving(tiles, phase, table)
    if other.gain > _SHIFTED_GAIN and other.gain > _STANDS_OUT * other.runner_up:
        return History(2, "shifted", other.quality, other.phase, same.used)
    return History(1, "none", None, None, same.used)
