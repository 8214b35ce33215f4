"""Simple forms that an estimated kernel may be a rough drawing of: a disk, a straight line.

Where one fits nearly as well as could be, it is the better kernel: it has one or two numbers to
get wrong instead of hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import fft, ndimage

from rigatino.deconvolution.spectra import Array
from rigatino.degradation.defocus import Defocus
from rigatino.degradation.motion_blur import MotionBlur

#: grid on which forms are compared
_SIDE = 64
_RADII = np.arange(0.8, 9.01, 0.1)
_LENGTHS = np.arange(3.0, 31.0, 1.0)
_ANGLES = np.arange(0, 180, 6.0)


@dataclass(frozen=True, eq=False)
class Form:
    """A form, its kernel and how well it fits."""

    kind: str
    """``disk`` or ``line``."""
    size: float
    """Radius or length, pixels."""
    angle: float
    fit: float
    """Cosine with the estimate at the best shift."""
    kernel: Array


def nearest_disk(kernel: Array) -> Form:
    """The disk that is most alike."""
    at, fit = _nearest(kernel, _disks())
    return Form("disk", float(_RADII[at]), 0.0, fit, Defocus(float(_RADII[at])).kernel())


def nearest_line(kernel: Array) -> Form:
    """The straight line that is most alike."""
    at, fit = _nearest(kernel, _lines())
    length, angle = float(_LENGTHS[at // len(_ANGLES)]), float(_ANGLES[at % len(_ANGLES)])
    return Form("line", length, angle, fit, MotionBlur(length, angle).kernel())


def _nearest(kernel: Array, waves: Array) -> tuple[int, float]:
    own = _waves(kernel).conj()
    fits = [float(np.asarray(fft.irfft2(own * one, (_SIDE, _SIDE))).max()) for one in waves]
    return int(np.argmax(fits)), max(fits)


def _waves(kernel: Array) -> Array:
    """Of the softened kernel, of norm 1."""
    whole = np.zeros((_SIDE, _SIDE), np.float32)
    top, left = (_SIDE // 2 - n // 2 for n in kernel.shape)
    whole[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
    soft = ndimage.gaussian_filter(whole, 0.7)
    return np.asarray(fft.rfft2(soft / np.linalg.norm(soft)))


def _stack(kernels: Iterable[Array]) -> Array:
    return np.stack([_waves(kernel) for kernel in kernels])


@cache
def _disks() -> Array:
    return _stack(Defocus(float(radius)).kernel() for radius in _RADII)


@cache
def _lines() -> Array:
    return _stack(
        MotionBlur(float(length), float(angle)).kernel() for length in _LENGTHS for angle in _ANGLES
    )
