"""The quality setting behind a quantisation table.

Most encoders scale the two example tables of the JPEG standard (Annex K.1) by a
percentage; the quality number is only a name for that percentage.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

# ITU-T T.81, tables K.1 (luminance) and K.2 (chrominance), row-major.
_LUMA = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
_CHROMA_CORNER = ((17, 18, 24, 47), (18, 21, 26, 66), (24, 26, 56, 99), (47, 66, 99, 99))


@cache
def _base(kind: str) -> NDArray[np.int64]:
    if kind == "luma":
        return np.array(_LUMA, np.int64).reshape(8, 8)
    table = np.full((8, 8), 99, np.int64)
    table[:4, :4] = _CHROMA_CORNER
    return table


@dataclass(frozen=True, slots=True)
class Quality:
    """The standard scaled table nearest to a stored one."""

    value: int
    """1 … 100."""
    exact: bool
    """Whether the stored table *is* that scaled table."""
    residual: float
    """Mean |ln(stored / standard)| over the 64 entries; 0 where exact."""
    base: str
    """Which example table: ``luma`` or ``chroma``."""


def standard_table(quality: int, kind: str = "luma") -> NDArray[np.uint16]:
    """The example table scaled as the reference implementation does, (8, 8), 8-bit range."""
    if not 1 <= quality <= 100:
        raise ValueError(f"a JPEG quality lies between 1 and 100, not {quality}")
    percent = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((_base(kind) * percent + 50) // 100, 1, 255).astype(np.uint16)


@cache
def _ladder(kind: str) -> NDArray[np.float64]:
    """ln of all hundred tables, (100, 8, 8)."""
    return np.log(np.stack([standard_table(q, kind) for q in range(1, 101)]).astype(np.float64))


def estimate_quality(table: NDArray[np.uint16], first: bool = True) -> Quality:
    """Name the nearest quality; ``first`` says that luminance is to be preferred on a tie."""
    stored = np.log(np.maximum(table, 1).astype(np.float64))
    fits = []
    for kind in ("luma", "chroma") if first else ("chroma", "luma"):
        distances = np.abs(_ladder(kind) - stored).mean(axis=(1, 2))
        # From the top, so that of equal tables the higher quality is named.
        best = 99 - int(np.argmin(distances[::-1]))
        fits.append(Quality(best + 1, bool(distances[best] == 0), float(distances[best]), kind))
    return min(fits, key=lambda fit: fit.residual)
