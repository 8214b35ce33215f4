"""Find the place from small pictures: what is common to a picture and its restoration is coarse.

Small pictures are freed of brightness and contrast first (each place is compared with its own
surroundings), so that edits of colour and light do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import gaussian_filter, maximum_filter

from rigatino.degradation.resampling import weights
from rigatino.evidence.registration.placing import Pair, Placing
from rigatino.imaging import LUMA, Pixels

Floats = NDArray[np.float32]
Place = tuple[int, int]
Match = tuple[Pair, float]
#: sides of small pictures: for a hypothesis, and for trying many scales
SIDE, _SCAN = 288, 128
#: a hypothesis as good as this needs no other beside it
GOOD = 0.75
#: least share of the smaller picture that must lie on the other
_OVERLAP = 0.6
#: shifts that are this little worse are rivals; so many at most are looked at
_RIVAL, _MOST = 0.1, 12
_SCALES = np.exp(np.arange(np.log(0.2), np.log(9.0), 0.025))


@dataclass(frozen=True, slots=True)
class Found:
    """A placing and how well the small pictures agree there, -1…1."""

    placing: Placing
    likeness: float
    rivals: tuple[Placing, ...] = ()
    """Other shifts that are nearly as good, as in a pattern that repeats."""


def shrunk(pixels: Pixels, side: int) -> tuple[Floats, Pair]:
    """Luma 0…255, the longer side at most ``side``; and the factors it was shrunk by."""
    factor = max(1, max(pixels.shape[:2]) // (2 * side))
    small = _summed(pixels, factor) * np.float32(255 / np.iinfo(pixels.dtype).max / factor**2)
    plane: Floats = np.asarray(small[..., 0] if small.shape[2] == 1 else small @ LUMA, np.float32)
    scale = min(1.0, side / max(plane.shape))
    return resized(plane, (scale, scale)), (scale / factor, scale / factor)


def _summed(pixels: Pixels, factor: int) -> Floats:
    """Over squares of ``factor``: row by row, then column by column, as whole numbers."""
    h, w = (n // factor * factor for n in pixels.shape[:2])
    rows = np.zeros((h // factor, w, pixels.shape[2]), np.uint32)
    for at in range(factor):
        rows += pixels[at:h:factor, :w]
    total = np.zeros((h // factor, w // factor, pixels.shape[2]), np.uint32)
    for at in range(factor):
        total += rows[:, at::factor]
    return total.astype(np.float32)


def resized(plane: Floats, scale: Pair) -> Floats:
    """By averaging where it shrinks, by a cubic where it grows."""
    for axis in (0, 1):
        if scale[axis] == 1:
            continue
        n = plane.shape[0]
        kernel = "area" if scale[axis] < 1 else "bicubic"
        matrix = weights(n, max(1, round(n * scale[axis])), scale[axis], kernel, "mirror")  # type: ignore[arg-type]
        plane = np.asarray((matrix.astype(np.float32) @ plane).T, np.float32)
        if axis == 0 and scale[1] == 1:
            plane = plane.T
    return np.ascontiguousarray(plane if scale[0] != 1 or scale[1] == 1 else plane.T)


def levelled(plane: Floats, reach: float = 6.0) -> Floats:
    """Each place against its surroundings: mean and spread taken out."""
    smooth = gaussian_filter(plane, 1.0)
    around = smooth - gaussian_filter(smooth, reach)
    spread = np.sqrt(gaussian_filter(around * around, 2 * reach))
    return np.asarray(around / (spread + 2.0), np.float32)


def correlated(fixed: Floats, moving: Floats, overlap: float = _OVERLAP) -> list[Match]:
    """Shifts of ``moving`` on ``fixed`` (refined to parts of a pixel) and the agreement there.

    The normalised correlation over what overlaps, for every shift at once (by Fourier transforms).
    What sticks out counts against a shift: else a pattern that repeats would lie wherever what was
    changed in it falls off the edge. The best is first; a pattern has others nearly as good.
    """
    score, worth = _scores(fixed, moving, overlap)
    found = []
    for at in _tops(worth):
        down, across = (_parabola(score, at, axis) - (moving.shape[axis] - 1) for axis in (0, 1))
        found.append(((down, across), float(score[at])))
    return found


def _scores(fixed: Floats, moving: Floats, overlap: float) -> tuple[Floats, Floats]:
    """Agreement for every shift, and the same less the share that sticks out."""
    shape = tuple(
        fft.next_fast_len(a + b - 1, True) for a, b in zip(fixed.shape, moving.shape, strict=True)
    )
    ahead = [fft.rfft2(part, shape) for part in (fixed, fixed * fixed, np.ones_like(fixed))]
    behind = [
        fft.rfft2(part[::-1, ::-1], shape)
        for part in (moving, moving * moving, np.ones_like(moving))
    ]

    def summed(one: int, other: int) -> Floats:
        return np.asarray(fft.irfft2(ahead[one] * behind[other], shape), np.float32)

    count = np.maximum(np.rint(summed(2, 2)), 1)
    product = summed(0, 0)
    energy = np.maximum(summed(1, 2), 1e-3) * np.maximum(summed(2, 1), 1e-3)
    score = product / np.sqrt(energy)
    share = count / np.prod([min(a, b) for a, b in zip(fixed.shape, moving.shape, strict=True)])
    score[count < overlap * min(fixed.size, moving.size)] = -1
    return score, np.where(score > -1, score - (1 - share), -2)


def _tops(worth: Floats) -> list[Place]:
    """The best shift, and others nearly as good that are tops of their own."""
    best = float(worth.max())
    tops = np.argwhere((worth > best - _RIVAL) & (worth >= maximum_filter(worth, 7)))
    tops = tops[np.argsort([-worth[tuple(at)] for at in tops])]
    return [(int(down), int(across)) for down, across in tops[:_MOST]]


def _parabola(score: Floats, at: Place, axis: int) -> float:
    """The top between whole places."""
    n, here = score.shape[axis], int(at[axis])
    if not 0 < here < n - 1:
        return float(here)
    line = np.take(score, [here - 1, here, here + 1], axis=axis)
    before, top, after = (float(v) for v in np.take(line, at[1 - axis], axis=1 - axis))
    bend = before - 2 * top + after
    return here + (0.5 * (before - after) / bend if bend < 0 and min(before, after) > -1 else 0.0)


class Small:
    """Both pictures made small once, and hypotheses tried on them."""

    def __init__(self, before: Pixels, after: Pixels) -> None:
        """Keep what is needed to try scales."""
        self._sizes = before.shape[:2], after.shape[:2]
        self._before, self._after = before, after

    @lru_cache(maxsize=4)  # noqa: B019 - lives as long as one comparison
    def _planes(self, side: int) -> tuple[Floats, Pair, Floats, Pair]:
        return *shrunk(self._before, side), *shrunk(self._after, 2 * side)

    def tried(self, scale: Pair, side: int = SIDE) -> Found:
        """The best shift for a scale."""
        before, small, after, less = self._planes(side)
        size = self._sizes[1]
        rate = tuple(small[axis] / scale[axis] / less[axis] for axis in (0, 1))
        shape = [after.shape[axis] * rate[axis] for axis in (0, 1)]
        if min(shape) < 12 or max(shape) > 6 * side or min(size) < 1:
            return Found(Placing(scale), -1.0)
        moving = resized(after, rate)  # type: ignore[arg-type]
        found = [
            Found(Placing(scale, (shift[0] / small[0], shift[1] / small[1])), likeness)
            for shift, likeness in correlated(levelled(before), levelled(moving))
        ]
        return replace(found[0], rivals=tuple(one.placing for one in found[1:]))

    def full_frame(self) -> Found:
        """All of BEFORE, enlarged or reduced, maybe by different factors."""
        (h, w), (tall, wide) = self._sizes
        return self.tried((tall / h, wide / w))

    def best(self) -> Found:
        """The full frame if that fits, else a part at the same scale, else a part at any."""
        found = self.full_frame()
        if found.likeness >= GOOD:
            return found
        found = max(found, self.tried((1.0, 1.0)), key=lambda f: f.likeness)
        if found.likeness >= GOOD:
            return found
        return max(found, self._searched(), key=lambda f: f.likeness)

    def _searched(self) -> Found:
        """Every scale on very small pictures, then finer ones around the best few."""
        rough = sorted(self._scan(_SCALES, _SCAN), key=lambda f: -f.likeness)[:3]
        finer = [f.placing.scale[0] * step for f in rough for step in np.linspace(0.97, 1.03, 13)]
        return max(self._scan(finer, SIDE), key=lambda f: f.likeness)

    def _scan(self, scales: list[float] | NDArray[np.float64], side: int) -> Iterator[Found]:
        for scale in scales:
            yield self.tried((float(scale), float(scale)), side)
