"""Kernels as arrays: cleaned, centred, scaled, compared. All have odd sides and sum 1."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from rigatino.deconvolution.spectra import Array

#: what is weaker than this share of the strongest is no part of the path
_FAINT = 0.06
#: a piece of the path that holds less than this share of the light is a speck
_SPECK = 0.08


def cleaned(kernel: Array, faint: float = _FAINT) -> Array:
    """Without faint pixels and specks, its centre of mass in the middle pixel."""
    kept = np.where(kernel < faint * kernel.max(), 0, kernel)
    pieces, count = ndimage.label(kept > 0, np.ones((3, 3)))
    light = ndimage.sum_labels(kept, pieces, np.arange(count + 1))
    least = min(_SPECK * float(light.sum()), float(light.max()))
    kept = np.where(light[pieces] < least, 0, kept)
    return centred(np.asarray(kept / kept.sum(), np.float32))


def centred(kernel: Array) -> Array:
    """Moved by whole pixels until the centre of mass is nearest to the middle."""
    at = ndimage.center_of_mass(kernel)
    move = [round(n // 2 - where) for n, where in zip(kernel.shape, at, strict=True)]
    moved = ndimage.shift(kernel, move, order=0, mode="constant")
    return np.asarray(moved / moved.sum(), np.float32)


def scaled(kernel: Array, factor: float, side: int) -> Array:
    """The same path on a grid ``factor`` times as fine, (side, side)."""
    middle = np.array(kernel.shape) // 2
    matrix = np.eye(2) / factor
    offset = middle - matrix @ np.array((side // 2, side // 2))
    found = ndimage.affine_transform(kernel, matrix, offset, (side, side), order=1)
    found = np.maximum(found, 0)
    return centred(np.asarray(found / max(float(found.sum()), 1e-12), np.float32))


def alike(one: Array, other: Array) -> float:
    """Cosine of two kernels at the best shift, 0…1; both a little softened."""
    side = max(*one.shape, *other.shape)
    a, b = (ndimage.gaussian_filter(_inside(k, 2 * side + 1), 0.7) for k in (one, other))
    both = np.fft.irfft2(np.fft.rfft2(a) * np.fft.rfft2(b).conj(), a.shape)
    return float(both.max() / (np.linalg.norm(a) * np.linalg.norm(b)))


def _inside(kernel: Array, side: int) -> Array:
    whole = np.zeros((side, side), np.float32)
    top, left = (side // 2 - n // 2 for n in kernel.shape)
    whole[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
    return whole


def trimmed(kernel: Array) -> Array:
    """Without empty borders; still odd, the middle still the middle."""
    rows, columns = (np.abs(np.flatnonzero(kernel.sum(axis)) - n // 2)
                     for axis, n in ((1, kernel.shape[0]), (0, kernel.shape[1])))  # fmt: skip
    r, s = int(rows.max()), int(columns.max())
    top, left = kernel.shape[0] // 2 - r, kernel.shape[1] // 2 - s
    return kernel[top : top + 2 * r + 1, left : left + 2 * s + 1]


def spread(kernel: Array) -> float:
    """Root-mean-square distance from the centre of mass, pixels."""
    rows, columns = np.indices(kernel.shape)
    weight = kernel / kernel.sum()
    mean = (rows * weight).sum(), (columns * weight).sum()
    return float((((rows - mean[0]) ** 2 + (columns - mean[1]) ** 2) * weight).sum() ** 0.5)
