"""The invention drawn as conservators draw it: in fine upright lines, which hide nothing.

A line is a dark stroke beside a light one, so that it shows on any ground; on a light ground the
dark one is the stronger, on a dark ground the light one. More lines stand where more is filled in:
of four places for a line the first is taken, then the third, then the others, so that every line
of a thin hatching goes on through a dense one.

What contradicts the file is crossed out in orange between dark edges: the colour is told from
green and red by the colour-blind, and the crosses are told from the upright lines in grey.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion, uniform_filter

from rigatino.imaging import LUMA, row_bands

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
#: from so much filled in on a line stands, by its place among four
STANDS = (0.08, 0.50, 0.25, 0.50)
#: longest side of a picture in which a line is one pixel wide
FINE = 1400
#: from line to line, in line widths
PERIOD = 4
#: how much of the ground the stronger and the weaker stroke cover
STRONG, WEAK = np.float32(0.85), np.float32(0.30)
#: a stroke and the gap below it, and that gap, in line widths
_STROKE, _LIFTED = 47, 4
#: rows of a cell, in line widths
_CELL = 8
_INK, _CHALK = 12, 255
ORANGE, _EDGE = (255, 140, 0), (20, 14, 40)
_CROSS = 13
_BAND = 512


def line_width(height: int, width: int) -> int:
    """Pixels across one stroke, so that lines are seen when the whole picture is."""
    return max(1, round(max(height, width) / FINE))


def hatched(picture: Bytes, filled: Floats, contradicted: Flags, wide: int) -> Bytes:
    """(H, W, 3), what share of each pixel is filled in, (H, W), and where crosses stand."""
    lines = line_layer(picture, filled, wide)
    lined = laid(picture, np.broadcast_to(lines[..., :1], picture.shape), lines[..., 1])
    if not contradicted.any():
        return lined
    layer = cross_layer(contradicted, wide)
    return laid(lined, layer[..., :3], layer[..., 3])


def line_layer(picture: Bytes, filled: Floats, wide: int) -> Bytes:
    """(H, W, 2): the tone of each stroke, and how much it covers: as the ground asks for."""
    drawn = strokes(filled, wide)
    layer = np.zeros((*drawn.shape, 2), np.uint8)
    layer[..., 0] = np.where(drawn == 2, _CHALK, _INK)
    for rows in row_bands(len(picture), _BAND):
        bright = uniform_filter(picture[rows] @ LUMA, 6 * wide, mode="nearest") / 255
        heavy = WEAK + (STRONG - WEAK) * _stepped(np.clip(2 * bright - 0.4, 0, 1))
        cover = np.select([drawn[rows] == 1, drawn[rows] == 2], [heavy, STRONG + WEAK - heavy])
        layer[rows, :, 1] = np.rint(255 * cover)
    return layer


def _stepped(share: Floats) -> Floats:
    """In quarters, so that the layer packs well."""
    return np.asarray(np.rint(4 * share) / 4, np.float32)


def cross_layer(contradicted: Flags, wide: int) -> Bytes:
    """(H, W, 4): crosses, their dark sides and the border about them."""
    layer = np.zeros((*contradicted.shape, 4), np.uint8)
    if not contradicted.any():
        return layer
    bars, halo = crosses(contradicted.shape, wide)
    for where, tone, cover in (
        (contradicted & halo, _EDGE, 150),
        (contradicted & bars, ORANGE, 255),
        (_edge(contradicted, wide), _EDGE, 255),
    ):
        layer[where] = (*tone, cover)
    return layer


def laid(picture: Bytes, tones: Bytes, cover: Bytes) -> Bytes:
    """Tones over a picture, (H, W, 3), by how much they cover, (H, W), 0…255."""
    result = picture.copy()
    at = cover > 0
    ground = picture[at].astype(np.float32)
    share = cover[at].astype(np.float32)[:, None] / np.float32(255)
    result[at] = np.rint(ground + (tones[at] - ground) * share)
    return result


def strokes(filled: Floats, wide: int) -> Bytes:
    """(H, W): 0, or 1 for the dark and 2 for the light stroke of a line that stands.

    Whether a line stands is asked once a cell, so that no stroke is a mere dot; from line to line
    the cells begin elsewhere.
    """
    height, width = filled.shape
    drawn = np.zeros((height, width), np.uint8)
    column = np.arange(width) // wide
    line, down = column // PERIOD, np.arange(height) // wide
    for rank, least in enumerate(STANDS):
        own = line % len(STANDS) == rank
        start = rank * 5 % _CELL
        centre = ((down + start) // _CELL * _CELL + _CELL // 2 - start) * wide
        stands = filled[np.clip(centre, 0, height - 1)][:, own] > least
        lifted = (down[:, None] + line[own][None] * 29) % _STROKE < _LIFTED
        stroke = np.select([column[own] % PERIOD == 0, column[own] % PERIOD == 1], [1, 2], 0)
        drawn[:, own] = (stands & ~lifted) * stroke.astype(np.uint8)
    return drawn


def crosses(shape: tuple[int, ...], wide: int) -> tuple[Flags, Flags]:
    """Slanting bars both ways, and the dark edges beside them, each (H, W)."""
    down = (np.arange(shape[0]) // wide)[:, None]
    across = (np.arange(shape[1]) // wide)[None]
    near = np.minimum((down + across) % _CROSS, (down - across) % _CROSS)
    return near <= 1, (near == 2) | (near == _CROSS - 1)


def _edge(marked: Flags, wide: int) -> Flags:
    """The border of the marked parts, one stroke wide."""
    if not marked.any():
        return marked
    return np.asarray(marked & ~binary_erosion(marked, iterations=wide, border_value=1))


def framed(picture: Bytes, box: tuple[int, int, int, int], wide: int) -> None:
    """Draw a box (top, left, height, width) in place: light between two dark lines."""
    top, left, height, width = box
    if not (height and width):
        return
    for step, tone in enumerate((_INK, _CHALK, _CHALK, _INK)):
        out = (2 - step) * wide
        _outline(picture, (top - out, left - out, height + 2 * out, width + 2 * out), wide, tone)


def _outline(picture: Bytes, box: tuple[int, int, int, int], wide: int, tone: int) -> None:
    top, left, height, width = box
    rows, columns = (slice(max(at, 0), max(at + n, 0)) for at, n in ((top, height), (left, width)))
    for start in (top, top + height - wide):
        picture[max(start, 0) : max(start + wide, 0), columns] = tone
    for start in (left, left + width - wide):
        picture[rows, max(start, 0) : max(start + wide, 0)] = tone
