"""Least squares with a blur, on a canvas: the picture that agrees with what was seen.

With y what was seen, K the blur, M where it was seen, z what the picture is held to, and α how
firmly, for every frequency:

    x = argmin |M (K x − y)|² + Σ α |x − z|²

The mask leaves open what lies beyond the border. Conjugate gradients run on spectra: there K, α and
the preconditioner are products, and a step takes two transforms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rigatino.deconvolution.spectra import (
    Array,
    Size,
    Spectrum,
    canvas_size,
    extended,
    to_picture,
    to_waves,
    transfer,
)

_CLIPPED = 254.5 / 255


@dataclass(frozen=True, eq=False)
class Seen:
    """What was observed, on its canvas."""

    picture: Array
    """(H, W, C), extended."""
    inside: Array
    """(H, W, 1): 1 where it was observed."""
    clipped: Array
    """(H, W, C): 1 where it is as bright as the file can say."""
    blur: Spectrum
    """(H, W // 2 + 1, 1)."""

    @property
    def shape(self) -> Size:
        """Of the canvas."""
        return self.picture.shape[0], self.picture.shape[1]

    @property
    def power(self) -> Array:
        """|K|², (H, W // 2 + 1, 1)."""
        return np.asarray(np.abs(self.blur) ** 2, np.float32)

    def blurred(self, picture: Array) -> Array:
        """(H, W, C) -> the same."""
        return to_picture(self.blur * to_waves(picture), self.shape)

    def binding(self, picture: Array) -> Array:
        """1 where the data bind, given a picture so far; clipped values bind only from below."""
        if not self.clipped.any():
            return self.inside
        beyond = self.clipped * (self.blurred(picture) >= self.picture)
        return np.asarray(self.inside * (1 - beyond), np.float32)


def laid_out(picture: Array, stored: Array, kernel: Array) -> Seen:
    """``picture`` is what was stored or its light, (h, w, C)."""
    h, w = picture.shape[:2]
    shape = canvas_size((h, w), 2 * max(kernel.shape))
    inside = np.zeros((*shape, 1), np.float32)
    inside[:h, :w] = 1
    clipped = np.zeros((*shape, picture.shape[2]), np.float32)
    clipped[:h, :w] = stored >= _CLIPPED
    return Seen(extended(picture, shape), inside, clipped, transfer(kernel, shape)[..., None])


def slopes(shape: Size) -> Array:
    """(H, W // 2 + 1, 1): |∇|² of differences between neighbours, 0…8."""
    down = 2 - 2 * np.cos(2 * np.pi * fft.fftfreq(shape[0]))
    across = 2 - 2 * np.cos(2 * np.pi * fft.rfftfreq(shape[1]))
    return np.asarray((down[:, None] + across)[..., None], np.float32)


def agreeing(
    on: Seen,
    start: Array,
    wanted: Array | None,
    mask: Array,
    alpha: Array | np.float32,
    *,
    steps: int,
) -> Array:
    """x on the canvas, from a start; ``wanted`` is z, None for 0; α is one number or a spectrum."""
    back = on.blur.conj()
    quick = (1 / (on.power + alpha)).astype(np.float32)
    twice = _twice(on.shape)

    def masked(picture: Array) -> Spectrum:
        return back * to_waves(mask * picture)

    def applied(x: Spectrum) -> Spectrum:
        return masked(to_picture(on.blur * x, on.shape)) + alpha * x

    x = to_waves(start)
    rest = masked(on.picture) - applied(x)
    if wanted is not None:
        rest += alpha * to_waves(wanted)
    way = quick * rest
    left = _dot(rest, way, twice)
    for _ in range(steps):
        if left <= 1e-12 * on.shape[0] * on.shape[1]:
            break
        moved = applied(way)
        share = np.float32(left / max(_dot(way, moved, twice), 1e-20))
        x, rest = x + share * way, rest - share * moved
        turned = quick * rest
        now = _dot(rest, turned, twice)
        way, left = turned + np.float32(now / left) * way, now
    return to_picture(x, on.shape)


def _twice(shape: Size) -> NDArray[np.float32]:
    """(1, W // 2 + 1, 1): all columns but the first and, of an even width, the last count twice."""
    counts = np.full((1, shape[1] // 2 + 1, 1), 2, np.float32)
    counts[:, 0] = 1
    if shape[1] % 2 == 0:
        counts[:, -1] = 1
    return counts


def _dot(one: Spectrum, other: Spectrum, twice: NDArray[np.float32]) -> float:
    return float(np.vdot(one, twice * other).real)
