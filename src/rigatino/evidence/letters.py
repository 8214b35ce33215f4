"""Letters whose drawing changed: strokes that went, came or moved, not strokes made sharper.

Two things are asked of every line of letters. Does the file speak against what is drawn there?
And do the strokes, cut out of their ground, still go together, letter by letter? A letter
that became another fails in both. Letters that the file can hardly tell may fail in the
second alone: then they are the model's guess, which is said with less certainty.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, grey_opening, uniform_filter, zoom

from rigatino.diagnosis import DETECTORS
from rigatino.diagnosis.subject import Subject
from rigatino.evidence.record import Box, Bytes
from rigatino.imaging import Picture

Floats = NDArray[np.float32]
#: contradiction somewhere in a line, as the maps have it, that makes it doubtful
AGAINST = 0.15
#: likeness of the least like letter below which doubtful ones are changed, and any ones
UNLIKE, FOREIGN = 0.98, 0.3
#: rows at which a line is compared, its rim included; a letter is then about so wide
_TALL, _LETTER = 32, (21, 13)
_FINE, _COARSE = 0.8, 6.0
#: contrast of strokes in grey levels, at least
_FAINT = 20.0


def changed(alike: float, against: float) -> float:
    """How sure it is that letters changed, 0 where they did not."""
    if against >= AGAINST and alike < UNLIKE:
        return round(0.6 + 0.35 * min(1.0, against / 0.5), 2)
    if alike < FOREIGN:
        return 0.5
    return 0.0


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


def likeness(before: Floats, after: Floats) -> float:
    """-1…1: how far the strokes of the least like letter go together; (h, w) each."""
    sign = max((1, -1), key=lambda s: float(_out(before, s).mean() + _out(after, s).mean()))
    old, new = (_strokes(luma, sign) for luma in (before, after))
    both, own, other = (_mean(a * b) for a, b in ((old, new), (old, old), (new, new)))
    floor = 0.6 * float(np.sqrt((old * old).mean() * (new * new).mean())) + 1e-4
    alike = (both + floor) / (np.sqrt(np.maximum(own * other, 0)) + floor)
    return float(alike[_TALL // 4 : -_TALL // 4].min())


def _out(luma: Floats, sign: int) -> Floats:
    """What stands out of its ground in strokes, bright ones for 1, dark ones for -1."""
    side = max(9, round(0.23 * len(luma)) | 1)
    tone = luma * sign
    return np.asarray(tone - grey_opening(tone, size=(side, side)), np.float32)


def _strokes(luma: Floats, sign: int) -> Floats:
    """(_TALL, n): strokes of full contrast; a weak texture hardly counts."""
    out = _out(luma, sign)
    ink = np.clip(out / max(float(np.percentile(out, 97)), _FAINT), 0, 1) ** 2
    scale = _TALL / len(luma)
    smooth = gaussian_filter(ink, 0.4 / scale) if scale < 1 else ink
    small = zoom(smooth, (scale, max(scale, 2 / luma.shape[1])), order=1, mode="nearest")
    return np.asarray(gaussian_filter(small, _FINE) - gaussian_filter(small, _COARSE), np.float32)


def _mean(values: Floats) -> Floats:
    return np.asarray(uniform_filter(values, _LETTER, mode="nearest"), np.float32)
