"""Quantisation tables and sampling factors, as files name them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import UsageError

#: 64 steps in natural order: row after row, the average first
Table = tuple[int, ...]
#: per component, (across, down): samples in the smallest square that all components fill
Factors = tuple[tuple[int, int], ...]

# ITU-T T.81, annex K, tables K.1 and K.2.
LUMA: Table = (
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
CHROMA: Table = (
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    *((99,) * 32),
)  # fmt: skip

#: the usual names; any other factors can be given as numbers
SAMPLINGS: dict[str, Factors] = {
    "4:4:4": ((1, 1), (1, 1), (1, 1)),
    "4:2:2": ((2, 1), (1, 1), (1, 1)),
    "4:2:0": ((2, 2), (1, 1), (1, 1)),
    "4:4:0": ((1, 2), (1, 1), (1, 1)),
    "4:1:1": ((4, 1), (1, 1), (1, 1)),
    "4:1:0": ((4, 2), (1, 1), (1, 1)),
}


def quality_tables(quality: int) -> tuple[Table, Table]:
    """Luma and chroma tables of a quality 1…100, scaled as libjpeg does."""
    if not 1 <= quality <= 100:
        raise UsageError(f"quality {quality}", "1 to 100", "choose another quality")
    percent = 5000 // quality if quality < 50 else 200 - 2 * quality

    def scaled(base: Table) -> Table:
        return tuple(min(255, max(1, (step * percent + 50) // 100)) for step in base)

    return scaled(LUMA), scaled(CHROMA)


def checked_table(table: Table) -> Table:
    """64 positive steps, or a line that says so."""
    if len(table) != 64 or min(table) < 1:
        raise UsageError(
            f"a quantisation table of {len(table)} steps",
            "64 steps, each at least 1",
            "give them row after row, the average first",
        )
    return table


def square(table: Table) -> NDArray[np.float32]:
    """(8, 8): down, across."""
    return np.array(table, np.float32).reshape(8, 8)


def ratios(factors: Factors) -> tuple[tuple[int, int], ...]:
    """Per component, how many pixels (across, down) share one sample; whole numbers only."""
    across, down = (max(f[axis] for f in factors) for axis in (0, 1))
    for a, d in factors:
        if not (1 <= a <= 4 and 1 <= d <= 4) or across % a or down % d:
            raise UsageError(
                f"the sampling factors {factors}",
                "1 to 4, of which the largest is a multiple of the others",
                f"use one of {', '.join(SAMPLINGS)}, or other factors",
            )
    return tuple((across // a, down // d) for a, d in factors)
