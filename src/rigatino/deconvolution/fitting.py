"""The kernel that turns given edges into those that were seen.

    minimise Σ |k ∗ ∂x − ∂y|² + γ |k|²,    k ≥ 0,  k inside a square

The sums over the picture are two small correlations, so the size of the picture matters only once.
"""

from __future__ import annotations

import numpy as np
from scipy import fft

from rigatino.deconvolution.spectra import Array, to_waves

_STEPS = 120


def fitted(sharp: tuple[Array, Array], seen: tuple[Array, Array], side: int, ridge: float) -> Array:
    """Gradients (H, W) of both, periodic -> a kernel (side, side) of sum 1."""
    own = sum(np.abs(to_waves(one)) ** 2 for one in sharp)
    cross = sum(to_waves(b) * to_waves(a).conj() for a, b in zip(sharp, seen, strict=True))
    shape = sharp[0].shape
    normal = toeplitz(np.asarray(fft.irfft2(own, shape)), side)
    wanted = around(np.asarray(fft.irfft2(cross, shape)), side).ravel()
    scale = normal[0, 0] + 1e-12
    kernel = positive(normal / scale + ridge * np.eye(side * side), wanted / scale)
    return _summed(kernel.reshape(side, side).astype(np.float32))


def around(correlation: np.ndarray, side: int) -> np.ndarray:
    """The shifts −side // 2 … side // 2."""
    reach = np.arange(side) - side // 2
    return correlation[np.ix_(reach % correlation.shape[0], reach % correlation.shape[1])]


def toeplitz(own: np.ndarray, side: int) -> np.ndarray:
    """(side², side²): how alike the edges are after moving one pixel of a kernel to another."""
    rows, columns = np.divmod(np.arange(side * side), side)
    down, right = rows[:, None] - rows, columns[:, None] - columns
    return np.asarray(own[down % own.shape[0], right % own.shape[1]])


def positive(normal: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Least squares under k ≥ 0, by projected gradients with momentum (Beck and Teboulle 2009)."""
    step = 1 / _largest(normal)
    kernel = np.maximum(np.linalg.solve(normal, wanted), 0)
    ahead, pace = kernel, 1.0
    for _ in range(_STEPS):
        nearer = np.maximum(ahead - step * (normal @ ahead - wanted), 0)
        quicker = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = nearer + (pace - 1) / quicker * (nearer - kernel)
        kernel, pace = nearer, quicker
    return kernel


def _largest(normal: np.ndarray) -> float:
    """A bound of the largest eigenvalue."""
    vector = np.ones(len(normal))
    for _ in range(12):
        vector = normal @ (vector / np.linalg.norm(vector))
    return 1.05 * float(np.linalg.norm(vector))


def _summed(kernel: Array) -> Array:
    total = float(kernel.sum())
    if total <= 0:
        kernel = np.zeros_like(kernel)
        kernel[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
        return kernel
    return np.asarray(kernel / total, np.float32)
