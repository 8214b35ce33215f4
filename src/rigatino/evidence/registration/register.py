"""How AFTER lies on BEFORE: found, made exact, and refused where it is another picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rigatino.errors import UsageError
from rigatino.evidence.registration.coarse import SIDE, Found, Small, levelled, shrunk
from rigatino.evidence.registration.fine import disagreement, refined
from rigatino.evidence.registration.placing import Pair, Placing
from rigatino.imaging import Pixels

#: least likeness, calibrated on LIVE1 (docs/reference/evidence.md): of the whole frame, of a part
#: at the same scale, of a part at any scale; the more places are tried, the better chance does
FRAME, PART, ANYWHERE = 0.35, 0.6, 0.8
#: a whole placing is left for a measured one only where that is off by more pixels than this and
#: leaves less than this share unexplained of what the whole one leaves (0.86 was seen of a decode
#: that had been sharpened in its place)
_SNAP, _BETTER = 0.04, 0.8
#: below this side nothing can be found; equal sizes are taken to lie on each other
SMALLEST = 32


@dataclass(frozen=True, slots=True)
class Registered:
    """A placing, what it may be off by, how alike the pictures are."""

    placing: Placing
    uncertainty: float
    likeness: float
    snapped: bool
    """Whether the placing is a whole one (full frame, or whole pixels) and not a measured one."""
    plain: bool = False
    """Whether the pictures are too plain or too small to tell."""


def register(before: Pixels, after: Pixels) -> Registered:
    """Both as stored in BEFORE's orientation."""
    if _untellable(before) or _untellable(after):
        return _taken_for_same(before, after)
    small = Small(before, after)
    found = small.best()
    _refuse(found, small)
    step = max(before.shape[:2]) / SIDE
    precision = max(1.0, 0.6 * step)
    found = _among_rivals(before, after, found, precision)
    placing, snapped, error = _exact(before, after, found, precision)
    return Registered(placing, error, found.likeness, snapped)


def _untellable(pixels: Pixels) -> bool:
    if min(pixels.shape[:2]) < SMALLEST:
        return True
    step = max(1, max(pixels.shape[:2]) // (2 * SIDE))
    return float(levelled(shrunk(pixels[::step, ::step], SIDE)[0]).std()) < 0.05


def _taken_for_same(before: Pixels, after: Pixels) -> Registered:
    if before.shape[:2] != after.shape[:2]:
        raise UsageError(
            f"a picture of {_size(before)} and one of {_size(after)} pixels, one of them too small "
            "or too plain to find the place by",
            f"equal sizes, or at least {SMALLEST} pixels a side with something on them",
            "compare pictures of one size",
        )
    return Registered(Placing((1.0, 1.0)), 0.0, 1.0, True, plain=True)


def _refuse(found: Found, small: Small) -> None:
    if found.likeness >= ANYWHERE:
        return
    frame = small.full_frame()
    if frame.likeness >= FRAME:
        return
    if found.placing.scale == (1.0, 1.0) and found.likeness >= PART:
        return
    raise UsageError(
        f"AFTER does not show the same picture as BEFORE (likeness {max(frame.likeness, 0):.2f} "
        f"of 1, where {FRAME} is needed)",
        "two versions of one picture",
        "check that the two files belong together",
    )


def _size(pixels: Pixels) -> str:
    return f"{pixels.shape[1]}×{pixels.shape[0]}"


def _among_rivals(before: Pixels, after: Pixels, found: Found, precision: float) -> Found:
    """In a pattern that repeats: where the least is unexplained once all lie exactly."""
    if not found.rivals:
        return found
    left = {
        placing: disagreement(before, after, refined(before, after, placing, precision).placing)
        for placing in (found.placing, *found.rivals)
    }
    best = min(left, key=lambda placing: left[placing])
    clearly = left[best] < _BETTER * left[found.placing]
    return replace(found, placing=best if clearly else found.placing)


def _exact(
    before: Pixels, after: Pixels, found: Found, precision: float
) -> tuple[Placing, bool, float]:
    """The whole placing beside what was found, if that is what was measured; else the latter."""
    whole = _whole(before, after, found.placing)
    fit = refined(before, after, whole or found.placing, precision)
    whole = _whole(before, after, fit.placing) or whole
    error = float(max(fit.error))
    if whole is None:
        return fit.placing, False, error
    off = _apart(fit.placing, whole, before)
    if max(off) <= _SNAP:
        return whole, True, max(error, *off)
    left = disagreement(before, after, fit.placing) / disagreement(before, after, whole)
    return (fit.placing, False, error) if left < _BETTER else (whole, True, error)


def _whole(before: Pixels, after: Pixels, placing: Placing) -> Placing | None:
    """The full frame, or the same scale by whole pixels, where that is near."""
    sizes = before.shape[:2], after.shape[:2]
    frame = tuple(b / a for a, b in zip(*sizes, strict=True))
    close = all(abs(s / f - 1) < 0.01 for s, f in zip(placing.scale, frame, strict=True))
    slack = 0.01 * max(sizes[0])
    if close and max(abs(s) for s in placing.shift) < max(0.7, 0.3 * slack):
        return Placing(frame)
    if all(abs(s - 1) < 0.01 for s in placing.scale):
        return Placing(
            (1.0, 1.0), (float(np.rint(placing.shift[0])), float(np.rint(placing.shift[1])))
        )
    return None


def _apart(one: Placing, other: Placing, before: Pixels) -> Pair:
    """Pixels of BEFORE by which two placings differ in the middle of the picture."""
    off = []
    for axis in (0, 1):
        middle = before.shape[axis] / 2
        ends = [p.scale[axis] * (middle - p.shift[axis]) for p in (one, other)]
        off.append(abs(ends[0] - ends[1]) / other.scale[axis])
    return off[0], off[1]
