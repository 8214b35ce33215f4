"""Blur that is the same everywhere: y = k ∗ x, beyond the border as stated.

    y[i] = Σ_j k[j] · x[i + r − j]        adjoint: correlation, then the border folded back

The kernel has odd sides, its middle is the origin.
"""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from scipy import fft

from rigatino.degradation.arrays import Array, Size
from rigatino.degradation.borders import Border, folded, padded
from rigatino.degradation.inversion import by_cosines, by_fourier, by_steps
from rigatino.degradation.operator import Linear


class Convolution(Linear):
    """A blur that knows its kernel."""

    border: Border

    @abstractmethod
    def kernel(self) -> Array:
        """(2r+1, 2s+1)."""

    def _apply(self, x: Array) -> Array:
        kernel = self.kernel()
        radius = _radius(kernel)
        return convolved(padded(x, radius, self.border), kernel)

    def _adjoint(self, y: Array, size: Size) -> Array:  # noqa: ARG002
        kernel = self.kernel()
        return folded(correlated(y, kernel), _radius(kernel), self.border)

    def _pseudo_inverse(self, y: Array, size: Size, ridge: float) -> Array:
        kernel = self.kernel()
        if self.border == "periodic":
            return by_fourier(y, kernel, ridge)
        if _symmetric(kernel):
            return by_cosines(y, kernel, ridge)
        return by_steps(y, size, self.apply, self.adjoint, ridge)


def _radius(kernel: Array) -> Size:
    return kernel.shape[0] // 2, kernel.shape[1] // 2


def _symmetric(kernel: Array) -> bool:
    """In both directions, to within float32."""
    return all(np.allclose(kernel, np.flip(kernel, axis), atol=1e-7) for axis in (0, 1))


def _spectrum(kernel: Array, shape: Size) -> np.ndarray:
    return np.asarray(fft.rfft2(kernel, shape))


def _fast(size: tuple[int, ...]) -> Size:
    return fft.next_fast_len(size[0], real=True), fft.next_fast_len(size[1], real=True)


def convolved(x: Array, kernel: Array) -> Array:
    """Where the kernel lies wholly inside: (H + 2r, W + 2s, C) -> (H, W, C)."""
    shape = _fast(x.shape)
    spectrum = _spectrum(kernel, shape)
    (h, w), (r, s) = x.shape[:2], kernel.shape
    planes = (
        fft.irfft2(fft.rfft2(plane, shape) * spectrum, shape) for plane in np.moveaxis(x, 2, 0)
    )
    return np.stack([plane[r - 1 : h, s - 1 : w] for plane in planes], axis=2)


def correlated(y: Array, kernel: Array) -> Array:
    """The adjoint of `convolved`: (H, W, C) -> (H + 2r, W + 2s, C)."""
    (h, w), (r, s) = y.shape[:2], kernel.shape
    grown = np.pad(y, ((r - 1, 0), (s - 1, 0), (0, 0)))
    shape = _fast(grown.shape)
    spectrum = _spectrum(kernel, shape).conj()
    planes = (
        fft.irfft2(fft.rfft2(plane, shape) * spectrum, shape) for plane in np.moveaxis(grown, 2, 0)
    )
    return np.stack([plane[: h + r - 1, : w + s - 1] for plane in planes], axis=2)
