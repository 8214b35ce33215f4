"""Scaling a picture down (what a messenger does to it) or up, by any factor."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rigatino.degradation.arrays import Array, Size, more_than
from rigatino.degradation.operator import Facts, Linear
from rigatino.degradation.resampling import KERNELS, Edge, Kernel, weights
from rigatino.errors import UsageError


@dataclass(frozen=True)
class Resize(Linear):
    """y = V x Hᵀ per channel, with V and H from `resampling.weights`; never clipped."""

    #: new height over old height
    down: float
    #: new width over old width
    across: float
    kernel: Kernel = "bicubic"
    edge: Edge = "mirror"

    def __post_init__(self) -> None:
        more_than("down", self.down, 0)
        more_than("across", self.across, 0)
        if self.kernel not in (*KERNELS, "area"):
            raise UsageError(
                f"the kernel {self.kernel!r}", f"one of {', '.join((*KERNELS, 'area'))}", "pick one"
            )

    @classmethod
    def between(
        cls, before: Size, after: Size, kernel: Kernel = "bicubic", edge: Edge = "mirror"
    ) -> Resize:
        """The scaling that makes exactly this size of that one."""
        return cls(after[0] / before[0], after[1] / before[1], kernel, edge)

    @property
    def facts(self) -> Facts:
        """Kernels without negative weights stay between the brightest and the darkest."""
        return Facts(
            linear=True,
            stochastic=False,
            bounded=self.kernel in ("bilinear", "area"),
            idempotent=False,
            assumption=f"scaled once, by {self.kernel} weights on the stored values, not clipped",
        )

    def out_size(self, size: Size) -> Size:
        """Each side times its factor, rounded up."""
        return _scaled(size[0], self.down), _scaled(size[1], self.across)

    def _matrices(self, size: Size) -> tuple[sparse.csr_array, sparse.csr_array]:
        (h, w), (tall, wide) = size, self.out_size(size)
        return (
            weights(h, tall, self.down, self.kernel, self.edge),
            weights(w, wide, self.across, self.kernel, self.edge),
        )

    def _apply(self, x: Array) -> Array:
        down, across = self._matrices((x.shape[0], x.shape[1]))
        return _along_both(x, _times(down), _times(across))

    def _adjoint(self, y: Array, size: Size) -> Array:
        down, across = self._matrices(size)
        return _along_both(y, _times(down.T.tocsr()), _times(across.T.tocsr()))

    def _pseudo_inverse(self, y: Array, size: Size, ridge: float) -> Array:
        down, across = self._matrices(size)
        return _along_both(y, _solved(down, ridge), _solved(across, ridge))


def _scaled(n: int, factor: float) -> int:
    """The tiny deduction keeps 100 × 0.07 at 7."""
    return max(1, math.ceil(n * factor - 1e-6))


def _along_both(
    x: Array, down: Callable[[Array], Array], across: Callable[[Array], Array]
) -> Array:
    """Work on the columns, then on the rows: (H, W, C) -> (h, w, C)."""
    h, w, c = x.shape
    tall = down(x.reshape(h, w * c)).reshape(-1, w, c)
    wide = across(np.ascontiguousarray(tall.swapaxes(0, 1)).reshape(w, -1))
    return np.ascontiguousarray(wide.reshape(-1, tall.shape[0], c).swapaxes(0, 1))


def _times(matrix: sparse.csr_array) -> Callable[[Array], Array]:
    narrow = matrix.astype(np.float32)
    return lambda x: np.asarray(narrow @ x, np.float32)


def _solved(matrix: sparse.csr_array, ridge: float) -> Callable[[Array], Array]:
    """Aᵀ (A Aᵀ + ε)⁻¹: the Gram matrix has few diagonals, so that factoring it is quick."""
    from scipy.sparse.linalg import splu

    gram = matrix @ matrix.T + ridge * sparse.eye_array(matrix.shape[0])
    factors = splu(gram.tocsc())
    return lambda y: np.asarray(matrix.T @ factors.solve(y.astype(np.float64)), np.float32)
