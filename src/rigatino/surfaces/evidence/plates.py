"""The pictures of a page: copies small enough to be carried inside it, and layers over them."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence import Evidence, Pair
from rigatino.imaging.copies import jpeg_bytes, png_bytes, shrunk
from rigatino.surfaces.evidence.crops import crops
from rigatino.surfaces.evidence.hatching import cross_layer, framed, line_layer, line_width
from rigatino.surfaces.evidence.placing import Placing, placing_of
from rigatino.surfaces.evidence.sheet import AGAINST, shown

Bytes = NDArray[np.uint8]
#: a page carries at most so many pixels of each picture; what is smaller is carried without loss
_MOST, _LOSSLESS = 3_000_000, 120_000
_QUALITY = 90
#: longest side of the layers of smaller pictures, so that lines stay fine when these are enlarged
_FINE = 1200


@dataclass(frozen=True, slots=True)
class Plates:
    """Everything that a page shows, as addresses that hold the data."""

    height: int
    width: int
    """Of the copies."""
    share: float
    """Side of a copy to side of the picture; 1 for a whole one."""
    lossless: bool
    before: str
    after: str
    lines: str
    crosses: str
    frames: str
    places: tuple[tuple[str, str, str], ...]
    """Before, after, map."""


def plates(evidence: Evidence) -> Plates:
    """Copies and layers."""
    small, share = _fitting(evidence)
    maps, pair = shown(small)
    longest = max(pair.after.shape[:2])
    placing = placing_of(small, max(1, round(_FINE / longest)))
    ground = pair.after.repeat(placing.times, 0).repeat(placing.times, 1)
    wide = line_width(*ground.shape[:2])
    filled = placing.spread(maps.filled * maps.covered, maps.block)
    against = placing.spread(maps.contradicted * maps.covered, maps.block) > AGAINST
    height, width = pair.after.shape[:2]
    lossless = height * width <= _LOSSLESS
    before, after = (_photo(p, lossless) for p in (pair.before, pair.after))
    return Plates(
        height, width, share, lossless, before, after,
        _png(line_layer(ground, filled, wide)), _png(cross_layer(against, wide)),
        _png(_frames(small, placing, ground.shape, wide)) if evidence.alarms else "",
        tuple((_photo(c.before), _photo(c.after), _photo(c.map)) for c in crops(evidence)),
    )  # fmt: skip


def _fitting(evidence: Evidence) -> tuple[Evidence, float]:
    """The same evidence about smaller copies of the pictures."""
    _, pair = shown(evidence)
    height, width = pair.after.shape[:2]
    share = min(1.0, math.sqrt(_MOST / (height * width)))
    if share == 1:
        return evidence, 1.0
    size = max(1, round(height * share)), max(1, round(width * share))
    copies = Pair(shrunk(pair.before, *size), shrunk(pair.after, *size))
    down, across = evidence.relation.scale
    scale = (down * size[0] / height, across * size[1] / width)
    return replace(
        evidence, pair=copies, relation=replace(evidence.relation, scale=scale),
        after=replace(evidence.after, height=size[0], width=size[1]),
    ), share  # fmt: skip


def _frames(evidence: Evidence, placing: Placing, shape: tuple[int, ...], wide: int) -> Bytes:
    """Frames about changed letters and faces on nothing, (H, W, 2)."""
    tones = np.full(shape, 128, np.uint8)
    for alarm in evidence.alarms:
        framed(tones, placing.box(alarm.box), wide)
    tone = tones[..., 0]
    return np.stack([tone, np.where(tone == 128, 0, 255).astype(np.uint8)], axis=-1)


def _photo(pixels: Bytes, lossless: bool = False) -> str:
    if lossless:
        return _png(pixels)
    return "data:image/jpeg;base64," + base64.b64encode(jpeg_bytes(pixels, _QUALITY)).decode()


def _png(pixels: Bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png_bytes(pixels)).decode()
