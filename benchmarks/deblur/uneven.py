"""Pictures that are not blurred alike everywhere: one subject sharp, or the camera turned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from benchmarks.deblur.pictures import Floats, Truth
from rigatino.degradation import Defocus
from rigatino.degradation.convolution import convolved

#: pixels at the border that no blur here reaches
RIM = 24
#: moments of an exposure
_MOMENTS = 25


@dataclass(frozen=True, eq=False)
class Uneven:
    """A picture, sharp and blurred, and where it was sharp already."""

    sharp: Floats
    seen: Floats
    clear: Truth
    """(H, W): what was never blurred."""
    sigma: float


def focused(subject: Floats, ground: Floats, radius: float, sigma: float, seed: int) -> Uneven:
    """A sharp subject before a ground out of focus; both (h, w, 1).

    The ground goes on behind the subject, so no light of the subject is smeared into it.
    """
    h, w = (min(a, b) for a, b in zip(subject.shape[:2], ground.shape[:2], strict=True))
    cover = outline(h, w, seed)[..., None]
    blurred = _filled(ground[:h, :w], Defocus(radius).kernel())
    seen = cover * subject[:h, :w] + (1 - cover) * blurred
    truth = cover * subject[:h, :w] + (1 - cover) * ground[:h, :w]
    return _stored(truth, seen, cover[..., 0] > 0.99, sigma, seed)


def outline(height: int, width: int, seed: int) -> Floats:
    """A subject's outline: about a third of the picture, in one piece, its edge one pixel soft."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    top, left = rng.uniform(0.4, 0.7) * height, rng.uniform(0.25, 0.75) * width
    angle = np.arctan2(y - top, x - left)
    reach = 0.33 * min(height, width) * np.ones_like(angle)
    for turns in range(2, 6):
        reach *= 1 + rng.uniform(0, 0.35) / turns * np.cos(turns * angle + rng.uniform(0, 6.28))
    return np.asarray(np.clip(reach - np.hypot(y - top, x - left) + 0.5, 0, 1), np.float32)


def turned(x: Floats, degrees: float, path: float, sigma: float, seed: int) -> Uneven:
    """What a camera sees that turns about its axis by so many degrees, and moves along a path.

    The mean of what it saw at every moment; turning and moving are 0 on the average.
    """
    rng = np.random.default_rng(seed)
    h, w = x.shape[:2]
    middle = np.array([rng.uniform(0.3, 0.7) * h, rng.uniform(0.3, 0.7) * w])
    turns = np.radians(degrees) * np.linspace(-0.5, 0.5, _MOMENTS)
    moves = _walk(path, rng)
    total = np.zeros((h, w))
    for turn, move in zip(turns, moves, strict=True):
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        total += ndimage.affine_transform(
            x[..., 0], matrix, middle + move - matrix @ middle, order=3, mode="mirror"
        )
    seen = np.asarray(total[..., None] / _MOMENTS, np.float32)
    return _stored(x, seen, np.zeros((h, w), bool), sigma, seed)


def _walk(length: float, rng: np.random.Generator) -> np.ndarray:
    """(moments, 2): a bent path of about this length, its mean 0."""
    bend = np.linspace(0, rng.uniform(0.5, 1.5), _MOMENTS) + rng.uniform(0, 2 * np.pi)
    steps = np.stack([np.sin(bend), np.cos(bend)], axis=1) * length / _MOMENTS
    path = np.cumsum(steps, axis=0)
    return np.asarray(path - path.mean(axis=0))


def _filled(x: Floats, kernel: Floats) -> Floats:
    """Blurred, as large as before."""
    r, s = (n // 2 for n in kernel.shape)
    return convolved(np.pad(x, ((r, r), (s, s), (0, 0)), mode="reflect"), kernel)


def _stored(sharp: Floats, seen: Floats, clear: Truth, sigma: float, seed: int) -> Uneven:
    """With noise, in 8 bits, without the border."""
    noise = np.random.default_rng(seed).standard_normal(seen.shape, np.float32)
    noisy = np.rint(np.clip(seen + np.float32(sigma / 255) * noise, 0, 1) * 255) / 255
    inside = slice(RIM, -RIM)
    return Uneven(
        sharp[inside, inside], np.asarray(noisy[inside, inside], np.float32),
        clear[inside, inside], sigma,
    )  # fmt: skip
