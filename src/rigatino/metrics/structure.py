"""SSIM (Wang, Bovik, Sheikh and Simoncelli 2004): mean, contrast and structure, locally compared.

    SSIM = (2 μx μy + C₁)(2 σxy + C₂) / ((μx² + μy² + C₁)(σx² + σy² + C₂))

C₁ = 0.01², C₂ = 0.03² for values in 0…1. Weights: an 11 × 11 Gaussian with σ = 1.5 and sum 1; only
places where it lies wholly inside count; channels are averaged.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import ndimage

from rigatino.metrics.arrays import Floats, Picture, pair
from rigatino.metrics.brightness import studio

_SIDE, _SIGMA = 11, 1.5
_C1, _C2 = 0.01**2, 0.03**2


def ssim(truth: Picture, result: Picture, shave: int = 0) -> float:
    """The mean over all channels; 1 for identical pictures."""
    first, second = pair(truth, result, shave, side=_SIDE)
    # One channel after the other: a large picture needs a third of the memory.
    each = [ssim_map(x[..., None], y[..., None]).mean() for x, y in _channels(first, second)]
    return float(np.mean(each))


def _channels(x: Floats, y: Floats) -> Iterator[tuple[Floats, Floats]]:
    return zip(np.moveaxis(x, 2, 0), np.moveaxis(y, 2, 0), strict=True)


def ssim_y(truth: Picture, result: Picture, shave: int = 0) -> float:
    """Of Y (studio range), as papers on enlargement print it."""
    first, second = pair(truth, result, shave, side=_SIDE)
    return float(ssim_map(studio(first), studio(second)).mean())


def ssim_map(x: Floats, y: Floats) -> Floats:
    """Place by place: (H, W, C) -> (H − 10, W − 10, C)."""
    mx, my = _local(x), _local(y)
    vx, vy = _local(x * x) - mx * mx, _local(y * y) - my * my
    both = _local(x * y) - mx * my
    above = (2 * mx * my + _C1) * (2 * both + _C2)
    return np.asarray(above / ((mx**2 + my**2 + _C1) * (vx + vy + _C2)))


def _local(x: Floats) -> Floats:
    """The weighted mean around every place, rows first."""
    bell = np.exp(-0.5 * ((np.arange(_SIDE) - _SIDE // 2) / _SIGMA) ** 2)
    bell /= bell.sum()
    inside = slice(_SIDE // 2, -(_SIDE // 2))
    rows = ndimage.correlate1d(x, bell, axis=0)[inside]
    return np.asarray(ndimage.correlate1d(rows, bell, axis=1)[:, inside])
