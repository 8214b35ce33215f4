"""Undoing a known blur: what was seen, and what pictures are like, in turns.

Half-quadratic splitting. With y what was seen, K the blur, M where it was seen, D(·, σ) a denoiser
told the strength of the noise, and σ falling from `LOUDEST` to the noise of the picture:

    x = argmin |M (K x − y)|² + α |x − z|²,    α = BELIEF · noise² / σ²
    z = ½ (D(x + n, σ) + D(x − n, σ)),         n white noise of σ

The first step is solved by conjugate gradients, preconditioned by the spectrum of K, so that what
lies beyond the border is open and not invented. The noise n is added because a denoiser knows
noise: the ripples that a division leaves are none, but drown in it. Clipped values bind only from
below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

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
from rigatino.degradation.light import to_light, to_stored

#: (H, W, C) in 0…1 and σ of 255 -> the same without that noise
Denoise = Callable[[Array, float], Array]

ROUNDS = 8
#: σ of 255 at the first round; at the last it is this many times the noise
LOUDEST, LAST = 49.0, 2.0
#: how far the denoiser is believed against the data
BELIEF = 0.3
#: rounding and imperfect kernels leave this much, of 255
QUIETEST = 1.0
_STEPS = 4
_CLIPPED = 254.5 / 255
#: a place counts as blurred from here on
_WHOLLY = 0.9


@dataclass(frozen=True, eq=False)
class _Seen:
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

    def blurred(self, picture: Array) -> Array:
        return to_picture(self.blur * to_waves(picture), self.shape)

    def binding(self, picture: Array) -> Array:
        """1 where the data bind, given a picture so far."""
        if not self.clipped.any():
            return self.inside
        beyond = self.clipped * (self.blurred(picture) >= self.picture)
        return np.asarray(self.inside * (1 - beyond), np.float32)


def restored(
    seen: Array, kernel: Array, noise: float, denoise: Denoise, *,
    light: bool = False, rounds: int = ROUNDS, where: Array | None = None,
) -> Array:  # fmt: skip
    """(H, W, C) in 0…1, blurred by a kernel (odd sides, sum 1), noise of 255 -> sharp, (H, W, C).

    With ``light`` the blur happened in light: the data are compared there, the denoiser still sees
    stored values. Only ``where`` it is 1, (H, W), was it blurred so: what was seen elsewhere does
    not count, and is what the result is elsewhere.
    """
    inward, outward = (to_light, to_stored) if light else (_same, _same)
    rng = np.random.default_rng(0)
    least = max(noise, QUIETEST)
    on = _laid_out(inward(seen), seen, kernel)
    if where is not None:
        on.inside[: seen.shape[0], : seen.shape[1], 0] *= where
    x = z = on.picture
    for sigma in np.geomspace(LOUDEST, least * LAST, rounds):
        alpha = BELIEF * least**2 / sigma**2
        x = _agreeing(on, x, z, on.binding(z), np.float32(alpha))
        z = inward(_denoised(np.clip(outward(x), -1, 2), float(sigma), denoise, rng))
    h, w = seen.shape[:2]
    result = outward(z[:h, :w])
    return result if where is None else seen + where[..., None] * (result - seen)


def wiener(seen: Array, kernel: Array, ratio: float, steps: int = 20) -> Array:
    """Least squares with a constant ratio of noise to signal power; the same border."""
    on = _laid_out(seen, seen, kernel)
    mean = np.full_like(on.picture, seen.mean())
    h, w = seen.shape[:2]
    return _agreeing(on, on.picture, mean, on.inside, np.float32(ratio), steps=steps)[:h, :w]


def unexplained(
    seen: Array, kernel: Array, result: Array, light: bool = False, where: Array | None = None
) -> float:
    """Root mean square of what a result, blurred again, leaves over; of 255, off the border.

    With ``where``, (H, W): only there, and where no kernel reaches out of it.
    """
    r, s = (n // 2 + 1 for n in kernel.shape)
    on = _laid_out(to_light(result) if light else result, result, kernel)
    again = on.blurred(on.picture)[: seen.shape[0], : seen.shape[1]]
    rest = (to_stored(again) if light else again) - seen
    inside = np.ones(rest.shape[:2], bool)
    if min(rest.shape[0] - 2 * r, rest.shape[1] - 2 * s) > 0:
        inside[:r], inside[-r:], inside[:, :s], inside[:, -s:] = False, False, False, False
    if where is not None:
        inside &= ndimage.minimum_filter(where, (2 * r + 1, 2 * s + 1)) > _WHOLLY
    return 255 * float(np.sqrt(np.mean(rest[inside] ** 2))) if inside.any() else 0.0


def _same(picture: Array) -> Array:
    return picture


def _laid_out(picture: Array, stored: Array, kernel: Array) -> _Seen:
    h, w = picture.shape[:2]
    shape = canvas_size((h, w), 2 * max(kernel.shape))
    inside = np.zeros((*shape, 1), np.float32)
    inside[:h, :w] = 1
    clipped = np.zeros((*shape, picture.shape[2]), np.float32)
    clipped[:h, :w] = stored >= _CLIPPED
    return _Seen(extended(picture, shape), inside, clipped, transfer(kernel, shape)[..., None])


def _agreeing(
    on: _Seen,
    start: Array,
    wanted: Array,
    mask: Array,
    alpha: np.float32,
    *,
    steps: int = _STEPS,
) -> Array:
    """Conjugate gradients on (K*MK + α) x = K*M y + α z, from a start, all on the canvas."""
    back = on.blur.conj()
    quick = (1 / (np.abs(on.blur) ** 2 + alpha)).astype(np.float32)

    def applied(x: Array) -> Array:
        return to_picture(back * to_waves(mask * on.blurred(x)), on.shape) + alpha * x

    right = to_picture(back * to_waves(mask * on.picture), on.shape) + alpha * wanted
    x, rest = start, right - applied(start)
    turned = to_picture(quick * to_waves(rest), on.shape)
    way, left = turned, float(np.vdot(rest, turned))
    for _ in range(steps):
        if left <= 1e-12:
            break
        moved = applied(way)
        share = np.float32(left / max(float(np.vdot(way, moved)), 1e-20))
        x, rest = x + share * way, rest - share * moved
        turned = to_picture(quick * to_waves(rest), on.shape)
        now = float(np.vdot(rest, turned))
        way, left = turned + np.float32(now / left) * way, now
    return x


def _denoised(x: Array, sigma: float, denoise: Denoise, rng: np.random.Generator) -> Array:
    noise = rng.standard_normal(x.shape, np.float32) * np.float32(sigma / 255)
    return np.asarray((denoise(x + noise, sigma) + denoise(x - noise, sigma)) / 2, np.float32)
