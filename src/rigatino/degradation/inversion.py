"""Undoing linear operators: by their spectrum where they have one, step by step otherwise.

All solve (A*A + ε) x = A*y. A blur is diagonal in the Fourier basis where the border is periodic,
and in the cosine basis where the border mirrors and the kernel is symmetric in both directions:
there x̂ = conj(λ) ŷ / (|λ|² + ε).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import fft

from rigatino.degradation.arrays import Array, Size

Step = Callable[[Array], Array]
#: LSQR stops when what it leaves unexplained is this share of the data, or after this many steps.
TOLERANCE, STEPS = 1e-6, 500


def _offsets(n: int) -> Array:
    return np.arange(n, dtype=np.float32) - n // 2


def by_fourier(y: Array, kernel: Array, ridge: float) -> Array:
    """Undo a blur with periodic border: y (H, W, C), kernel (2r+1, 2s+1)."""
    h, w = y.shape[:2]
    down, across = (
        np.exp(-2j * np.pi / n * np.outer(np.arange(n), _offsets(k)))
        for n, k in zip((h, w), kernel.shape, strict=True)
    )
    spectrum = (down @ kernel @ across.T)[..., None]
    solved = fft.fft2(y, axes=(0, 1)) * spectrum.conj() / (np.abs(spectrum) ** 2 + ridge)
    return np.asarray(fft.ifft2(solved, axes=(0, 1)).real, np.float32)


def by_cosines(y: Array, kernel: Array, ridge: float) -> Array:
    """Undo a blur with mirroring border and a kernel that is symmetric in both directions."""
    h, w = y.shape[:2]
    down, across = (
        np.cos(np.pi / n * np.outer(np.arange(n), _offsets(k)))
        for n, k in zip((h, w), kernel.shape, strict=True)
    )
    spectrum = (down @ kernel.astype(np.float64) @ across.T)[..., None]
    solved = fft.dctn(y.astype(np.float64), axes=(0, 1)) * spectrum / (spectrum**2 + ridge)
    return np.asarray(fft.idctn(solved, axes=(0, 1)), np.float32)


def by_steps(y: Array, size: Size, forward: Step, adjoint: Step, ridge: float) -> Array:
    """Undo any linear operator by LSQR (Paige and Saunders 1982)."""
    from scipy.sparse.linalg import LinearOperator, lsqr

    before, after = (*size, y.shape[2]), y.shape
    system = LinearOperator(
        dtype=np.float32,
        shape=(int(np.prod(after)), int(np.prod(before))),
        matvec=lambda v: forward(v.reshape(before).astype(np.float32)).ravel(),
        rmatvec=lambda v: adjoint(v.reshape(after).astype(np.float32)).ravel(),
    )
    found = lsqr(system, y.ravel(), damp=ridge**0.5, atol=TOLERANCE, btol=TOLERANCE, iter_lim=STEPS)
    return np.asarray(found[0].reshape(before), np.float32)
