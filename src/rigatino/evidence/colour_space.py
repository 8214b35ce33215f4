"""AFTER in BEFORE's colour space: converted by the profiles, or left alone where that fits better.

Many tools drop a profile and keep the numbers; so what the profiles say is tried, not trusted.
"""

from __future__ import annotations

import numpy as np

from rigatino.imaging import Picture, Pixels, between_profiles


def in_colours_of(before: Picture, after: Picture) -> tuple[Pixels, str]:
    """AFTER's colour, (H, W, 1 or 3), and what was done, empty where there was nothing to do."""
    if _same(before.icc, after.icc):
        return after.colour, ""
    turned = between_profiles(after.colour, after.icc, before.icc)
    if turned is None:
        return after.colour, (
            "the two files name different colour profiles, between which nothing was converted"
        )
    if _apart(before, turned) < _apart(before, after.colour):
        return turned, "the result was converted to the colour profile of your file"
    return after.colour, (
        "the two files name different colour profiles, but their numbers fit as they are: "
        "nothing was converted"
    )


def _same(one: bytes, other: bytes) -> bool:
    return one == other or (_is_srgb(one) and _is_srgb(other))


def _is_srgb(icc: bytes) -> bool:
    return not icc or b"sRGB" in icc or b"s\x00R\x00G\x00B" in icc


def _apart(before: Picture, colour: Pixels) -> float:
    """Difference of the mean colours and of their spread."""
    one, other = (p[::7, ::7].reshape(-1, p.shape[2]).astype(np.float64) /
                  np.iinfo(p.dtype).max for p in (before.colour, colour))  # fmt: skip
    means = np.abs(one.mean(axis=0) - other.mean(axis=0)).sum()
    return float(means + np.abs(one.std(axis=0) - other.std(axis=0)).sum())
