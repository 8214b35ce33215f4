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

import numpy as np
from scipy import ndimage

from rigatino.deconvolution.agreeing import agreeing, laid_out
from rigatino.deconvolution.spectra import Array
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
#: a place counts as blurred from here on
_WHOLLY = 0.9


def restored(
    seen: Array, kernel: Array, noise: float, denoise: Denoise, *,
    light: bool = False, rounds: int = ROUNDS, where: Array | None = None,
) -> Array:  # fmt: skip
    """(H, W, C) in 0…1, blurred by a kernel (odd sides, sum 1), noise of 255 -> sharp, (H, W, C).

    With ``light`` the blur happened in light: the data are compared there, the denoiser still sees
    stored values. Only ``where`` it is 1, (H, W), was it blurred so: what was seen elsewhere does
    not count, and is what the result is elsewhere.
    """
    inward, outward = inward_outward(light)
    rng = np.random.default_rng(0)
    least = max(noise, QUIETEST)
    on = laid_out(inward(seen), seen, kernel)
    if where is not None:
        on.inside[: seen.shape[0], : seen.shape[1], 0] *= where
    x = z = on.picture
    for sigma in np.geomspace(LOUDEST, least * LAST, rounds):
        alpha = BELIEF * least**2 / sigma**2
        x = agreeing(on, x, z, on.binding(z), np.float32(alpha), steps=_STEPS)
        z = inward(_denoised(np.clip(outward(x), -1, 2), float(sigma), denoise, rng))
    h, w = seen.shape[:2]
    result = outward(z[:h, :w])
    return result if where is None else seen + where[..., None] * (result - seen)


def wiener(seen: Array, kernel: Array, ratio: float, steps: int = 20) -> Array:
    """Least squares with a constant ratio of noise to signal power; the same border."""
    on = laid_out(seen, seen, kernel)
    mean = np.full_like(on.picture, seen.mean())
    h, w = seen.shape[:2]
    return agreeing(on, on.picture, mean, on.inside, np.float32(ratio), steps=steps)[:h, :w]


def unexplained(
    seen: Array, kernel: Array, result: Array, light: bool = False, where: Array | None = None
) -> float:
    """Root mean square of what a result, blurred again, leaves over; of 255, off the border.

    With ``where``, (H, W): only there, and where no kernel reaches out of it.
    """
    r, s = (n // 2 + 1 for n in kernel.shape)
    on = laid_out(to_light(result) if light else result, result, kernel)
    again = on.blurred(on.picture)[: seen.shape[0], : seen.shape[1]]
    rest = (to_stored(again) if light else again) - seen
    inside = np.ones(rest.shape[:2], bool)
    if min(rest.shape[0] - 2 * r, rest.shape[1] - 2 * s) > 0:
        inside[:r], inside[-r:], inside[:, :s], inside[:, -s:] = False, False, False, False
    if where is not None:
        inside &= ndimage.minimum_filter(where, (2 * r + 1, 2 * s + 1)) > _WHOLLY
    return 255 * float(np.sqrt(np.mean(rest[inside] ** 2))) if inside.any() else 0.0


def inward_outward(light: bool) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """From stored values to where the blur happened, and back."""
    return (to_light, to_stored) if light else (_same, _same)


def _same(picture: Array) -> Array:
    return picture


def _denoised(x: Array, sigma: float, denoise: Denoise, rng: np.random.Generator) -> Array:
    noise = rng.standard_normal(x.shape, np.float32) * np.float32(sigma / 255)
    return np.asarray((denoise(x + noise, sigma) + denoise(x - noise, sigma)) / 2, np.float32)
