"""The kernel that turns one picture into another, from both.

    minimise Σ |∂(k ∗ x + c − y)|²,    k ≥ 0,  k inside a square,  ∂ a high-pass

Where both a picture and its blurred version are known, the kernel between them is no riddle any
more: the sums are solved exactly where the square does not reach beyond the border.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import fft, ndimage

from rigatino.deconvolution.fitting import around, positive, toeplitz
from rigatino.deconvolution.kernels import cleaned, trimmed
from rigatino.deconvolution.spectra import Array, Size, Spectrum, transfer

#: side of the square: the longest path that is read, and some room for a place not found exactly
_SIDE = 41
_RIDGE, _ROUNDS = 1e-4, 2
#: frequencies weigh by their height up to this many radians per pixel
_TOP = 1.5
#: pixels over which a picture fades out at its border
_FADE = 16
#: side of the squares, in pixels; their power over the median that is far worse; the least share
#: of the picture that is kept
_SQUARE, _WORSE, _KEPT = 32, 16.0, 0.7
#: what is weaker than this share of the strongest is noise of the fit
_FAINT = 0.02
#: share of the light in the two outermost rings of the square from which on it is too small
_CUT = 0.02


@dataclass(frozen=True, eq=False)
class Between:
    """How one picture becomes another."""

    kernel: Array
    """Odd sides, sum 1; its middle is where the pictures lie on each other."""
    left: float
    """Root mean square of what it leaves unexplained, off the border."""
    plain: float
    """The same without a kernel."""
    size: int
    """Pixels across the path, without specks."""
    cut: bool
    """Whether the path reaches the border of the square, and may be longer."""


def between(sharp: Array, seen: Array) -> Between | None:
    """Both (H, W) on one grid and of any range; None where there is too little of them."""
    reach = _SIDE // 2
    if min(sharp.shape) < 4 * _SIDE or float(sharp.std()) < 1e-6:
        return None
    shape = _canvas(sharp)
    waves = _high(sharp * _faded(sharp), shape)
    own = np.asarray(fft.irfft2(np.abs(waves) ** 2, shape))
    normal = toeplitz(own, _SIDE)
    scale = float(normal[0, 0]) + 1e-12
    normal = normal / scale + _RIDGE * np.eye(_SIDE**2)
    square = np.zeros((_SIDE, _SIDE), np.float32)
    counts = _inside(sharp.shape, reach)
    for turn in range(2 * _ROUNDS):
        rest = seen - blurred(sharp, square)
        if turn == _ROUNDS:
            counts = counts * _explained(rest, counts)
        cross = np.asarray(fft.irfft2(_high(_around_0(rest, counts), shape) * waves.conj(), shape))
        wanted = normal @ square.ravel() + around(cross, _SIDE).ravel() / scale
        square = positive(normal, wanted).reshape(_SIDE, _SIDE).astype(np.float32)
    if square.sum() < 0.5:
        return None
    square = _without_faint(square)
    left, plain = (_rms(seen - other, counts) for other in (blurred(sharp, square), sharp))
    size = max(trimmed(cleaned(square)).shape)
    return Between(trimmed(square), left, plain, size, _at_border(square) > _CUT)


def blurred(picture: Array, kernel: Array) -> Array:
    """k ∗ x, (H, W), the picture going on as its mirror image."""
    reach = max(kernel.shape) // 2
    wide = np.pad(picture, reach, mode="symmetric")
    shape = fft.next_fast_len(wide.shape[0], True), fft.next_fast_len(wide.shape[1], True)
    again = fft.irfft2(fft.rfft2(wide, shape) * transfer(kernel.astype(np.float32), shape), shape)
    h, w = picture.shape
    return np.asarray(again[reach : reach + h, reach : reach + w], np.float32)


def _canvas(picture: Array) -> Size:
    h, w = (fft.next_fast_len(n + _SIDE, True) for n in picture.shape)
    return h, w


def _high(picture: Array, shape: Size) -> Spectrum:
    rows, columns = fft.fftfreq(shape[0])[:, None], fft.rfftfreq(shape[1])[None]
    height = np.minimum(2 * np.pi * np.hypot(rows, columns), _TOP).astype(np.float32)
    return np.asarray(fft.rfft2(picture, shape) * height)


def _faded(picture: Array) -> Array:
    lines = [
        np.minimum(1, (np.minimum(np.arange(n), np.arange(n)[::-1]) + 0.5) / _FADE)
        for n in picture.shape
    ]
    return np.outer(*lines).astype(np.float32)


def _inside(size: tuple[int, ...], reach: int) -> Array:
    """1 where the kernel does not reach beyond the border, 0 elsewhere."""
    inside = np.zeros(size, np.float32)
    inside[reach:-reach, reach:-reach] = 1
    return inside


def _explained(rest: Array, counts: Array) -> Array:
    """0 in squares that a kernel explains far worse than most: there it is another picture."""
    power = ndimage.uniform_filter(_around_0(rest, counts) ** 2, _SQUARE)
    known = power[counts > 0]
    limit = max(_WORSE * float(np.median(known)), float(np.quantile(known, _KEPT)))
    return np.asarray(power <= limit, np.float32)


def _around_0(rest: Array, counts: Array) -> Array:
    return np.asarray((rest - (rest * counts).sum() / counts.sum()) * counts, np.float32)


def _rms(rest: Array, counts: Array) -> float:
    return float(rest[counts > 0].std())


def _at_border(kernel: Array) -> float:
    return 1 - float(kernel[2:-2, 2:-2].sum())


def _without_faint(kernel: Array) -> Array:
    kept = np.where(kernel < _FAINT * kernel.max(), 0, kernel)
    return np.asarray(kept / kept.sum(), np.float32)
