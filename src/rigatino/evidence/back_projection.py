"""An enlargement made consistent: made smaller by the named way, it is BEFORE again.

x + A⁺(b − Ax), A⁺ being the pseudo-inverse of the downscaling: the nearest picture to x that does.
Where BEFORE is a JPEG, b is the nearest smaller picture that its numbers allow, not its plain
decode; where BEFORE is clipped, beyond is free.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from rigatino.degradation.jpeg import Projection
from rigatino.evidence.case import Case
from rigatino.evidence.laying import Laid
from rigatino.imaging import Pixels, from_float, to_float

Floats = NDArray[np.float32]
#: grey levels by which BEFORE's and AFTER's rounding may move a sample
LEVEL = 1.0
_RIDGE, _ROUNDS = 1e-6, 3
_TOP = np.float32(255)
Solver = Callable[[Floats], Floats]


def consistent(case: Case) -> Pixels:
    """AFTER, moved; 8 bits, in BEFORE's stored orientation."""
    picture = to_float(case.result)
    spread = inverse_of(case.laid)
    for _ in range(_ROUNDS):
        deep = replace(case.laid, pixels=from_float(picture, bits=16), gain=(), offset=())
        small = np.asarray(deep.band(slice(0, case.size[0])) / _TOP, np.float32)
        off = _beyond(case, small)
        moved = [spread(off[..., channel]) for channel in range(off.shape[2])]
        picture = np.clip(picture + np.stack(moved, axis=2), 0, 1)
    return from_float(picture)


def _beyond(case: Case, small: Floats) -> Floats:
    """b − Ax, 0 where it is not covered or BEFORE is clipped and AFTER beyond."""
    own = to_float(case.own)
    whole = case.stored is not None and case.stored.complete and own.shape == small.shape
    target = Projection(case.stored).into(np.clip(small, 0, 1)) if whole and case.stored else own
    off = target - small
    off[(own >= 1) & (off < 0)] = 0
    off[(own <= 0) & (off > 0)] = 0
    rows, columns = case.laid.covered
    off[~rows] = 0
    off[:, ~columns] = 0
    return np.asarray(off, np.float32)


def inverse_of(laid: Laid) -> Solver:
    """A⁺ of a plane: (h, w) on BEFORE's grid -> (H, W) on AFTER's."""
    down, across = (_solver(matrix) for matrix in (laid.down, laid.across))
    return lambda plane: np.ascontiguousarray(across(np.ascontiguousarray(down(plane).T)).T)


def _solver(matrix: sparse.csr_array | None) -> Solver:
    if matrix is None:
        return lambda x: x
    gram = (matrix @ matrix.T + _RIDGE * sparse.eye_array(matrix.shape[0])).tocsc()
    factors = splu(gram)
    turned = matrix.T.tocsr()
    return lambda y: np.asarray(turned @ factors.solve(y.astype(np.float64)), np.float32)
