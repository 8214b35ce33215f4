"""Blurred pictures: what is seen past the border is blurred in, as a camera does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation import CameraShake, Defocus, MotionBlur
from rigatino.imaging import load, luma, to_float

Floats = NDArray[np.float32]
Truth = NDArray[np.bool_]

#: camera shake of our own drawing: extent in pixels, restlessness, seed
SHAKES = (
    (7, 0.3, 1), (9, 0.8, 2), (11, 0.3, 3), (13, 0.6, 4),
    (15, 0.3, 5), (17, 0.5, 6), (21, 0.4, 7), (25, 0.3, 8),
)  # fmt: skip
RADII = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)


@dataclass(frozen=True, eq=False)
class Case:
    """A picture, sharp and blurred, and what blurred it."""

    name: str
    sharp: Floats
    seen: Floats
    kernel: Floats
    sigma: float


def known_kernels() -> dict[str, Floats]:
    """Those of the table with known kernels."""
    return {
        "disk of radius 2": Defocus(2).kernel(),
        "disk of radius 4": Defocus(4).kernel(),
        "line of 15 pixels": MotionBlur(15, 30).kernel(),
        "line of 25 pixels": MotionBlur(25, 30).kernel(),
    }


def shakes() -> dict[str, Floats]:
    """Camera shake by name."""
    return {
        f"shake {extent} px, {seed}": CameraShake(extent, rest).kernel(np.random.default_rng(seed))
        for extent, rest, seed in SHAKES
    }


def lumas(folder: Path, limit: int | None, side: int) -> Iterator[tuple[str, Floats]]:
    """Middle parts, (h, w, 1), of a folder's pictures, spread over it; at most ``side``."""
    files = sorted(folder.glob("*.png"))
    for path in files[:: max(1, len(files) // (limit or len(files)))][:limit]:
        colour = to_float(load(path).colour)
        grey = colour if colour.shape[2] == 1 else luma(colour)[..., None]
        yield path.stem, middle(np.asarray(grey, np.float32), side)


def middle(x: Floats, side: int) -> Floats:
    """The middle part of a picture, at most ``side`` × ``side``."""
    top, left = (max(0, n - side) // 2 for n in x.shape[:2])
    return x[top : top + side, left : left + side]


def blurred(name: str, x: Floats, kernel: Floats, sigma: float, seed: int) -> Case:
    """Only where the kernel lies wholly inside the picture; noise, then 8 bits."""
    from rigatino.degradation.convolution import convolved

    r, s = (n // 2 for n in kernel.shape)
    seen = convolved(x, kernel)
    noise = np.random.default_rng(seed).standard_normal(seen.shape, np.float32)
    seen = np.rint(np.clip(seen + np.float32(sigma / 255) * noise, 0, 1) * 255) / 255
    sharp = x[r : x.shape[0] - r, s : x.shape[1] - s]
    return Case(name, sharp, np.asarray(seen, np.float32), kernel, sigma)
