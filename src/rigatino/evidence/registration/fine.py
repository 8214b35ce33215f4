"""Make a placing exact to a small part of a pixel, and say how exact it is.

In a few windows, from coarse to fine, the shift d is read from what the pictures differ by:
BEFORE ≈ gain · (AFTER + d · gradient) + offset, by least squares. The windows together then give
one shift and one stretch per axis; how far they disagree says how far the result may be off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from rigatino.degradation.resampling import weights
from rigatino.evidence.registration.placing import Pair, Placing, Size
from rigatino.imaging import LUMA, Pixels

Floats = NDArray[np.float32]
_SIDE, _ACROSS, _ROUNDS = 96, 3, 3
#: samples by which a round must move anything for another one
_STILL = 0.005
#: samples by which a window may be off at most, to count in a round
_FAR = 4.0
#: grey levels of spread below which a window shows nothing
_PLAIN = 0.05
#: with fewer windows only the shift is read, no stretch
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A placing, and the pixels of BEFORE by which it may be off."""

    placing: Placing
    error: Pair
    """Of the shift, per axis."""
    stretched: Pair
    """Of the scale: how many of its own errors the stretch that was found amounts to."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of BEFORE: its corner in pixels, its sides in samples of ``level`` pixels."""

    level: int
    corner: Size
    side: Size


@dataclass(frozen=True, slots=True)
class _Seen:
    """One window: its middle in BEFORE, the shift there and how sure that is."""

    middle: Pair
    shift: Pair
    variance: Pair


def refined(before: Pixels, after: Pixels, placing: Placing, precision: float) -> Fit:
    """``precision``: pixels of BEFORE by which ``placing`` may be off."""
    level = 1
    while level < precision and level * _SIDE * 2 < min(before.shape[:2]):
        level *= 2
    fit = Fit(placing, (precision, precision), (0.0, 0.0))
    while level >= 1:
        for _ in range(_ROUNDS):
            seen = list(_windows(before, after, fit.placing, level))
            if not seen:
                break
            last, fit = fit, _fitted(fit.placing, seen, before.shape[:2])
            if _settled(last.placing, fit.placing, level):
                break
        level //= 2
    return fit


def _settled(last: Placing, here: Placing, level: int) -> bool:
    """Whether another round would change nothing that the next level could not see better."""
    moved = max(abs(a - b) for a, b in zip(last.shift, here.shift, strict=True))
    return moved < _STILL * level


def disagreement(before: Pixels, after: Pixels, placing: Placing) -> float:
    """0…1: what of BEFORE a laid AFTER leaves unexplained, the median of some windows."""
    rest = [
        1 - float((_even(fixed) * _even(moving)).mean()) ** 2
        for window in _places(before, after, placing, 1)
        for fixed, moving in [_both(before, after, placing, window)]
    ]
    return float(np.median(rest)) if rest else 1.0


def _windows(before: Pixels, after: Pixels, placing: Placing, level: int) -> Iterator[_Seen]:
    for window in _places(before, after, placing, level):
        seen = _compared(before, after, placing, window)
        if seen is not None:
            yield seen


def _places(before: Pixels, after: Pixels, placing: Placing, level: int) -> Iterator[_Window]:
    """Evenly spread over what both show."""
    spans = [_span(axis, before, after, placing) for axis in (0, 1)]
    side = [min(_SIDE * level, last - first) // level for first, last in spans]
    if min(side) < 16:
        return
    starts = [
        np.unique(np.linspace(first, last - n * level, _ACROSS).astype(int))
        for (first, last), n in zip(spans, side, strict=True)
    ]
    for top in starts[0]:
        for left in starts[1]:
            yield _Window(level, (int(top), int(left)), (side[0], side[1]))


def _span(axis: int, before: Pixels, after: Pixels, placing: Placing) -> tuple[int, int]:
    first = placing.shift[axis]
    last = first + after.shape[axis] / placing.scale[axis]
    return max(0, int(np.ceil(first))), min(before.shape[axis], int(np.floor(last)))


def _compared(before: Pixels, after: Pixels, placing: Placing, window: _Window) -> _Seen | None:
    solved = _solved(*_both(before, after, placing, window))
    if solved is None:
        return None
    shift, variance = solved
    level = window.level
    middle = tuple(window.corner[axis] + window.side[axis] * level / 2 for axis in (0, 1))
    return _Seen(
        middle,  # type: ignore[arg-type]
        (shift[0] * level, shift[1] * level),
        (variance[0] * level**2, variance[1] * level**2),
    )


def _both(
    before: Pixels, after: Pixels, placing: Placing, window: _Window
) -> tuple[Floats, Floats]:
    return _part(before, Placing((1.0, 1.0)), window), _part(after, placing, window)


def _part(pixels: Pixels, placing: Placing, window: _Window) -> Floats:
    """Luma of a window in BEFORE."""
    matrices, level = [], window.level
    for axis in (0, 1):
        factor = 1 / (placing.scale[axis] * level)
        offset = (placing.shift[axis] - window.corner[axis]) / level
        kernel = "area" if factor < 0.7 else "bicubic"
        n = pixels.shape[axis]
        matrices.append(weights(n, window.side[axis], factor, kernel, "mirror", offset=offset))  # type: ignore[arg-type]
    spans = [slice(int(m.indices.min()), int(m.indices.max()) + 1) for m in matrices]
    part = pixels[spans[0], spans[1]].astype(np.float32)
    luma = part[..., 0] if part.shape[2] == 1 else part @ LUMA
    luma *= np.float32(255 / np.iinfo(pixels.dtype).max)
    down, across = (m[:, span] for m, span in zip(matrices, spans, strict=True))
    return np.asarray(gaussian_filter((across @ (down @ luma).T).T, 1.2), np.float32)


def _solved(fixed: Floats, moving: Floats) -> tuple[Pair, Pair] | None:
    """Shift of ``moving`` that makes it ``fixed``, and its variance; None where nothing shows."""
    if min(float(fixed.std()), float(moving.std())) < _PLAIN:
        return None
    grown = [(a + b) / 2 for a, b in zip(np.gradient(_even(fixed)), np.gradient(_even(moving)),
                                         strict=True)]  # fmt: skip
    columns = [*grown, _even(moving), np.ones_like(fixed)]
    system = np.stack([column[3:-3, 3:-3].ravel() for column in columns], axis=1).astype(float)
    target = _even(fixed)[3:-3, 3:-3].ravel().astype(float)
    normal = system.T @ system
    if np.linalg.cond(normal[:2, :2]) > 1e4 or normal[0, 0] + normal[1, 1] < 1e-3 * len(target):
        return None
    answer = np.linalg.solve(normal + 1e-9 * np.eye(4), system.T @ target)
    rest = target - system @ answer
    # Smoothed samples hang together: about six of them say one thing.
    spread = 6 * float(rest @ rest) / max(len(target) - 4, 1) * np.linalg.inv(normal)
    shift = (-float(answer[0]), -float(answer[1]))
    if answer[2] < 0.2 or max(abs(d) for d in shift) > _FAR:
        return None
    return (-shift[0], -shift[1]), (float(spread[0, 0]), float(spread[1, 1]))


def _even(plane: Floats) -> Floats:
    """Mean 0, spread 1: so that a change of contrast is none."""
    plane = plane - plane.mean()
    return np.asarray(plane / (plane.std() + np.float32(1e-3)), np.float32)


def _fitted(placing: Placing, seen: list[_Seen], size: Size) -> Fit:
    shift, scale, errors, stretched = [], [], [], []
    for axis in (0, 1):
        at = np.array([s.middle[axis] for s in seen]) - size[axis] / 2
        off = np.array([s.shift[axis] for s in seen])
        sure = 1 / (np.array([s.variance[axis] for s in seen]) + 1e-6)
        moved, stretch, error, strength = _robust(at, off, sure)
        # A place p of BEFORE, as laid so far, shows what belongs at p + moved + stretch · at.
        scale.append(placing.scale[axis] * (1 + stretch))
        middle = size[axis] / 2
        kept = (placing.shift[axis] - middle) / (1 + stretch) + middle
        shift.append(kept - moved)
        errors.append(error)
        stretched.append(strength)
    return Fit(Placing(tuple(scale), tuple(shift)), tuple(errors), tuple(stretched))  # type: ignore[arg-type]


def _robust(
    at: NDArray[np.float64], off: NDArray[np.float64], sure: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    """off ≈ moved + stretch · at, outliers losing weight: both, moved's error, stretch / error."""
    slope = len(np.unique(at)) > 1 and len(at) >= _ENOUGH
    system = np.stack([np.ones_like(at), at if slope else np.zeros_like(at)], axis=1)
    weight: Any = sure.copy()
    answer = np.zeros(2)
    for _ in range(8):
        normal = system.T @ (weight[:, None] * system) + 1e-12 * np.eye(2)
        answer = np.linalg.solve(normal, system.T @ (weight * off))
        rest = off - system @ answer
        width = max(1.5 * 1.4826 * float(np.median(np.abs(rest))), 1e-3)
        weight = np.asarray(sure / np.maximum(1.0, np.abs(rest) / width))
    total = float(weight.sum())
    spread = float((weight * rest**2).sum()) / max(total, 1e-12)
    error = float(np.sqrt(spread / max(len(at) - 2, 1) + 1 / total))
    lever = float((weight * at**2).sum()) / total
    strength = abs(answer[1]) / (error / np.sqrt(lever)) if slope and lever else 0.0
    return float(answer[0]), float(answer[1]) if slope else 0.0, error, float(strength)
