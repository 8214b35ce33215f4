"""Words on a picture, in the typeface that comes with Pillow."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

#: smaller letters are not crisp
SMALLEST = 12
Coverage = NDArray[np.float32]


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(max(size, SMALLEST))


def lettered(text: str, size: int) -> Coverage:
    """One line of text, (rows, columns) of how much of each pixel the letters cover, 0…1."""
    font = _font(size)
    wide = max(1, round(font.getlength(text)))
    high = round(1.35 * max(size, SMALLEST))
    image = Image.new("L", (wide + 2, high), 0)
    ImageDraw.Draw(image).text((1, 0), text, fill=255, font=font)
    return np.asarray(image, np.float32) / np.float32(255)


def text_width(text: str, size: int) -> int:
    """How many pixels a line of text takes."""
    return round(_font(size).getlength(text)) + 2


def wrapped(text: str, size: int, width: int) -> list[str]:
    """The text in lines of at most ``width`` pixels; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
