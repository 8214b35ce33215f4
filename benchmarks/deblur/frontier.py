"""How well the line where a repair stops reaching its target is found, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Report
from rigatino.limits import (
    PLANES,
    clean_part,
    fitted,
    grid_points,
    limits,
    measured,
    plane,
    scattered,
    straddled,
    sure,
    target_of,
)
from rigatino.limits.planes import opened
from rigatino.limits.shipped import shelf
from rigatino.limits.surrogate import Reals

BUDGET, SEEDS = 20, 10
#: the target of each plane
TARGETS = {"deblur": "psnr:28", "denoise": "psnr:30", "jpeg": "psnr:30", "enlarge": "psnr:28"}


@dataclass(frozen=True, eq=False)
class Ground:
    """A dense plane, taken for the truth."""

    candidates: Reals
    values: Reals
    target: float

    @property
    def reached(self) -> NDArray[np.bool_]:
        return np.asarray(self.values >= self.target)

    def measure(self, at: Reals) -> float:
        """Of the candidate at this place."""
        return float(self.values[int(((self.candidates - at) ** 2).sum(axis=1).argmin())])


def searching(report: Report) -> None:
    """Straddle against random places with the same model, on the dense shipped measurements."""
    report.heading(f"Limits: {BUDGET} measurements, mean of {SEEDS} seeds, classes of a dense grid")
    for task in PLANES:
        target = target_of(TARGETS[task])
        kept = shelf(task)
        truth = fitted(kept.points, kept.figures(target.metric)[0])
        candidates = grid_points((24, 16))
        ground = Ground(candidates, truth.at(candidates)[0], target.value)
        straddle, random = _scores(_straddle, ground), _scores(_random, ground)
        report.cells(f"{task}, {TARGETS[task]}: F1", {"straddle": straddle[0], "random": random[0]},
                     "≥ 0.95, above random")  # fmt: skip
        report.cells(f"{task}: where it answers", {"share": straddle[1], "right": straddle[2]})


def _straddle(ground: Ground, rng: np.random.Generator) -> tuple[Reals, Reals]:
    return straddled(ground.measure, ground.candidates, ground.target, BUDGET, rng)


def _random(ground: Ground, rng: np.random.Generator) -> tuple[Reals, Reals]:
    return scattered(ground.measure, ground.candidates, BUDGET, rng)


Search = Callable[[Ground, np.random.Generator], tuple[Reals, Reals]]


def _scores(search: Search, ground: Ground) -> tuple[float, float, float]:
    """F1; how much of the plane is answered; how much of that is right."""
    rows = []
    for seed in range(SEEDS):
        model = fitted(*search(ground, np.random.default_rng(seed)))
        said = model.at(ground.candidates)[0] >= ground.target
        known = sure(model, ground.candidates, ground.target)
        right = float((said == ground.reached)[known].mean()) if known.any() else 1.0
        rows.append((_f1(said, ground.reached), float(known.mean()), right))
    f1, share, right = (float(v) for v in np.mean(rows, axis=0))
    return round(f1, 4), round(share, 4), round(right, 4)


def _f1(said: np.ndarray, truth: np.ndarray) -> float:
    both = int((said & truth).sum())
    return 2 * both / max(1, int(said.sum() + truth.sum()))


def shipped(data: Path, report: Report, limit: int | None) -> None:
    """The shipped frontier on pictures that had no part in it."""
    report.heading("The shipped frontier on pictures that had no part in it")
    files = sorted((data / "LIVE1").glob("*.png"))
    count = limit or 8
    parts = [clean_part(path) for path in files[:: max(1, len(files) // count)][:count]]
    for task in PLANES:
        target = target_of(TARGETS[task])
        told = limits(task, target, grid=(6, 5))
        points = grid_points((6, 5))
        values = [
            measured(plane(task), opened(plane(task)), parts, at).mean[target.metric]
            for at in points
        ]
        reached = (np.array(values) >= target.value).reshape(told.probability.shape)
        known = ~told.unknown
        right = ((told.probability > 0.5) == reached)[known]
        report.share(f"{task}, {TARGETS[task]}: answered and right", int(right.sum()), right.size)
        print(report.last().splitlines()[-1], flush=True)
