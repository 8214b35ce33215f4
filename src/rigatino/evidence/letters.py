"""Letters whose drawing changed: strokes that went, came or moved, not strokes made sharper.

In each line of letters both pictures are cut into ink and ground. Sharpening moves the border of a
stroke a little either way: a thin rim changes sides. A letter that became another changes sides
by whole strokes. So what counts is how thick the thickest part is that was clearly the one
and is clearly the other, measured against the thickness of the line's own strokes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from rigatino.diagnosis import DETECTORS
from rigatino.diagnosis.subject import Subject
from rigatino.evidence.record import Box, Bytes
from rigatino.imaging import Picture

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
#: how far from the middle, as a share of half the contrast, ink is clearly ink
CLEARLY = 0.4
#: thickness of what changed sides, in strokes, from which on letters are called changed
CHANGED = 0.75
#: contrast of ink and ground in grey levels, below which nothing is read
_FAINT = 16.0


def changed_letters(
    before: Bytes, after: Bytes, before_luma: Floats, after_luma: Floats
) -> Iterator[tuple[Box, float]]:
    """Boxes of AFTER and how sure, of pictures on one grid, (H, W, 3) and (H, W)."""
    for box in lines_of_letters(before, after):
        top, left, height, width = box
        part = slice(top, top + height), slice(left, left + width)
        much = change(before_luma[part], after_luma[part])
        if much >= CHANGED:
            yield box, confidence(much)


def confidence(much: float) -> float:
    """0.5 at the threshold, nearing 0.95."""
    return round(float(np.clip(0.5 + 0.5 * (much / CHANGED - 1), 0.5, 0.95)), 2)


def lines_of_letters(before: Bytes, after: Bytes) -> list[Box]:
    """(top, left, height, width) of every line that either picture shows."""
    boxes: list[Box] = []
    for picture in (after, before):
        found = DETECTORS["text regions"].look(Subject(Picture(picture)), {})
        listed = found.estimate.get("boxes")
        for row in listed if isinstance(listed, tuple) else ():
            top, left, foot, end = (int(n) for n in row)  # type: ignore[arg-type, union-attr]
            box = _widened((top, left, foot - top, end - left), before.shape)
            if not any(_meet(box, other) for other in boxes):
                boxes.append(box)
    return boxes


def _widened(box: Box, shape: tuple[int, ...]) -> Box:
    """With a rim of ground, and one letter more to either side: those at the ends get lost."""
    top, left, height, width = box
    rim, more = height // 4 + 1, height
    up, back = max(0, top - rim), max(0, left - more)
    down, on = min(shape[0], top + height + rim), min(shape[1], left + width + more)
    return up, back, down - up, on - back


def _meet(one: Box, other: Box) -> bool:
    high = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    wide = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return 2 * high > min(one[2], other[2]) and 2 * wide > min(one[3], other[3])


def change(before: Floats, after: Floats) -> float:
    """Thickness of the thickest part that changed sides, in strokes of the line; (h, w) each."""
    old, new = _inked(before), _inked(after)
    if old is None or new is None:
        return 0.0
    flipped = ((old > CLEARLY) & (new < -CLEARLY)) | ((old < -CLEARLY) & (new > CLEARLY))
    stroke = max(_stroke(old > 0), _stroke(new > 0), 2.0)
    return _thickness(flipped) / stroke


def _inked(luma: Floats) -> Floats | None:
    """-1 for ground, 1 for ink, between by tone; None where the two cannot be told apart."""
    split = _two_tones(luma)
    dark, light = (luma[luma <= split], luma[luma > split])
    if not len(dark) or not len(light):
        return None
    low, high = float(np.median(dark)), float(np.median(light))
    if high - low < _FAINT:
        return None
    scaled = (luma - (low + high) / 2) / ((high - low) / 2)
    return -scaled if len(light) > len(dark) else scaled


def _two_tones(luma: Floats) -> float:
    """Otsu's threshold: where the means of both sides are farthest apart, by weight."""
    counts, edges = np.histogram(luma, 64)
    centres = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    total = np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (total / below - (total[-1] - total) / above) ** 2
    return float(edges[1:][int(np.nan_to_num(apart).argmax())])


def _stroke(ink: Flags) -> float:
    """How thick strokes are: most ink lies within half of that of the ground."""
    deep = distance_transform_edt(np.pad(ink, 1))[1:-1, 1:-1]
    return 2 * float(np.percentile(deep[ink], 90)) if ink.any() else 0.0


def _thickness(flipped: Flags) -> float:
    deep = distance_transform_edt(np.pad(flipped, 1))
    return 2 * float(deep.max()) - 1 if flipped.any() else 0.0
