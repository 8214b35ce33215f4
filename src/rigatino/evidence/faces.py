"""Faces whose detail changed.

A face is looked at 64 pixels wide, in the scales that carry likeness: eyes, nose and mouth as
shapes, neither skin nor single hairs. Where these shapes no longer go together, the face is
another drawing, however sharp.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, uniform_filter, zoom

from rigatino.evidence.record import Box, Bytes

Floats = NDArray[np.float32]
NOT_LOOKED_FOR = 'Faces were not looked for; to have it done: pip install "rigatino[faces]"'
#: side at which a face is compared
SIDE = 64
#: scales that carry likeness, in pixels of that side
_FINE, _COARSE = 1.2, 6.0
#: window over which shapes must go together
_WINDOW = 15
#: likeness of the least like part, below which a face is called changed
CHANGED = 0.7
#: the first cascade finds; the second agrees or not
_FINDS, _AGREES = "haarcascade_frontalface_alt.xml", "haarcascade_frontalface_alt2.xml"
_SMALLEST = 32
#: pictures are searched at most so large
_SEARCHED = 800


def can_look_for_faces() -> bool:
    """Whether the extra is installed, and brings the cascades along (version 5 does not)."""
    found = find_spec("cv2")
    folders = (found and found.submodule_search_locations) or ()
    return any((Path(folder) / "data" / _FINDS).is_file() for folder in folders)


def another(alike: float, found: float) -> float:
    """How sure it is that a face is another drawing; ``found``: that it is a face. 0: it is not."""
    return round(found * (1 - 0.5 * max(alike, 0) / CHANGED), 2) if alike < CHANGED else 0.0


def faces_in(*pictures: Bytes) -> list[tuple[Box, float]]:
    """Faces in any of the pictures, (H, W, 3), each once; how sure it is that they are faces."""
    found: list[tuple[Box, float]] = []
    for picture in pictures:
        for box, sure in _found(picture):
            if not any(_meet(box, other) for other, _ in found):
                found.append((box, sure))
    return found


def _found(picture: Bytes) -> Iterator[tuple[Box, float]]:
    import cv2

    less = min(1.0, _SEARCHED / max(picture.shape))
    size = (max(1, round(picture.shape[1] * less)), max(1, round(picture.shape[0] * less)))
    smaller = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if less < 1 else picture
    grey = cv2.cvtColor(np.ascontiguousarray(smaller), cv2.COLOR_RGB2GRAY)
    finds = _boxes(_cascade(_FINDS), grey)
    agrees = _boxes(_cascade(_AGREES), grey) if finds else []
    for box in finds:
        sure = 0.9 if any(_meet(box, other) for other in agrees) else 0.6
        top, left, height, width = (round(n / less) for n in box)
        yield (top, left, min(height, len(picture) - top), width), sure


@lru_cache(maxsize=2)
def _cascade(name: str) -> Any:
    import cv2

    folder = Path(str(cv2.__file__)).parent / "data"
    return cv2.CascadeClassifier(str(folder / name))


def _boxes(cascade: Any, grey: NDArray[Any]) -> list[Box]:
    boxes = cascade.detectMultiScale(grey, 1.1, 5, 0, (_SMALLEST, _SMALLEST))
    return [(int(y), int(x), int(h), int(w)) for x, y, w, h in boxes]


def _meet(one: Box, other: Box) -> bool:
    """Whether the middle of each lies in the other."""
    return all(
        abs((one[at] + one[at + 2] / 2) - (other[at] + other[at + 2] / 2))
        < min(one[at + 2], other[at + 2]) / 2
        for at in (0, 1)
    )


def likeness(before: Floats, after: Floats) -> float:
    """-1…1: how far the least like part of the inner face goes together; (h, w) each."""
    old, new = (_shapes(face) for face in (before, after))
    both, own, other = (_mean(a * b) for a, b in ((old, new), (old, old), (new, new)))
    # What is nearly plain in both is alike.
    floor = 0.1 * float(np.mean(own + other)) / 2 + 1.0
    alike = (both + floor) / (np.sqrt(own * other) + floor)
    inner = slice(SIDE // 5, SIDE - SIDE // 6)
    return float(alike[inner, slice(SIDE // 6, SIDE - SIDE // 6)].min())


def _shapes(face: Floats) -> Floats:
    """(SIDE, SIDE): what is neither skin nor shading."""
    scale = [SIDE / n for n in face.shape]
    smooth = gaussian_filter(face, [max(0.0, 0.4 / s) for s in scale])
    small = zoom(smooth, scale, order=1, grid_mode=True, mode="nearest")
    return np.asarray(gaussian_filter(small, _FINE) - gaussian_filter(small, _COARSE), np.float32)


def _mean(values: Floats) -> Floats:
    return np.asarray(uniform_filter(values, _WINDOW, mode="nearest"), np.float32)
