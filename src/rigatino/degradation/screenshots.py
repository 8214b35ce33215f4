"""A screenshot of a screenshot: shown at some zoom, captured, saved, and all over again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, more_than, picture
from rigatino.degradation.banding import Banding
from rigatino.degradation.chain import Chain
from rigatino.degradation.jpeg import Jpeg
from rigatino.degradation.operator import Facts, Operator
from rigatino.degradation.resampling import Kernel
from rigatino.degradation.resize import Resize


@dataclass(frozen=True)
class Screenshot:
    """One generation."""

    #: shown this much larger or smaller, on stored values, as screens do
    zoom: float
    kernel: Kernel = "bilinear"
    #: saved as JPEG of this quality; None: saved without loss (8 bits)
    quality: int | None = None
    sampling: str = "4:2:0"

    def chain(self) -> Chain:
        """Scale, store with 8 bits, save."""
        shown = (Resize(self.zoom, self.zoom, self.kernel, edge="cut"), Banding(256))
        if self.quality is None:
            return Chain(shown)
        return Chain((*shown, Jpeg.of_quality(self.quality, self.sampling)))


@dataclass(frozen=True)
class Screenshots(Operator):
    """Several generations, the first first."""

    generations: tuple[Screenshot, ...]

    facts = Facts(
        linear=False,
        stochastic=False,
        bounded=True,
        idempotent=False,
        assumption="every generation was scaled once, stored with 8 bits and perhaps saved as JPEG",
    )

    def __post_init__(self) -> None:
        for generation in self.generations:
            more_than("zoom", generation.zoom, 0)

    @classmethod
    def drawn(cls, count: int, rng: np.random.Generator) -> Screenshots:
        """Zooms between ⅔ and 1½, two saves in three with loss."""
        return cls(tuple(_drawn(rng) for _ in range(count)))

    def apply(self, x: Array, rng: np.random.Generator | None = None) -> Array:
        """Damage a picture: (H, W, C) in 0…1 -> a new array."""
        return self._chain().apply(picture(x), rng)

    def out_size(self, size: Size) -> Size:
        """What all zooms together leave."""
        return self._chain().out_size(size)

    def _chain(self) -> Chain:
        return Chain(tuple(generation.chain() for generation in self.generations))


def _drawn(rng: np.random.Generator) -> Screenshot:
    kernels: tuple[Kernel, ...] = ("bilinear", "bicubic", "area", "lanczos")
    return Screenshot(
        zoom=float(np.exp(rng.uniform(-1, 1) * np.log(1.5))),
        kernel=kernels[rng.integers(len(kernels))],
        quality=int(rng.integers(50, 96)) if rng.random() < 2 / 3 else None,
    )
