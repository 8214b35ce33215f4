"""Whether, and where, a picture can have been blurred by a kernel at all.

A kernel lets some frequencies through hardly or not at all. Where it blurred a picture these are
empty but for noise; where the picture is sharp they hold what power falling with frequency makes
one expect from the coarser detail of the same place:

    filled = (mean of |h ∗ y|² − noise) / expected,    h = R / (|K|² + R)

0: as after this blur; 1: as in a sharp picture. R rises with frequency as noise does against a
picture. Nothing is undone for it, so it costs no more than a few transforms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from rigatino.deconvolution.spectra import (
    Array,
    Size,
    canvas_size,
    extended,
    to_picture,
    to_waves,
    transfer,
)

#: pictures blurred by the kernel stay below this on the whole; hardly a sharp one does
FILLED = 0.15
#: places are taken for blurred up to the first, for sharp from twice that on; a path that was drawn
#: freehand has its gaps in not quite the right places
EMPTY, ROUGHLY_EMPTY = 0.1, 0.2
#: usual fall of power with frequency, and R at a wave of ten pixels
_FALL, _RATIO = 2.4, 3e-3
#: the coarser detail: cycles per pixel, and its width in logarithms
_COARSE, _WIDTH = 0.06, 0.35
#: slower waves are no detail
_SLOW = 0.01
#: reach of a place, pixels; what lies farther off counts a tenth
_NEAR, _FAR, _LESS = 10.0, 30.0, 0.1
#: where there is no detail at all a place counts as this far filled: it is left alone
_UNTOLD = 0.3
#: pixels that a border between the two is moved into the blurred part
_RETREAT = 4


@dataclass(frozen=True, eq=False)
class Gaps:
    """What is in the gaps of a kernel, and what would be, (H, W) of 255²."""

    found: Array
    expected: Array
    noise: float
    """Power of the noise in the gaps."""

    @property
    def filled(self) -> float:
        """Of the whole."""
        return float(self.found.mean() / max(float(self.expected.mean()), 1e-9))

    @property
    def told(self) -> float:
        """The share of the picture that has the detail to tell by."""
        return float((self.expected > 2 * self.noise).mean())

    def explained(self, empty: float = EMPTY) -> Array:
        """(H, W): 1 where the blur is as the kernel says, 0 where it is not, or cannot be told."""
        found, expected = (
            _around(x, _NEAR) + _LESS * _around(x, _FAR) for x in (self.found, self.expected)
        )
        share = (found + _UNTOLD * self.noise) / (expected + self.noise)
        sure = np.clip(2 - share / empty, 0, 1)
        held = ndimage.minimum_filter(sure, 2 * _RETREAT + 1)
        return np.asarray(ndimage.gaussian_filter(held, _RETREAT / 2), np.float32)


def gaps(luma: Array, kernel: Array, noise: float) -> Gaps:
    """(H, W) in 0…1, with noise of 255."""
    shape = canvas_size((luma.shape[0], luma.shape[1]), 2 * max(kernel.shape))
    waves = to_waves(255 * extended(luma, shape))
    at = _frequencies(shape)
    stop = _stopped(kernel, shape, at)
    coarse = np.exp(-0.5 * (np.log(at / _COARSE) / _WIDTH) ** 2).astype(np.float32)
    usual = np.where(at > _SLOW, at**-_FALL, 0)
    fine = _sum(usual * stop**2, shape) / _sum(usual * coarse**2, shape)
    power = max(noise, 12**-0.5) ** 2
    parts = []
    for passed, scale in ((stop, 1.0), (coarse, fine)):
        seen = to_picture(waves * passed, shape)[: luma.shape[0], : luma.shape[1]]
        parts.append(np.float32(scale) * (seen**2 - np.float32(power * _sum(passed**2, shape))))
    return Gaps(parts[0], parts[1], power * _sum(stop**2, shape))


def _stopped(kernel: Array, shape: Size, at: np.ndarray) -> Array:
    """The filter h: 1 in the gaps of a kernel, else next to 0."""
    ratio = _RATIO * (at / 0.1) ** _FALL
    return np.asarray(ratio / (np.abs(transfer(kernel, shape)) ** 2 + ratio), np.float32)


def _frequencies(shape: Size) -> np.ndarray:
    """Cycles per pixel, (H, W // 2 + 1); never quite 0."""
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None]
    return np.asarray(np.maximum(np.hypot(rows, columns), 1e-3))


def _sum(half: np.ndarray, shape: Size) -> float:
    """Mean over all waves of values that are given for one half of them."""
    weight = np.full(half.shape[1], 2.0)
    weight[0] = 1
    if shape[1] % 2 == 0:
        weight[-1] = 1
    return float((half * weight).sum() / (shape[0] * shape[1]))


def _around(values: Array, reach: float) -> Array:
    return np.asarray(np.maximum(ndimage.gaussian_filter(values, reach), 0), np.float32)
