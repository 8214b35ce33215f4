"""Letters: strokes of one width and one tone, beside each other on one line.

Strokes narrower than a square are cut out of their surroundings, bright ones and dark ones, by
several squares and thresholds. What hangs together and is shaped like a letter is linked to the
like beside it. Of a line of type, most letters stand on one height and most end at one, all
have the same tone, and the same line comes back at other thresholds; of ornaments, roofs and
railings little of this holds at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_cdt, find_objects, grey_opening, label, maximum_filter
from scipy.sparse.csgraph import connected_components

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.parts import cell_means
from rigatino.diagnosis.record import Finding, Plain
from rigatino.diagnosis.subject import Earlier, Floats, Subject, luma_of
from rigatino.imaging import row_bands

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: larger pictures are averaged down to at most so many pixels
PIXELS = 1 << 20
#: squares that strokes must be narrower than, pixels a side, and tones they stand out by
SQUARES, OUT = (9, 25), (30.0, 60.0, 110.0)
#: pixels from the top to the foot of a letter
LOWEST, HIGHEST = 7, 80
#: letters that stand on the line, at least, and the share of the line's letters that do
ALIGNED, STANDING = 4.0, 0.6
#: share of the letters that end at one height
ENDING = 0.4
#: deviation of the tone from letter to letter, at most; how far the middle half of the widths
#: spreads, as a share, at least: slats of a fence are all alike
TONES, WIDTHS = 12.0, 0.1
#: letters beyond three that stand on the line, summed over the thresholds that show it
SUPPORT = 5.5
#: boxes listed at most
_MOST = 50


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """What could be letters: one number each, (n,), in pixels and tones."""

    top: Numbers
    left: Numbers
    height: Numbers
    width: Numbers
    stroke: Numbers
    tone: Numbers

    def take(self, which: Flags) -> Shapes:
        """Those marked."""
        return Shapes(*(getattr(self, name)[which] for name in self.__slots__))

    @property
    def foot(self) -> Numbers:
        """The row below the lowest."""
        return self.top + self.height

    @property
    def end(self) -> Numbers:
        """The column right of the last."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Line:
    """A row of letters: its box, in pixels, and how many of them stand on one height."""

    top: int
    left: int
    foot: int
    end: int
    aligned: float

    def meets(self, other: Line) -> bool:
        """Whether half of the smaller, both ways, is in the other."""
        high = min(self.foot, other.foot) - max(self.top, other.top)
        wide = min(self.end, other.end) - max(self.left, other.left)
        least_high = min(self.foot - self.top, other.foot - other.top)
        return 2 * high > least_high and 2 * wide > min(
            self.end - self.left, other.end - other.left
        )


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Lines of letters, and where they stand."""
    del earlier
    luma, shrunk = _shrunk(subject)
    lines = [*_lines(luma), *_lines(255 - luma)]
    support = [_support(line, lines) for line in lines]
    kept = [line for line, much in zip(lines, support, strict=True) if much >= SUPPORT]
    boxes = _merged(kept)
    most = max(support, default=0.0)
    listed: tuple[Plain, ...] = tuple(
        tuple(shrunk * side for side in (box.top, box.left, box.foot, box.end))
        for box in boxes[:_MOST]
    )
    return Finding(
        TEXT_REGIONS.name,
        bool(boxes),
        {"lines": len(boxes), "boxes": listed, "support": round(most, 1)},
        _trust(most),
        evidence=(_said(len(boxes)),),
        map=cell_means(_mask(luma.shape, boxes)) if boxes else None,
    )


def _shrunk(subject: Subject) -> tuple[Floats, int]:
    """Luma (h, w) of at most ``PIXELS``, by averaging whole squares, and the squares' side."""
    side = math.ceil(math.sqrt(subject.height * subject.width / PIXELS))
    if side <= 1:
        return subject.luma, 1
    wide = subject.width // side * side
    bands = []
    for rows in row_bands(subject.height // side, 64):
        part = slice(rows.start * side, min(rows.stop * side, subject.height // side * side))
        luma = luma_of(subject.colour(part, slice(0, wide)))
        bands.append(luma.reshape(-1, side, wide // side, side).mean((1, 3)))
    return np.concatenate(bands), side


def _lines(luma: Floats) -> Iterator[Line]:
    """Lines of bright letters on (h, w); for dark ones give 255 − luma."""
    for square in SQUARES:
        out = luma - grey_opening(luma, size=(square, square))
        for least in OUT:
            shapes = _shapes(out > least, luma)
            for linked in _linked(shapes):
                yield from _line(shapes.take(linked))


def _shapes(mask: Flags, luma: Floats) -> Shapes:
    """What hangs together in (h, w) and has the size and the strokes of a letter."""
    labels, count = label(mask)
    boxes = find_objects(labels)
    sides = [[s.start for s in box] + [s.stop - s.start for s in box] for box in boxes]
    top, left, height, width = np.array(sides, np.float64).reshape(-1, 4).T
    deep = distance_transform_cdt(np.pad(mask, 1), "chessboard")[1:-1, 1:-1].astype(np.uint8)
    ridge = (deep == maximum_filter(deep, 3)) & mask
    half, spread = _statistics(labels[ridge], deep[ridge], count)
    inner = mask & (deep >= np.append(0, half)[labels])
    tone, mottled = _statistics(labels[inner], luma[inner], count)
    area = np.bincount(labels[mask], minlength=count + 1)[1:]
    fits = _sized(height, width, area) & (2 * half - 1 <= 0.42 * height)
    even = (spread <= 0.5 * half + 0.2) & (mottled < 25)
    return Shapes(top, left, height, width, 2 * half - 1, tone).take(fits & even)


def _sized(height: Numbers, width: Numbers, area: NDArray[Any]) -> Flags:
    high = (height >= LOWEST) & (height <= HIGHEST)
    slim = (width <= 2 * height) & (height <= 9 * width)
    return np.asarray(high & slim & (area >= 0.12 * height * width), np.bool_)


def _statistics(labels: NDArray[Any], values: NDArray[Any], count: int) -> tuple[Numbers, Numbers]:
    """Mean and deviation of the values with label 1 … count."""
    exact = values.astype(np.float64)
    many = np.maximum(np.bincount(labels, minlength=count + 1)[1:], 1)
    mean = np.bincount(labels, exact, count + 1)[1:] / many
    square = np.bincount(labels, exact**2, count + 1)[1:] / many
    return mean, np.sqrt(np.maximum(square - mean**2, 0))


def _linked(shapes: Shapes) -> Iterator[Flags]:
    """Those that follow one another, each (n,)."""
    if len(shapes.top) < ALIGNED:
        return
    count, names = connected_components(_follows(shapes), directed=False)
    sizes = np.bincount(names, minlength=count)
    for name in np.flatnonzero(sizes >= ALIGNED):
        yield names == name


def _follows(shapes: Shapes) -> Flags:
    """(n, n): whether the second is the next letter after the first, or may be."""
    high = np.maximum.outer(shapes.height, shapes.height)
    low = np.minimum.outer(shapes.height, shapes.height)
    gap = shapes.left - shapes.end[:, None]
    beside = (gap > -0.3 * low) & (gap < 0.9 * high) & (shapes.left > shapes.left[:, None])
    shared = np.minimum.outer(shapes.foot, shapes.foot) - np.maximum.outer(shapes.top, shapes.top)
    level = (shared >= 0.55 * low) & (high <= 2.2 * low)
    thick = np.maximum.outer(shapes.stroke, shapes.stroke)
    thin = np.minimum.outer(shapes.stroke, shapes.stroke)
    toned = np.abs(np.subtract.outer(shapes.tone, shapes.tone)) < 30
    return np.asarray(beside & level & toned & (thick <= 2 * thin + 0.5), np.bool_)


def _line(letters: Shapes) -> Iterator[Line]:
    """The line that these are, if they are one."""
    near = max(1.0, 0.08 * float(np.median(letters.height)))
    standing, ending = (_agreeing(at, near) for at in (letters.foot, letters.top))
    alike = letters.tone.std() <= TONES
    quarter, middle, most = np.percentile(letters.width, (25, 50, 75))
    varied = most - quarter >= WIDTHS * middle
    aligned = standing * len(letters.top)
    if standing >= STANDING and ending >= ENDING and alike and varied and aligned >= ALIGNED:
        top, left = int(letters.top.min()), int(letters.left.min())
        yield Line(top, left, int(letters.foot.max()), int(letters.end.max()), aligned)


def _agreeing(heights: Numbers, near: float) -> float:
    """Largest share of the heights that lie about one of them."""
    apart = np.abs(np.subtract.outer(heights, heights))
    return float((apart <= near).mean(axis=1).max())


def _support(line: Line, lines: Iterable[Line]) -> float:
    """Letters beyond three, summed over all that was seen at this place."""
    return sum(other.aligned - 3 for other in lines if line.meets(other))


def _merged(lines: Iterable[Line]) -> list[Line]:
    """One for each place, the longest first, then from top to bottom."""
    boxes: list[Line] = []
    for line in sorted(lines, key=lambda one: one.left - one.end):
        if not any(line.meets(box) for box in boxes):
            boxes.append(line)
    return sorted(boxes, key=lambda box: (box.top, box.left))


def _mask(shape: tuple[int, ...], boxes: Iterable[Line]) -> Flags:
    mask = np.zeros(shape, np.bool_)
    for box in boxes:
        mask[box.top : box.foot, box.left : box.end] = True
    return mask


def _trust(support: float) -> float:
    return float(min(0.95, 0.5 + 0.15 * abs(math.log2(max(support, 1) / SUPPORT))))


def _said(lines: int) -> str:
    if not lines:
        return "No level line of letters was found."
    where = "on one line" if lines == 1 else f"on {lines} lines or parts of lines"
    return f"There are letters in this picture, {where}; check them after a repair."


TEXT_REGIONS = Detector(
    "text regions",
    "Are there letters in it, and where?",
    look,
    0.8,
    "It is made for lettering laid over a picture: letters on things in the picture, which run "
    "slanting or are few, are mostly missed, and so are handwriting, joined scripts, upright "
    "lines, fewer than five letters in a row and letters that hardly stand out. They must be 7 "
    "to 80 pixels high, counted after a picture of more than a million pixels is averaged down "
    "to one. Fences, roofs and ornaments in rows are sometimes taken for letters.",
    fault=False,
)
