"""How far a repair goes, as a picture: the plane in colours, the frontier, where a picture lies."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from rigatino.imaging import Pixels
from rigatino.imaging.lettering import lettered
from rigatino.limits import Axis, Limits, Place

_WHITE, _INK, _FAINT = (255, 255, 255), (25, 28, 38), (120, 124, 134)
_REACHED, _MISSED, _UNKNOWN = (66, 160, 132), (176, 84, 98), (222, 220, 208)
_MINE, _RIM = (20, 24, 40), (255, 214, 64)
_WIDTH, _HEIGHT = 720, 480
_LEFT, _TOP, _RIGHT, _BOTTOM = 110, 96, 40, 150
_SMALL, _NORMAL, _LARGE = 17, 20, 25
_TICKS = 5
#: what the font that comes with Pillow cannot draw
_SPELT = str.maketrans({"σ": "sigma", "−": "-", "≥": ">="})


Colour = tuple[int, int, int]


def plotted(found: Limits) -> Pixels:
    """(H, W, 3), 8 bits."""
    page = np.full((_TOP + _HEIGHT + _BOTTOM, _LEFT + _WIDTH + _RIGHT, 3), 255, np.uint8)
    page[_TOP : _TOP + _HEIGHT, _LEFT : _LEFT + _WIDTH] = _coloured(found)
    unit = " dB" if found.target.metric == "psnr" else ""
    title = (
        f"{found.task}: where {found.target.metric.upper()} reaches {found.target.value:g}{unit}"
    )
    _write(page, title, (14, _LEFT), _LARGE, _INK)
    _legend(page)
    _ticks(page, found)
    for place in found.places:
        _mark(page, found, place)
    return page


def _coloured(found: Limits) -> Pixels:
    """Green where reached, red where missed, pale where unknown; the frontier in ink."""
    likely, unknown = (_enlarged(values) for values in (found.probability, found.unknown * 1.0))
    colours = np.where((likely > 0.5)[..., None], _REACHED, _MISSED)
    colours = np.where((unknown > 0.5)[..., None], _UNKNOWN, colours)
    frontier = ndimage.morphological_gradient((likely > 0.5).astype(np.uint8), size=(4, 4)) > 0
    colours[frontier] = _INK
    return np.asarray(colours, np.uint8)


def _enlarged(values: np.ndarray) -> np.ndarray:
    """Least damage below on the left; values stand for the middle of their place."""
    rows, columns = values.shape
    at = np.meshgrid(
        np.linspace(rows - 1, 0, _HEIGHT), np.linspace(0, columns - 1, _WIDTH), indexing="ij"
    )
    return np.asarray(ndimage.map_coordinates(values, at, order=1))


def _legend(page: Pixels) -> None:
    at = _LEFT
    for colour, says in ((_REACHED, "reached"), (_UNKNOWN, "unknown"), (_MISSED, "missed")):
        page[56:76, at : at + 28] = colour
        at += 36 + _write(page, says, (57, at + 36), _NORMAL, _INK) + 30
    page[64:68, at : at + 28] = _INK
    _write(page, "frontier", (57, at + 36), _NORMAL, _INK)


def _ticks(page: Pixels, found: Limits) -> None:
    bottom = _TOP + _HEIGHT
    for share in np.linspace(0, 1, _TICKS):
        x, y = _LEFT + round(share * (_WIDTH - 1)), bottom - 1 - round(share * (_HEIGHT - 1))
        page[bottom : bottom + 7, x - 1 : x + 1] = _INK
        page[y - 1 : y + 1, _LEFT - 7 : _LEFT] = _INK
        _write(page, _figure(found.across, share), (bottom + 12, x), _SMALL, _INK, back=0.5)
        _write(page, _figure(found.up, share), (y - 8, _LEFT - 12), _SMALL, _INK, back=1.0)
    _write(page, _axis(found.across), (bottom + 44, _LEFT + _WIDTH // 2), _NORMAL, _INK, back=0.5)
    upright = np.rot90(_words(_axis(found.up), _NORMAL, _INK))
    _paste(page, upright, (_TOP + (_HEIGHT - upright.shape[0]) // 2, 14))
    said = (
        f"mean of {found.pictures} clean pictures ({found.source}), {found.measured} measurements, "
        f"{found.model}"
    )
    _write(page, said, (bottom + 84, _LEFT + _WIDTH // 2), _SMALL, _FAINT, back=0.5)


def _axis(axis: Axis) -> str:
    return f"{axis.name} ({axis.unit})"


def _figure(axis: Axis, share: float) -> str:
    value = axis.value(share)
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def _mark(page: Pixels, found: Limits, place: Place) -> None:
    across = float(np.clip(found.across.share(place.across), 0, 1))
    up = float(np.clip(found.up.share(place.up), 0, 1))
    x = _LEFT + round(across * (_WIDTH - 1))
    y = _TOP + _HEIGHT - 1 - round(up * (_HEIGHT - 1))
    rows, columns = np.ogrid[: page.shape[0], : page.shape[1]]
    apart = np.hypot(rows - y, columns - x)
    page[apart < 11] = _RIM
    page[apart < 7] = _MINE
    words = _words(" your picture is here ", _NORMAL, _INK, _RIM)
    left = x + 16 if x + 16 + words.shape[1] < page.shape[1] else x - 16 - words.shape[1]
    _paste(page, words, (max(0, y - words.shape[0] // 2), left))


def _write(
    page: Pixels, text: str, at: tuple[int, int], size: int, colour: Colour, *, back: float = 0.0
) -> int:
    """At a row and column, shifted back by a share of its width; its width."""
    words = _words(text, size, colour)
    _paste(page, words, (at[0], at[1] - round(back * words.shape[1])))
    return int(words.shape[1])


def _words(text: str, size: int, colour: Colour, ground: Colour = _WHITE) -> Pixels:
    cover = lettered(text.translate(_SPELT), size)[..., None]
    mixed = cover * np.array(colour) + (1 - cover) * np.array(ground)
    return np.asarray(np.rint(mixed), np.uint8)


def _paste(page: Pixels, part: Pixels, at: tuple[int, int]) -> None:
    top, left = at[0], max(0, at[1])
    room = page[top : top + part.shape[0], left : left + part.shape[1]]
    room[:] = part[: room.shape[0], : room.shape[1]]
