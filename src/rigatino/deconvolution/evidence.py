"""Whether a kernel is in the spectrum of the picture, or only imagined.

The power of a sharp picture falls smoothly with frequency; a blur multiplies it by |K|². So log P
is explained by a straight fall and a little direction, with log |K|² added or not:

    log(P − N) ≈ a − b log f + c cos 2φ + d sin 2φ  (+ log |K|²)

Which of the two leaves less over says whether the blur is there. b is held near what pictures have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rigatino.deconvolution.spectra import Array, transfer

_SIDE = 128
#: usual fall of power with frequency, how far pictures stray from it, and how much that counts
_FALL, _STRAY, _HOLD = 2.4, 0.5, 0.02
#: power this many times above the noise is looked at
_ABOVE = 2.0
#: below this share of power nothing is concluded
_DEEP = 2e-3
_ROUNDING = 1 / 12
_FEWEST = 200
#: of a part of the picture that must be looked at for it to count
_MOSTLY = 0.85


@dataclass(frozen=True, eq=False)
class Seen:
    """The mean spectrum of a picture where it stands above the noise."""

    at: NDArray[np.bool_]
    """(SIDE, SIDE // 2 + 1)."""
    signal: NDArray[np.float64]
    """(f,): logarithms."""
    base: NDArray[np.float64]
    """(4, f)."""

    def lead(self, kernel: Array) -> float:
        """By how much, in logarithms, a kernel explains it better than none; 0 if untold."""
        if self.at.sum() < _FEWEST:
            return 0.0
        kept = _smeared(np.abs(transfer(kernel, (_SIDE, _SIDE))) ** 2)[self.at]
        plain = _left(self.signal, self.base)
        return float(np.log(plain / _left(self.signal - np.log(kept + _DEEP), self.base)))


def seen(luma: Array, noise: float, where: Array | None = None) -> Seen:
    """(H, W) in 0…1, noise of 255; only of parts ``where`` it is 1, (H, W)."""
    power, floor = _power(luma, where), max(noise**2, _ROUNDING)
    rows = np.fft.fftfreq(_SIDE)[:, None] + 0 * power
    columns = np.fft.rfftfreq(_SIDE)[None] + 0 * power
    radius = np.hypot(rows, columns)
    at = (np.abs(rows) > 1.5 / _SIDE) & (columns > 1.5 / _SIDE) & (radius > 0.03)
    at &= (radius < 0.48) & (power > _ABOVE * floor)
    turn, fall = np.arctan2(rows, columns)[at], -np.log(radius[at])
    base = np.stack([np.ones_like(turn), fall, np.cos(2 * turn), np.sin(2 * turn)])
    return Seen(at, np.log(power[at] - floor), base)


def _left(values: np.ndarray, base: np.ndarray) -> float:
    """Mean square left by the best fit, plus what straying from the usual fall costs."""
    n = len(values)
    weight = _HOLD / _STRAY**2
    normal = base @ base.T / n
    right = base @ values / n
    normal[1, 1] += weight
    right[1] += weight * _FALL
    found = np.linalg.solve(normal, right)
    rest = values - found @ base
    return float(np.mean(np.minimum(np.abs(rest), 2.0) ** 2) + weight * (found[1] - _FALL) ** 2)


def _power(luma: Array, where: Array | None) -> np.ndarray:
    """(SIDE, SIDE // 2 + 1) of 255²; white noise of variance v has power v; 0 if no part counts."""
    hann = np.hanning(_SIDE + 2)[1:-1]
    taper = np.outer(hann, hann)
    taper /= np.sqrt((taper**2).sum())
    total, count = np.zeros((_SIDE, _SIDE // 2 + 1)), 0
    for top in range(0, luma.shape[0] - _SIDE + 1, _SIDE // 2):
        for left in range(0, luma.shape[1] - _SIDE + 1, _SIDE // 2):
            inside = slice(top, top + _SIDE), slice(left, left + _SIDE)
            if where is not None and where[inside].mean() < _MOSTLY:
                continue
            part = 255 * luma[inside]
            total += np.abs(fft.rfft2((part - part.mean()) * taper)) ** 2
            count += 1
    return total / max(count, 1)


def _smeared(power: np.ndarray) -> np.ndarray:
    """As a Hann window shows it: each axis by (1, 4, 1) / 6."""
    rows = (np.roll(power, 1, 0) + np.roll(power, -1, 0)) / 6 + power * 2 / 3
    left = np.concatenate((rows[:, 1:2], rows[:, :-1]), 1)
    right = np.concatenate((rows[:, 1:], rows[:, -2:-1]), 1)
    return np.asarray((left + right) / 6 + rows * 2 / 3)
