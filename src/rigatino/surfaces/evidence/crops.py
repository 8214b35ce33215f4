"""The places most worth looking at, enlarged: before, after, and the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence import Evidence, Place
from rigatino.surfaces.evidence.placing import placing_of
from rigatino.surfaces.evidence.sheet import drawn_picture, shown

Bytes = NDArray[np.uint8]
#: a place is enlarged until its side has about so many pixels
_SIDE = 288


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One place three times, each (h, w, 3) and of one size."""

    place: Place
    before: Bytes
    after: Bytes
    map: Bytes
    times: int
    """How much it is enlarged."""


def crops(evidence: Evidence) -> tuple[Crop, ...]:
    """Cut out and enlarged by whole factors; the lines are drawn after enlarging."""
    return tuple(_crop(evidence, place) for place in evidence.places)


def _crop(evidence: Evidence, place: Place) -> Crop:
    _, pair = shown(evidence)
    own = placing_of(evidence, 1)
    top, left, height, width = own.box(place.box)
    times = max(1, round(_SIDE / max(height, width, 1)))
    rows, columns = slice(top, top + height), slice(left, left + width)
    before, after = (_enlarged(p[rows, columns], times) for p in (pair.before, pair.after))
    drawn = drawn_picture(evidence, own.window(rows, columns, times))
    return Crop(place, before, after, drawn, times)


def _enlarged(pixels: Bytes, times: int) -> Bytes:
    return pixels.repeat(times, 0).repeat(times, 1)
