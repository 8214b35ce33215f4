"""A point of a plane, measured: damage clean pictures, undo it, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rigatino.degradation import Array
from rigatino.imaging import Source, load, to_float
from rigatino.limits.planes import Doer, Plane
from rigatino.limits.surrogate import Reals
from rigatino.metrics import metric

METRICS = ("psnr", "ssim")
#: pixels along a side of the part that is measured; at least this much is needed
SIDE, _LEAST = 192, 48
_CLEAREST = 60.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure at one point: the mean over pictures, and how much they differ."""

    mean: dict[str, float]
    deviation: dict[str, float]


def measured(plane: Plane, doer: Doer, pictures: Sequence[Array], at: Reals) -> Measured:
    """At a point (2,) in 0…1; the same noise for every call."""
    across, up = plane.across.value(at[0]), plane.up.value(at[1])
    rows = [_one(plane, doer, x, (across, up), turn) for turn, x in enumerate(pictures)]
    figures = {name: [row[name] for row in rows] for name in METRICS}
    return Measured(
        {name: float(np.mean(values)) for name, values in figures.items()},
        {name: float(np.std(values)) for name, values in figures.items()},
    )


def _one(
    plane: Plane, doer: Doer, x: Array, at: tuple[float, float], turn: int
) -> dict[str, float]:
    rng = np.random.default_rng(turn)
    seen = plane.damage(x, *at, rng)
    result = np.clip(plane.repair(doer, seen, (x.shape[0], x.shape[1]), *at), 0, 1)
    scores = {name: metric(name).measure(x, result) for name in METRICS}
    return scores | {"psnr": min(scores["psnr"], _CLEAREST)}


def clean_part(source: Source) -> Array:
    """The middle of a picture file, (h, w, 1 or 3) in 0…1, h and w at most `SIDE`."""
    from rigatino.errors import UsageError

    colour = load(source).colour
    h, w = colour.shape[:2]
    if min(h, w) < _LEAST:
        raise UsageError(
            f"a clean picture of {w}×{h} pixels", f"at least {_LEAST}×{_LEAST}", "use a larger one"
        )
    top, left = max(0, h - SIDE) // 2, max(0, w - SIDE) // 2
    return to_float(colour[top : top + SIDE, left : left + SIDE])
