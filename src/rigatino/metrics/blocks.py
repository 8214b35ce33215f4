"""Traces of the 8 × 8 blocks of JPEG.

PSNR-B (Yim and Bovik 2011) adds to the mean squared error what the result's own block borders stand
out by: with D_B the mean squared step across block borders, D_O that across all other neighbours,

    BEF = max(0, D_B − D_O) · log₂ 8 / log₂ min(H, W)        PSNR-B = 10 log₁₀(1 / (MSE + BEF))
"""

from __future__ import annotations

import math

import numpy as np

from rigatino.metrics.arrays import Floats, Picture, checked, pair
from rigatino.metrics.brightness import full
from rigatino.metrics.fidelity import decibels, mean_squared_error

_BLOCK = 8
#: below this, steps are rounding and no texture (a tenth of one level in 8 bits)
_NOTHING = 0.1 / 255


def psnr_b(truth: Picture, result: Picture) -> float:
    """PSNR less what block borders cost, in dB, of brightness (0.299, 0.587, 0.114)."""
    first, second = (full(x) for x in pair(truth, result, side=2))
    return decibels(mean_squared_error(first, second) + _blocking_effect(second))


def _blocking_effect(x: Floats) -> float:
    at, off = _steps(x)
    border, other = (float(np.mean(steps**2)) if steps.size else 0.0 for steps in (at, off))
    share = math.log2(_BLOCK) / math.log2(min(x.shape[:2]))
    return share * max(0.0, border - other)


def blockiness(picture: Picture) -> float:
    """Mean step across block borders over mean step elsewhere: 1 without blocks, more with them.

    Brightness only; the grid is taken to begin at the first pixel.
    """
    at, off = _steps(full(checked(picture)))
    if not at.size or not off.size:
        return 1.0
    return float((np.abs(at).mean() + _NOTHING) / (np.abs(off).mean() + _NOTHING))


def _steps(x: Floats) -> tuple[Floats, Floats]:
    """Steps between neighbours: those across block borders, and all others."""
    at, off = [], []
    for axis in (0, 1):
        steps = np.diff(x, axis=axis).swapaxes(0, axis)
        border = np.arange(1, len(steps) + 1) % _BLOCK == 0
        at.append(steps[border].ravel())
        off.append(steps[~border].ravel())
    return np.concatenate(at), np.concatenate(off)
