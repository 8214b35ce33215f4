"""Several restorations as files: each of them, how far they are apart, and one sheet with all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging import Picture, save
from rigatino.imaging.copies import png_bytes, shrunk
from rigatino.imaging.lettering import lettered, wrapped
from rigatino.run import Alternatives
from rigatino.surfaces.files import made_folder, write_bytes, write_text

Bytes = NDArray[np.uint8]
PAPER, INK = np.array((251, 250, 247), np.uint8), np.array((28, 27, 25), np.uint8)
#: longest side of a picture on the sheet, pictures in a row, and the gap between them
_SIDE, _ACROSS, _GAP, _TYPE = 360, 3, 12, 14
#: deviation among them, in grey levels, that is drawn brightest
_FAR = 16.0
#: from "all agree" to "they differ": told apart by the colour-blind, and rising in brightness
_RAMP = np.array([(22, 20, 62), (38, 92, 140), (62, 168, 138), (246, 222, 84)], np.float32)


def write_alternatives(found: Alternatives, output: str) -> tuple[Path, ...]:
    """Into a folder beside OUT; the names of what was written."""
    target = Path(output)
    folder = made_folder(str(target.with_name(f"{target.stem}-alternatives")), "-o")
    written = []
    for at, one in enumerate(found.members, 1):
        path = folder / f"{at}-{one.name.replace(' ', '-')}.png"
        save(one.picture, path, overwrite=True)
        written.append(path)
    for name, pixels in (("spread.png", spread_map(found)), ("sheet.png", sheet(found))):
        write_bytes(str(folder / name), png_bytes(pixels))
        written.append(folder / name)
    record = json.dumps(found.to_json(), ensure_ascii=False, indent=2)
    write_text(str(folder / "alternatives.json"), record + "\n")
    return (*written, folder / "alternatives.json")


def spread_map(found: Alternatives) -> Bytes:
    """(H, W, 3): dark where all agree, yellow where they differ."""
    at = np.clip(found.spread / _FAR, 0, 1) ** 0.5 * (len(_RAMP) - 1)
    channels = [np.interp(at, np.arange(len(_RAMP)), _RAMP[:, c]) for c in range(3)]
    drawn: Bytes = np.rint(np.stack(channels, axis=-1)).astype(np.uint8)
    return drawn


def sheet(found: Alternatives) -> Bytes:
    """All of them with their names, the map last, and what it means."""
    tiles = [
        _tile(_rgb(one.picture), f"{at}. {one.name}: {one.idea}")
        for at, one in enumerate(found.members, 1)
    ]
    far = f"how far they are apart: dark, they agree; yellow, by {_FAR:.0f} of 255 or more"
    tiles.append(_tile(spread_map(found), far))
    across = min(_ACROSS, len(tiles))
    height = max(len(tile) for tile in tiles)
    tiles = [_padded(tile, height) for tile in tiles]
    tiles += [_blank(height, tiles[0].shape[1])] * (-len(tiles) % across)
    rows = [np.concatenate(tiles[at : at + across], 1) for at in range(0, len(tiles), across)]
    words = _written(found.sentence, rows[0].shape[1])
    return np.concatenate([*rows, words])


def _tile(pixels: Bytes, label: str) -> Bytes:
    """A picture as large as it may be on the sheet, and its name below."""
    longest = max(pixels.shape[:2])
    if longest > _SIDE:
        size = [max(1, round(n * _SIDE / longest)) for n in pixels.shape[:2]]
        pixels = shrunk(pixels, size[0], size[1])
    else:
        by = max(1, _SIDE // longest)
        pixels = pixels.repeat(by, 0).repeat(by, 1)
    width = max(pixels.shape[1], 200) + _GAP
    canvas = _blank(pixels.shape[0] + _GAP, width)
    canvas[_GAP:, _GAP // 2 : _GAP // 2 + pixels.shape[1]] = pixels
    return np.concatenate([canvas, _written(label, width)])


def _written(text: str, width: int) -> Bytes:
    lines = wrapped(text, _TYPE, width - _GAP)
    step = round(1.35 * _TYPE)
    strip = _blank(step * len(lines) + _GAP // 2, width)
    for at, line in enumerate(lines):
        cover = lettered(line, _TYPE)[:, : width - _GAP, None]
        part = strip[at * step : at * step + len(cover), _GAP // 2 : _GAP // 2 + cover.shape[1]]
        part[:] = np.rint(part + (INK - part.astype(np.float32)) * cover[: len(part)])
    return strip


def _blank(height: int, width: int) -> Bytes:
    return np.broadcast_to(PAPER, (height, width, 3)).copy()


def _padded(tile: Bytes, height: int) -> Bytes:
    return np.concatenate([tile, _blank(height - len(tile), tile.shape[1])])


def _rgb(picture: Picture) -> Bytes:
    colour = picture.colour.astype(np.uint8)
    return np.broadcast_to(colour, (*colour.shape[:2], 3)) if colour.shape[2] == 1 else colour
