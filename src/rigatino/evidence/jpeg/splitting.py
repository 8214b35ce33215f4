"""One coefficient: how much of it the file fixes, allows, and rules out.

With the stored value c₀ (integer · step), the interval I around it and the result's value c,
p being c moved to the nearest end of I::

    recovered     max(0, c₀² − (c − c₀)²)
    filled in     (p − c₀)²
    contradicted  (c − p)²

The average of a block is no detail: of it only what is contradicted counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence.jpeg.fixed import Known

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Of blocks: recovered, filled in and contradicted, each (R, C, 64); and what is outside."""

    recovered: Floats
    filled: Floats
    contradicted: Floats
    outside: NDArray[np.bool_]
    """Coefficients beyond their interval."""
    counted: NDArray[np.bool_]
    """Those that are not zero in the file or in the result."""


def split(found: Floats, known: Known, slack: Floats | float = 0.0) -> Parts:
    """``found``: (R, C, 64); ``slack`` widens every interval."""
    off = found - known.stored
    beyond = off - np.clip(off, known.low - slack, known.high + slack)
    outside = beyond != 0
    counted = (known.stored != 0) | (np.abs(found) > known.least)
    recovered = known.stored * known.stored - off * off
    np.maximum(recovered, 0, out=recovered)
    off -= beyond
    off *= off
    beyond *= beyond
    recovered[..., 0] = off[..., 0] = 0
    return Parts(recovered, off, beyond, outside, counted)


def unknown(found: Floats) -> Parts:
    """Of coefficients that nothing speaks of: all detail is filled in."""
    filled = found * found
    filled[..., 0] = 0
    nothing, never = np.zeros_like(found), np.zeros(found.shape, np.bool_)
    return Parts(nothing, filled, nothing, never, never)
