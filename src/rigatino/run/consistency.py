"""Keep an enlargement to the pixels it was made of: made small again, it gives them back.

Under a named way of making small, y = V x Hᵀ, the nearest picture with that property is
x + V⁺ (y − V x Hᵀ) H⁺ᵀ; V⁺ = Vᵀ (V Vᵀ)⁻¹. It alternates with the limits 0…1 and with rounding to
the depth of the result. A pixel at 0 or at the top may stand for anything beyond: it binds one
side only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from rigatino.degradation.resampling import Kernel, weights
from rigatino.imaging import Picture, Pixels, from_float, row_bands, tells_exposure, to_float
from rigatino.run.passes import mean_change
from rigatino.run.record import Consistent

_NAMES = {"bicubic": "bicubic, antialiased, on the stored values (as MATLAB's imresize)"}
_ROUNDS = 10
#: a pixel that is still a level off after the first round is corrected this much more: near black
#: and white the limits take back half of each step (2 would no longer converge)
_MORE = 1.9
_RIDGE = 1e-6
#: rows of the small picture that are worked on at a time
_BAND = 64
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Shrinking:
    """How a picture of one size becomes one of another, and back by the least change."""

    down: sparse.csr_array
    """(h, H)."""
    across: sparse.csr_array
    """(w, W)."""

    @classmethod
    def between(
        cls, large: tuple[int, int], small: tuple[int, int], kernel: Kernel = "bicubic"
    ) -> Shrinking:
        """For these sizes, (height, width)."""
        matrices = (
            weights(n, m, m / n, kernel, "mirror").astype(np.float32)
            for n, m in zip(large, small, strict=True)
        )
        return cls(*matrices)

    def shrunk(self, large: Pixels) -> Floats:
        """(H, W, C) samples -> (h, w, C) in 0…1, band by band."""
        parts = []
        for rows in row_bands(self.down.shape[0], _BAND):
            matrix = self.down[rows]
            first, last = int(matrix.indices.min()), int(matrix.indices.max()) + 1
            band = to_float(large[first:last])
            tall = matrix[:, first:last] @ band.reshape(len(band), -1)
            parts.append(self._thin(tall.reshape(len(tall), *band.shape[1:])))
        return np.concatenate(parts)

    def _thin(self, tall: Floats) -> Floats:
        """(n, W, C) -> (n, w, C)."""
        n, wide, c = tall.shape
        turned = np.ascontiguousarray(tall.swapaxes(0, 1)).reshape(wide, -1)
        return np.asarray((self.across @ turned).reshape(-1, n, c).swapaxes(0, 1), np.float32)

    def explained(self, rest: Floats) -> Floats:
        """(V Vᵀ)⁻¹ rest (H Hᵀ)⁻¹: what, spread back, makes up for the rest."""
        h, w, c = rest.shape
        first = _gram(self.down).solve(rest.reshape(h, -1).astype(np.float64)).reshape(h, w, c)
        turned = first.swapaxes(0, 1).reshape(w, -1)
        second = _gram(self.across).solve(turned).reshape(w, h, c)
        return np.ascontiguousarray(second.swapaxes(0, 1), np.float32)

    def spread(self, explained: Floats, rows: slice) -> Floats:
        """Vᵀ explained H, some rows of it."""
        w, c = explained.shape[1:]
        tall = self.down.T.tocsr()[rows] @ explained.reshape(len(explained), -1)
        n = len(tall)
        turned = np.ascontiguousarray(tall.reshape(n, w, c).swapaxes(0, 1)).reshape(w, -1)
        wide = self.across.T.tocsr() @ turned
        return np.asarray(wide.reshape(-1, n, c).swapaxes(0, 1), np.float32)


def _gram(matrix: sparse.csr_array) -> splu:
    wide = matrix.astype(np.float64)
    return splu((wide @ wide.T + _RIDGE * sparse.eye_array(len(wide.indptr) - 1)).tocsc())


def rest_of(small: Pixels, shrunk: Floats) -> Floats:
    """What is missing to the pixels; nothing where one at its limit is exceeded."""
    top = np.iinfo(small.dtype).max
    rest = to_float(small) - shrunk
    rest = np.where(small == 0, np.minimum(rest, 0), rest)
    return np.where(small == top, np.maximum(rest, 0), rest)


def kept_to_pixels(large: Pixels, small: Pixels, source: Picture) -> tuple[Pixels, Consistent]:
    """(H, W, 1 or 3) as enlarged from (h, w, the same): moved as little as need be."""
    shrinking = Shrinking.between((len(large), large.shape[1]), (len(small), small.shape[1]))
    before = _measured(small, shrinking.shrunk(large))
    result, best = large, before
    for turn in range(_ROUNDS):
        rest = rest_of(small, shrinking.shrunk(result))
        if turn:
            rest = np.where(np.abs(rest) * 255 > 1, rest * np.float32(_MORE), rest)
        explained = shrinking.explained(rest)
        moved = _moved(result, explained, shrinking)
        found = _measured(small, shrinking.shrunk(moved))
        if found.error > 0.998 * best.error:
            break
        result, best = moved, found
    return result, replace(
        best, convention=_NAMES["bicubic"], because=_because(source),
        error_before=before.error, moved=_change(large, result),
    )  # fmt: skip


def _moved(result: Pixels, explained: Floats, shrinking: Shrinking) -> Pixels:
    out = np.empty_like(result)
    bits = 8 * result.dtype.itemsize
    for rows in row_bands(len(result), 4 * _BAND):
        out[rows] = from_float(
            to_float(result[rows]) + shrinking.spread(explained, rows), bits=bits
        )
    return out


def _measured(small: Pixels, shrunk: Floats) -> Consistent:
    """On the scale 0…255."""
    rest = np.abs(rest_of(small, shrunk)) * 255
    error = float(np.sqrt(np.mean(np.square(rest, dtype=np.float64))))
    within = int(np.count_nonzero(rest <= 1 + 1e-4))
    return Consistent(
        "", False, "", rest.size, within, round(float(rest.max()), 3), round(error, 4), 0.0, 0.0
    )


def _change(before: Pixels, after: Pixels) -> float:
    return round(mean_change(before, after), 4)


def _because(source: Picture) -> str:
    """Why it stays open whether this binds the original: no file says how it was made small."""
    if tells_exposure(source.exif):
        return (
            "the picture comes from a camera, which did not make it by shrinking a larger one; "
            "so the result agrees with its pixels, and that says nothing about a sharper original"
        )
    return (
        "nothing tells how the picture came to be small; if it was made small in this way, the "
        "larger original gives these pixels, too, and so does any result that agrees with them"
    )
