"""A kernel of any form, from the picture alone, coarse to fine.

On a much reduced picture every blur is a dot. From there on the grid gets finer step by step: the
kernel so far gives a picture of few edges, the edges give a better kernel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from rigatino.deconvolution.edges import few_edges, gradients
from rigatino.deconvolution.fitting import fitted
from rigatino.deconvolution.kernels import cleaned, scaled
from rigatino.deconvolution.spectra import Array, canvas_size, extended

#: pixels along the side of the largest kernel
LARGEST = 31
_FINER = 2**0.5
_TURNS = 5
#: cost of an edge at the coarsest and finest step of every level, for values 0…1
_COST, _LEAST = 4e-3, 5e-4
_RIDGE = 2e-3
#: of a part that is looked at, on reduced pictures
_INSIDE = 0.9


def estimated(
    luma: Array, side: int = LARGEST, turns: int = _TURNS, where: Array | None = None
) -> Array:
    """(H, W) in 0…1 -> a kernel (side, side); only from edges ``where`` it is 1, (H, W)."""
    kernel = np.full((3, 3), 1 / 9, np.float32)
    before = None
    for factor, size in _levels(side):
        if before is not None:
            kernel = scaled(kernel, factor / before, size)
        there = None if where is None else _reduced(where, factor) > _INSIDE
        kernel = _refined(_reduced(luma, factor), kernel, turns, there)
        before = factor
    return cleaned(kernel)


def _levels(side: int) -> list[tuple[float, int]]:
    """Scale of the picture and side of the kernel, coarse to fine."""
    levels, factor = [(1.0, side)], 1.0
    while levels[0][1] > 3:
        factor /= _FINER
        levels.insert(0, (factor, max(3, _odd(side * factor))))
    return levels


def _odd(length: float) -> int:
    return 2 * round((length - 1) / 2) + 1


def _reduced(luma: Array, factor: float) -> Array:
    if factor == 1:
        return luma
    soft = ndimage.gaussian_filter(luma, 0.45 / factor)
    return np.asarray(ndimage.zoom(soft, factor, order=1, grid_mode=True, mode="nearest"))


def _refined(
    luma: Array, kernel: Array, turns: int, where: NDArray[np.bool_] | None = None
) -> Array:
    side = len(kernel)
    shape = canvas_size((luma.shape[0], luma.shape[1]), 2 * side)
    seen = extended(luma, shape)
    known = _known(luma.shape, shape, side // 2 + 1)
    if where is not None:
        known[: luma.shape[0], : luma.shape[1]] *= where
    slopes = _kept(gradients(seen), known)
    for turn in range(turns):
        cost = max(_LEAST, _COST * 0.6**turn)
        sharp = _kept(gradients(few_edges(seen, kernel, cost)), known)
        kernel = cleaned(fitted(sharp, slopes, side, _RIDGE))
    return kernel


def _kept(slopes: tuple[Array, Array], known: Array) -> tuple[Array, Array]:
    return slopes[0] * known, slopes[1] * known


def _known(size: tuple[int, ...], shape: tuple[int, int], rim: int) -> Array:
    """1 where edges are trusted: away from the border."""
    mask = np.zeros(shape, np.float32)
    mask[rim : size[0] - rim, rim : size[1] - rim] = 1
    return mask
