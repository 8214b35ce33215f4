"""One axis of an enlargement: which old sample each new one lies at, and how far from it.

New sample i lies at u = (i + ½) / scale − ½ of the old ones, as everywhere in this program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rigatino.degradation.resampling import weights

Whole = NDArray[np.int64]
Floats = NDArray[np.float32]


#: old samples beyond a block that a new one may ask: bicubic two, LIIF two, one to spare
REACH = 3


@dataclass(frozen=True, eq=False)
class Places:
    """New samples of a block, seen from a window of old ones that holds all they may ask."""

    scale: float
    """New samples per old one."""
    window: slice
    """The old samples of that window."""
    new: slice
    """The new samples."""
    nearest: Whole
    """(n,) the old sample next to each new one, counted from the window's first; never falling."""
    offset: Floats
    """(n,) from there to the new sample, −½…½ of an old one."""
    bicubic: Floats
    """(n, window): how much each old sample weighs in each new one by Keys' cubic."""

    @property
    def factor(self) -> int | None:
        """The scale, if it is whole and the window's new samples begin and end with old ones."""
        whole = round(self.scale)
        if abs(self.scale - whole) > 1e-9 or len(self.nearest) % whole:
            return None
        regular = self.nearest[0] + np.arange(len(self.nearest)) // whole
        return whole if np.array_equal(self.nearest, regular) else None


@dataclass(frozen=True)
class Axis:
    """``old`` samples become ``new`` ones, never fewer."""

    old: int
    new: int

    @property
    def scale(self) -> float:
        """New samples per old one."""
        return self.new / self.old

    @cached_property
    def at(self) -> NDArray[np.float64]:
        """Where each new sample lies among the old ones."""
        return np.asarray((np.arange(self.new) + 0.5) / self.scale - 0.5, np.float64)

    @cached_property
    def nearest(self) -> Whole:
        """The old sample next to each new one."""
        return np.clip(np.floor(self.at + 0.5), 0, self.old - 1).astype(np.int64)

    @cached_property
    def _bicubic(self) -> sparse.csr_array:
        return weights(self.old, self.new, self.scale, "bicubic", "mirror")

    def block(self, first: int, last: int) -> Places:
        """The new samples that are next to the old ones ``first`` … ``last`` − 1."""
        start, stop = np.searchsorted(self.nearest, (first, last))
        new = slice(int(start), int(stop))
        window = slice(max(0, first - REACH), min(self.old, last + REACH))
        nearest = self.nearest[new]
        offset = (self.at[new] - nearest).astype(np.float32)
        rows = self._bicubic[new][:, window].toarray().astype(np.float32)
        return Places(self.scale, window, new, nearest - window.start, offset, rows)
