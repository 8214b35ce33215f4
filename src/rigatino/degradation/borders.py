"""What a picture is taken to be beyond its border.

``mirror``: it goes on as its own mirror image, the border pixel shown twice (d c b a | a b c d).
``periodic``: it starts again from the other side (a b c d | a b c d).
Both hold for any distance, also where the pad is larger than the picture.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.arrays import Array, Size

Border = Literal["mirror", "periodic"]


def inside(index: NDArray[np.int64], n: int, border: Border) -> NDArray[np.int64]:
    """Where samples at any index are found among 0…n-1."""
    if border == "periodic":
        return index % n
    index = index % (2 * n)
    return np.minimum(index, 2 * n - 1 - index)


def _around(n: int, pad: int, border: Border) -> NDArray[np.int64]:
    return inside(np.arange(-pad, n + pad), n, border)


def padded(x: Array, pad: Size, border: Border) -> Array:
    """(H, W, C) -> (H + 2 pad, W + 2 pad, C)."""
    rows, columns = (_around(n, p, border) for n, p in zip(x.shape, pad, strict=False))
    return x[rows][:, columns]


def folded(y: Array, pad: Size, border: Border) -> Array:
    """The adjoint of `padded`: what lies beyond the border is added to where it came from."""
    for axis, p in enumerate(pad):
        y = np.moveaxis(y, axis, 0)
        n = len(y) - 2 * p
        out = y[p : p + n].copy()
        source = _around(n, p, border)
        for i in (*range(p), *range(p + n, n + 2 * p)):
            out[source[i]] += y[i]
        y = np.moveaxis(out, 0, axis)
    return y
