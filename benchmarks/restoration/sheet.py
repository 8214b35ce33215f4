"""``python -m benchmarks.restoration.sheet --data DIR -o SHEET.png [--quality Q]``.

Before, after and truth of eight pictures, side by side, text and faces among them: to be looked at
by a person. The text is drawn here; the rest are crops of LIVE1.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import rigatino as rg
from benchmarks.restoration.damage import Bytes, opened, saved
from rigatino.imaging import Pixels, save

_SIDE, _GAP, _HEAD = 256, 8, 20
#: file of LIVE1 and the upper left corner of the crop
CROPS = {
    "woman.png": (60, 150), "womanhat.png": (210, 170), "statue.png": (80, 110),
    "bikes.png": (200, 300), "buildings.png": (100, 250), "ocean.png": (180, 200),
    "lighthouse3.png": (150, 120),
}  # fmt: skip


def pictures(data: Path) -> Iterator[tuple[str, Bytes]]:
    """Eight names and truths, (256, 256, 3)."""
    yield "text", _text()
    for name, corner in CROPS.items():
        with Image.open(data / "LIVE1" / name) as image:
            pixels = np.asarray(image.convert("RGB"))
        yield name, _crop(pixels, *corner)


def _crop(pixels: Bytes, top: int, left: int) -> Bytes:
    first, second = (
        min(at, n - _SIDE) for at, n in zip((top, left), pixels.shape[:2], strict=True)
    )
    return np.ascontiguousarray(pixels[first : first + _SIDE, second : second + _SIDE])


def _text() -> Bytes:
    image = Image.new("RGB", (_SIDE, _SIDE), (244, 240, 228))
    drawing = ImageDraw.Draw(image)
    line = "the quick brown fox jumps over 13 lazy dogs"
    for at, size in enumerate((9, 11, 13, 16, 20, 26, 34)):
        top = 6 + sum((9, 11, 13, 16, 20, 26, 34)[:at]) * 1.7
        colour = ((20, 20, 20), (150, 30, 30), (20, 60, 140))[at % 3]
        drawing.text((8, top), line, font=ImageFont.load_default(size), fill=colour)
    return np.asarray(image)


def sheet(data: Path, quality: int) -> Bytes:
    """Rows of before, after, truth."""
    rows = []
    for name, truth in pictures(data):
        damaged = saved(truth, quality)
        after = rg.restore(damaged, steps=["jpeg"])
        shown = {"before": opened(damaged), "after": after.pixels, "truth": truth}
        rows.append(np.concatenate([tile(name, kind, p) for kind, p in shown.items()], 1))
    return np.concatenate(rows)


def tile(name: str, kind: str, pixels: Pixels) -> Bytes:
    """A picture under its name."""
    image = Image.new("RGB", (_SIDE + _GAP, _SIDE + _HEAD), "white")
    image.paste(Image.fromarray(pixels), (0, _HEAD))
    ImageDraw.Draw(image).text((2, 3), f"{name}: {kind}", fill="black")
    return np.asarray(image)


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(prog="benchmarks.restoration.sheet")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--quality", type=int, default=15)
    given = parser.parse_args()
    print(save(sheet(given.data, given.quality), given.output, overwrite=True).path)


if __name__ == "__main__":
    main()
