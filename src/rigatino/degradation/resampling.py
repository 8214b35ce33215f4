"""How much each old sample weighs in each new one, along one axis.

New sample i lies at u = (i + ½) / scale − ½ of the old ones. Where a picture shrinks, the kernel is
stretched by 1 / scale, so that no detail is aliased; the weights of every new sample sum to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rigatino.degradation.borders import inside

Kernel = Literal["bicubic", "bilinear", "lanczos", "area"]
#: ``mirror``: beyond the border the picture goes on as its mirror image (as MATLAB's imresize has
#: it); ``cut``: only the weights inside count (as Pillow and torch have it)
Edge = Literal["mirror", "cut"]
Floats = NDArray[np.float64]


def bicubic(d: Floats) -> Floats:
    """Keys' cubic with a = −½."""
    d = np.abs(d)
    near = (1.5 * d - 2.5) * d * d + 1
    far = ((-0.5 * d + 2.5) * d - 4) * d + 2
    return np.asarray(np.where(d <= 1, near, np.where(d < 2, far, 0.0)))


def bilinear(d: Floats) -> Floats:
    """A triangle."""
    return np.asarray(np.maximum(0.0, 1 - np.abs(d)))


def lanczos(d: Floats) -> Floats:
    """sinc(d) · sinc(d / 3)."""
    return np.asarray(np.where(np.abs(d) < 3, np.sinc(d) * np.sinc(d / 3), 0.0))


#: the smooth kernels and how far they reach; "area" is not among them, see `_area`
KERNELS: dict[str, tuple[Callable[[Floats], Floats], int]] = {
    "bicubic": (bicubic, 2),
    "bilinear": (bilinear, 1),
    "lanczos": (lanczos, 3),
}


def weights(
    n: int, out: int, scale: float, kernel: Kernel, edge: Edge, *, offset: float = 0.0
) -> sparse.csr_array:
    """The matrix (out, n) that resamples one axis.

    ``offset``: the new sample, not necessarily a whole one, at which the old ones begin.
    """
    centre = (np.arange(out) + 0.5 - offset) / scale - 0.5
    reach = _reach(kernel, scale)
    first = np.floor(centre - reach).astype(np.int64)
    index = first[:, None] + np.arange(int(np.ceil(2 * reach)) + 2)
    weight = _weigh(index - centre[:, None], kernel, scale)
    if edge == "cut":
        weight *= (index >= 0) & (index < n)
    weight /= weight.sum(1, keepdims=True)
    row = np.broadcast_to(np.arange(out)[:, None], index.shape)
    entries = (weight.ravel(), (row.ravel(), inside(index, n, "mirror").ravel()))
    matrix = sparse.csr_array(entries, shape=(out, n))
    matrix.eliminate_zeros()
    return matrix


def _reach(kernel: Kernel, scale: float) -> float:
    if kernel == "area":
        return 0.5 / scale + 0.5
    return KERNELS[kernel][1] / min(scale, 1.0)


def _weigh(distance: Floats, kernel: Kernel, scale: float) -> Floats:
    if kernel == "area":
        return _area(distance, scale)
    return KERNELS[kernel][0](distance * min(scale, 1.0))


def _area(distance: Floats, scale: float) -> Floats:
    """How much of the old pixel the new one covers: the overlap of two intervals."""
    half = 0.5 / scale
    overlap = np.minimum(distance + 0.5, half) - np.maximum(distance - 0.5, -half)
    return np.asarray(np.maximum(0.0, overlap))
