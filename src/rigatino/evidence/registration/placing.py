"""Where one picture lies on another: a scale and a shift per axis, and the picture laid there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rigatino.degradation.resampling import Kernel, weights
from rigatino.evidence.laying import Laid
from rigatino.imaging import Pixels

Pair = tuple[float, float]
Size = tuple[int, int]
#: pixels by which a covered pixel may stick out
_RIM = 0.02


@dataclass(frozen=True, slots=True)
class Placing:
    """Place in BEFORE = shift + place in AFTER / scale, (down, across)."""

    scale: Pair
    shift: Pair = (0.0, 0.0)

    def of(self, axis: int, n: int, out: int, kernel: Kernel) -> sparse.csr_array | None:
        """The matrix (out, n) of one axis; None where it changes nothing."""
        if self.scale[axis] == 1 and self.shift[axis] == 0 and n == out:
            return None
        factor = 1 / self.scale[axis]
        return weights(n, out, factor, kernel, "mirror", offset=self.shift[axis])

    def covered(self, axis: int, n: int, out: int) -> NDArray[np.bool_]:
        """Which of ``out`` pixels of BEFORE lie wholly within the ``n`` of AFTER."""
        first = self.shift[axis]
        last = first + n / self.scale[axis]
        at = np.arange(out)
        return np.asarray((at >= first - _RIM) & (at + 1 <= last + _RIM))

    def moved(self, by: Pair) -> Placing:
        """Shifted further, in pixels of BEFORE."""
        return replace(self, shift=(self.shift[0] + by[0], self.shift[1] + by[1]))

    def at_size(self, before: float, after: float) -> Placing:
        """The same between pictures that are ``before`` and ``after`` times as large."""
        ratio = after / before
        return Placing(
            (self.scale[0] * ratio, self.scale[1] * ratio),
            (self.shift[0] * before, self.shift[1] * before),
        )


def lay(
    pixels: Pixels, size: Size, placing: Placing, kernel: Kernel = "bicubic",
    *, linear: bool = False,
) -> Laid:  # fmt: skip
    """AFTER on a grid of this size; ``linear``: light is mixed, not stored values."""
    h, w = pixels.shape[:2]
    return Laid(
        pixels, size,
        placing.of(0, h, size[0], kernel), placing.of(1, w, size[1], kernel),
        rows=placing.covered(0, h, size[0]), columns=placing.covered(1, w, size[1]), linear=linear,
    )  # fmt: skip


def inverse(placing: Placing) -> Placing:
    """Where BEFORE lies on AFTER."""
    (sy, sx), (ty, tx) = placing.scale, placing.shift
    return Placing((1 / sy, 1 / sx), (-ty * sy, -tx * sx))


def turned(placing: Placing, before: Size, after: Size, orientation: int) -> Placing:
    """The same between the upright pictures; sizes are those as stored."""
    scale, shift = placing.scale, placing.shift
    if orientation >= 5:
        scale, shift = (scale[1], scale[0]), (shift[1], shift[0])
        before, after = (before[1], before[0]), (after[1], after[0])
    flipped = (orientation in (3, 4, 7, 8), orientation in (2, 3, 6, 7))
    return Placing(scale, tuple(  # type: ignore[arg-type]
        before[axis] - shift[axis] - after[axis] / scale[axis] if flipped[axis] else shift[axis]
        for axis in (0, 1)
    ))  # fmt: skip
