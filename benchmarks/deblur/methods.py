"""Ours and Wiener's, given the same kernel; and PSNR after undoing an unknowable shift."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from benchmarks.deblur.pictures import Floats
from rigatino.deconvolution import wiener
from rigatino.inference import Network
from rigatino.run import undone

#: ratios of noise to signal power; the best for each case is taken, which favours Wiener
RATIOS = (1e-3, 3e-3, 1e-2, 3e-2, 6e-2)
#: pixels at the border that are not counted after alignment
RIM = 16
_REACH = 16


def ours(
    network: Network, seen: Floats, kernel: Floats, noise: float, *, exact: bool = True
) -> Floats:
    """As the program does it with this network; ``exact``: the kernel is known."""
    return undone(network, seen, kernel, noise, exact=exact)


def best_wiener(seen: Floats, kernel: Floats, sharp: Floats, align: bool = False) -> float:
    """PSNR with the ratio that suits this very picture best."""
    found = [wiener(seen, kernel, ratio) for ratio in RATIOS]
    return max(aligned_psnr(sharp, x) if align else psnr(sharp, x) for x in found)


def psnr(truth: Floats, result: Floats, rim: int = 0) -> float:
    """Of values held to 0…1."""
    inside = slice(rim, -rim or None)
    error = np.clip(result, 0, 1)[inside, inside] - truth[inside, inside]
    return float(-10 * np.log10(np.mean(error**2) + 1e-12))


def aligned_psnr(truth: Floats, result: Floats) -> float:
    """After the shift that fits best, to a part of a pixel; off the border."""
    return max(psnr(truth, result, RIM), psnr(truth, _moved(result, shift(truth, result)), RIM))


def shift(truth: Floats, result: Floats) -> NDArray[np.float64]:
    """Rows and columns: whole pixels by correlation, the rest by least squares on slopes."""
    a, b = (np.asarray(x.mean(axis=2)) for x in (truth, result))
    both = np.fft.irfft2(np.fft.rfft2(a - a.mean()) * np.fft.rfft2(b - b.mean()).conj(), a.shape)
    near = np.arange(-_REACH, _REACH + 1)
    row, column = divmod(int(both[np.ix_(near, near)].argmax()), len(near))
    move = np.array([near[row], near[column]], np.float64)
    for _ in range(4):
        moved = _moved(b[:, :, None], move)[:, :, 0]
        inside = (slice(RIM, -RIM), slice(RIM, -RIM))
        down, right = (np.gradient(moved, axis=axis) for axis in (0, 1))
        slopes = np.stack([down[inside].ravel(), right[inside].ravel()])
        rest = (a - moved)[inside].ravel()
        move -= np.linalg.solve(slopes @ slopes.T + 1e-9 * np.eye(2), slopes @ rest)
    return move


def _moved(x: Floats, move: NDArray[np.float64]) -> Floats:
    return np.asarray(ndimage.shift(x, (*move, 0), order=3, mode="nearest"), np.float32)
