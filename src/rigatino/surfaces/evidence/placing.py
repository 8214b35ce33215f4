"""Between the blocks of BEFORE and the pixels of AFTER."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence import Box, Evidence, Map, Relation

Floats = NDArray[np.float32]
#: longest side of a picture that is shown enlarged, and to about how many pixels
_SMALL, _SHOWN = 400, 800


@dataclass(frozen=True, slots=True)
class Placing:
    """A part of AFTER as it is shown: each pixel ``times`` × ``times``."""

    relation: Relation
    rows: slice
    columns: slice
    """Of AFTER, in its own pixels."""
    times: int = 1

    def box(self, box: Box) -> Box:
        """A box of BEFORE in pixels as shown, cut at the border."""
        down, across = (self._side(box[at], box[at + 2], at) for at in (0, 1))
        return down[0], across[0], down[1], across[1]

    def _side(self, start: int, length: int, axis: int) -> tuple[int, int]:
        part = (self.rows, self.columns)[axis]
        shift, scale = self.relation.shift[axis], self.relation.scale[axis]
        ends = [round((at - shift) * scale) for at in (start, start + length)]
        first, last = (self.times * (min(max(e, part.start), part.stop) - part.start) for e in ends)
        return first, last - first

    def spread(self, values: Map, block: int) -> Floats:
        """A map of BEFORE's blocks on the pixels as shown, (H, W), by lines between centres."""
        down, across = (self._places(axis, values.shape[axis], block) for axis in (0, 1))
        return _between(_between(values, across, 1), down, 0)

    def _places(self, axis: int, blocks: int, block: int) -> Floats:
        """Where the centre of each row (or column) of pixels lies, in blocks from the first's."""
        part = (self.rows, self.columns)[axis]
        pixel = np.arange(self.times * (part.stop - part.start), dtype=np.float32) + 0.5
        at = part.start + pixel / self.times
        at = self.relation.shift[axis] + at / self.relation.scale[axis]
        return np.asarray(np.clip(at / block - 0.5, 0, blocks - 1), np.float32)

    def window(self, rows: slice, columns: slice, times: int) -> Placing:
        """A part of it, enlarged."""
        return Placing(self.relation, rows, columns, times)


def placing_of(evidence: Evidence, times: int | None = None) -> Placing:
    """All of AFTER, enlarged by a whole factor where it is small, or ``times``."""
    height, width = evidence.after.height, evidence.after.width
    longest = max(height, width)
    own = max(1, _SHOWN // longest) if longest < _SMALL else 1
    return Placing(evidence.relation, slice(0, height), slice(0, width), times or own)


def _between(values: Floats, places: Floats, axis: int) -> Floats:
    low = np.floor(places).astype(np.intp)
    high = np.minimum(low + 1, values.shape[axis] - 1)
    part = (places - low)[:, None] if axis == 0 else places - low
    first = values.take(low, axis)
    return np.asarray(first + (values.take(high, axis) - first) * part, np.float32)
