"""Interpolation as a matrix: which lines of pixels can an enlargement produce at all?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import solveh_banded

Doubles = NDArray[np.float64]


def _bilinear(x: Doubles) -> Doubles:
    return np.asarray(np.maximum(1 - np.abs(x), 0))


def _cubic(a: float) -> Callable[[Doubles], Doubles]:
    """Keys' cubic: a = −0.5 is the usual bicubic, −0.75 that of browsers and OpenCV."""

    def kernel(x: Doubles) -> Doubles:
        x = np.abs(x)
        near = (a + 2) * x**3 - (a + 3) * x**2 + 1
        far = a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a
        return np.where(x < 1, near, np.where(x < 2, far, 0))

    return kernel


def _lanczos(x: Doubles) -> Doubles:
    return np.where(np.abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0)


#: name: (kernel, samples it reaches to either side)
KERNELS: dict[str, tuple[Callable[[Doubles], Doubles], int]] = {
    "bilinear": (_bilinear, 1),
    "bicubic": (_cubic(-0.5), 2),
    "bicubic (sharp)": (_cubic(-0.75), 2),
    "lanczos": (_lanczos, 3),
}


def matrix(kernel: str, factor: float, pixels: NDArray[np.int64], shift: float = 0.0) -> Doubles:
    """Rows: pixels of the enlarged line; columns: the samples they were made of.

    Pixel i lies at sample (i + ½) / factor − ½ + shift, the convention of every common program.
    """
    weight, reach = KERNELS[kernel]
    places = (pixels + 0.5) / factor - 0.5 + shift
    samples = np.arange(int(places[0]) - reach - 1, int(places[-1]) + reach + 2)
    weights = weight(np.asarray(places[:, None] - samples, np.float64))
    weights = weights[:, np.abs(weights).sum(axis=0) > 1e-3]
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def unexplained(matrix: Doubles, lines: Doubles) -> float:
    """What of the lines (pixels, lines) no samples can explain: deviation per free dimension.

    Least squares by normal equations, which have few diagonals: a pixel sees few samples.
    """
    narrow = sparse.csr_array(matrix)
    samples = solveh_banded(_diagonals(narrow), narrow.T @ lines, lower=True, check_finite=False)
    rest = lines - narrow @ samples
    free = max(1, matrix.shape[0] - matrix.shape[1])
    return float(np.sqrt(np.square(rest).sum() / (lines.shape[1] * free)))


def _diagonals(matrix: sparse.csr_array) -> Doubles:
    """MᵀM as LAPACK wants it: a row per diagonal, from the main one down."""
    gram = (matrix.T @ matrix).tocoo()
    below = gram.row - gram.col
    keep = below >= 0
    bands = np.zeros((int(below.max()) + 1, gram.shape[0]))
    bands[below[keep], gram.col[keep]] = gram.data[keep]
    bands[0] += 1e-7
    return bands
