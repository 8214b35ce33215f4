"""How far a repair goes: measured on given pictures, or told at once from what is shipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rigatino.errors import UsageError
from rigatino.imaging import Source
from rigatino.limits.measuring import METRICS, clean_part, measured
from rigatino.limits.placing import placed
from rigatino.limits.planes import Plane, model_of, opened, plane
from rigatino.limits.record import Limits, Target
from rigatino.limits.searching import Seen, probabilities, straddled, sure
from rigatino.limits.shipped import shelf
from rigatino.limits.surrogate import Reals, fitted

Size = tuple[int, int]
#: columns and rows
GRID: Size = (24, 16)
EVALUATIONS = 20
_GRID = re.compile(r"([1-9]\d{0,2})x([1-9]\d{0,2})")
_TARGET = re.compile(r"(psnr|ssim):(\d+(?:\.\d+)?)", re.IGNORECASE)
_RANGES = {"psnr": (5.0, 60.0), "ssim": (0.0, 1.0)}


def target_of(text: str) -> Target:
    """``psnr:30`` or ``ssim:0.9``."""
    found = _TARGET.fullmatch(text.strip())
    name = found[1].lower() if found else ""
    if found is None or not _RANGES[name][0] < float(found[2]) < _RANGES[name][1]:
        raise UsageError(
            f"--target {text!r}", f"{' or '.join(METRICS)} with a value", "for example: psnr:30"
        )
    return Target(name, float(found[2]))


def grid_of(text: str) -> Size:
    """``24x16``: columns and rows."""
    found = _GRID.fullmatch(text.strip().lower())
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (min(size) >= 4 and max(size) <= 200):
        raise UsageError(f"--grid {text!r}", "COLUMNSxROWS, 4 to 200 each", "for example: 24x16")
    return size


def grid_points(size: Size) -> Reals:
    """(rows · columns, 2) in 0…1, row by row."""
    across, up = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    return np.stack([across.ravel(), up.ravel()], axis=1)


def limits(
    task: str, target: Target, pictures: Sequence[Source] = (), mine: Sequence[Source] = (), *,
    grid: Size = GRID, evaluations: int = EVALUATIONS,
    progress: Callable[[float], None] = lambda _: None,
) -> Limits:  # fmt: skip
    """On clean pictures of the user's, else as shipped; then where damaged pictures lie."""
    wanted = plane(task)
    if pictures:
        taken = _searched(wanted, pictures, target, evaluations=evaluations, progress=progress)
    else:
        taken = _from_shelf(task, target)
    return _told(task, wanted, target, taken, grid=grid, mine=mine)


@dataclass(frozen=True, eq=False)
class _Taken:
    """Measurements, and where they come from."""

    seen: Seen
    differ: float
    pictures: int
    source: str
    notes: tuple[str, ...] = ()

    @property
    def error(self) -> float:
        """How far the mean of other pictures may be from this; own ones are meant themselves."""
        return self.differ / self.pictures**0.5 if self.source == "shipped" else 0.0


def _from_shelf(task: str, target: Target) -> _Taken:
    kept = shelf(task)
    means, differ = kept.figures(target.metric)
    _, sha256 = _card(plane(task))
    return _Taken((kept.points, means), differ, kept.pictures, "shipped", kept.notes(sha256))


def _searched(
    wanted: Plane, pictures: Sequence[Source], target: Target, *, evaluations: int,
    progress: Callable[[float], None],
) -> _Taken:  # fmt: skip
    doer = opened(wanted)
    parts = [clean_part(picture) for picture in pictures]
    spreads: list[float] = []

    def measure(at: Reals) -> float:
        found = measured(wanted, doer, parts, at)
        spreads.append(found.deviation[target.metric])
        progress(len(spreads) / evaluations)
        return found.mean[target.metric]

    candidates = grid_points((13, 9))
    count = min(evaluations, len(candidates))
    seen = straddled(measure, candidates, target.value, count, np.random.default_rng(0))
    return _Taken(seen, float(np.mean(spreads)), len(parts), "own pictures")


def _told(
    task: str, wanted: Plane, target: Target, taken: _Taken, *, grid: Size, mine: Sequence[Source]
) -> Limits:
    surface = fitted(*taken.seen)
    points, shape = grid_points(grid), (grid[1], grid[0])
    likely = probabilities(surface, points, target.value, taken.error).reshape(shape)
    unknown = ~sure(surface, points, target.value, taken.error).reshape(shape)
    name, sha256 = _card(wanted)
    places = tuple(
        placed(task, wanted, surface, target, differ=taken.differ, source=one) for one in mine
    )
    return Limits(
        task, target, wanted.across, wanted.up, likely, unknown, len(taken.seen[0]),
        taken.pictures, taken.differ, taken.source, wanted.assumes, name, sha256,
        _sentence(likely, unknown), places, taken.notes,
    )  # fmt: skip


def _card(wanted: Plane) -> tuple[str, str]:
    """Name and hash of the network, without loading it."""
    card = model_of(wanted).card
    return card.name, card.sha256


def _sentence(likely: np.ndarray, unknown: np.ndarray) -> str:
    reached = float(((likely > 0.5) & ~unknown).mean())
    open_ = float(unknown.mean())
    missed = 1 - reached - open_
    return (
        f"Of this plane of damage, repair reaches the target in {100 * reached:.0f} %, misses it "
        f"in {100 * missed:.0f} %, and in {100 * open_:.0f} % it is not known."
    )
