"""Pairs of a large picture and what is left of it, made as the literature makes them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.restoration.damage import Bytes, Floats, floats, opened, saved
from rigatino.degradation import InLinearLight, Resize
from rigatino.degradation.resampling import Kernel

FACTORS = (2.0, 2.7, 3.0, 4.0, 6.0)


@dataclass(frozen=True, eq=False)
class Pair:
    """Floats in 0…1 that 8 bits can hold, (H, W, 3) and (h, w, 3)."""

    large: Floats
    small: Floats
    factor: float

    @property
    def shave(self) -> int:
        """The border that papers leave out."""
        return math.ceil(self.factor)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the large one."""
        return self.large.shape[0], self.large.shape[1]


def whole(pixels: Bytes, factor: float) -> tuple[Floats, tuple[int, int]]:
    """The largest corner of a picture that the factor divides, and the size of a small one."""
    h, w = (math.floor(n / factor + 1e-9) for n in pixels.shape[:2])
    return floats(pixels[: round(h * factor), : round(w * factor)]), (h, w)


def pair(pixels: Bytes, factor: float, kernel: Kernel = "bicubic", light: bool = False) -> Pair:
    """Made small by a kernel, antialiased, and rounded to 8 bits; ``light``: in linear light."""
    large, size = whole(pixels, factor)
    resize = Resize.between((large.shape[0], large.shape[1]), size, kernel)
    small = InLinearLight(resize).apply(large) if light else resize.apply(large)
    return Pair(large, rounded(small), factor)


def worn(pixels: Bytes, factor: float, rng: np.random.Generator) -> tuple[Pair, bytes]:
    """The same, with noise of σ 4, saved at quality 75; and that file."""
    clean = pair(pixels, factor)
    noisy = rounded(clean.small + rng.normal(0, 4 / 255, clean.small.shape).astype(np.float32))
    data = saved(np.rint(noisy * 255).astype(np.uint8), 75)
    return Pair(clean.large, floats(opened(data)), factor), data


def rounded(x: Floats) -> Floats:
    """To the 8 bits in which a picture is kept."""
    return np.asarray(np.rint(np.clip(x, 0, 1) * 255) / 255, np.float32)
