"""Rows about letters: lines of type drawn into the pictures, and found at their place.

The font is the one that Pillow brings along, so that the table does not depend on the machine;
the detector was developed with others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, picture
from benchmarks.diagnosis.trials import Trial, shares
from benchmarks.report import Report
from rigatino.diagnosis import Finding, diagnose
from rigatino.diagnosis.subject import luma_of

LOOKS = ("plain", "outlined", "on a strip")
SIZES = (18, 26, 36)
SAVED = (60, 75, 90)
LINES = (
    "Harbour Street 1987",
    "Opening hours on Sunday",
    "Photograph by Anna K.",
    "Please do not touch",
    "Platform 9 to Vienna",
)
#: tones by which plain letters differ from what they stand on, at least
_APART = 80
Box = tuple[int, int, int, int]
#: where pictures of LIVE1 have level lines of letters of their own (top, left, foot, right); by eye
OWN: dict[str, Box] = {"cemetry": (290, 215, 400, 430)}


@dataclass(frozen=True)
class Letters:
    """A line to be drawn: how, how high, and which colour it has."""

    look: str
    size: int
    words: str
    colour: tuple[int, int, int]

    def drawn(self, pixels: Pixels, place: tuple[float, float]) -> tuple[Pixels, Box]:
        """The picture with the line at a place given in shares of the room, and its box."""
        image = Image.fromarray(pixels)
        pen = ImageDraw.Draw(image)
        font = ImageFont.load_default(self.size)
        right, foot = (int(side) for side in pen.textbbox((0, 0), self.words, font)[2:])
        left = int(place[0] * max(0, image.width - right - 8)) + 4
        top = int(place[1] * (image.height - foot - 8)) + 4
        box = (top, left, top + foot, left + right)
        fill = self._readable(pixels[top : box[2], left : box[3]])
        other = (0, 0, 0) if luma_of(np.array(fill, np.float32)) > 127 else (255, 255, 255)
        if self.look == "on a strip":
            pen.rectangle((left - 4, top - 4, box[3] + 4, box[2] + 4), fill=other)
        edge = 1 + self.size // 24 if self.look == "outlined" else 0
        pen.text((left, top), self.words, fill, font, stroke_width=edge, stroke_fill=other)
        return np.array(image), box

    def _readable(self, under: Pixels) -> tuple[int, int, int]:
        """The colour; black or white where plain letters would not stand out."""
        ground = float(luma_of(under.astype(np.float32)).mean())
        tone = float(luma_of(np.array(self.colour, np.float32)))
        if self.look != "plain" or abs(tone - ground) >= _APART:
            return self.colour
        return (0, 0, 0) if ground > 127 else (255, 255, 255)


def letters(pictures: list[Original], report: Report) -> None:
    """Found at the place where they were drawn; and found in the pictures as they are."""
    report.heading("text regions: lines drawn into the pictures, then JPEG 60, 75 or 90, found")
    rng = np.random.default_rng(11)
    every: list[Trial] = []
    for look, size in product(LOOKS, SIZES):
        trials = [_trial(original, look, size, rng) for original in pictures]
        shares(report, f"{look}, {size} px", trials)
        every += trials
    shares(report, "text regions, all", every, "≥ 80 %")
    found = {o.name: list(_boxes(_look(o.pixels))) for o in pictures}
    there = {name: _elsewhere(name, boxes) for name, boxes in found.items()}
    report.share("text regions: found where no letters are, in the pictures as they are",
                 sum(there.values()), len(there), "≤ 5 %")  # fmt: skip
    report.share("  … found at all in these", sum(map(bool, found.values())), len(found))


def _elsewhere(name: str, boxes: list[Box]) -> bool:
    """Whether something was found apart from the letters that the picture has."""
    return any(name not in OWN or not _within(OWN[name], box) for box in boxes)


def _trial(original: Original, look: str, size: int, rng: np.random.Generator) -> Trial:
    red, green, blue = (int(tone) for tone in rng.integers(0, 256, 3))
    line = Letters(look, size, str(rng.choice(LINES)), (red, green, blue))
    across, down = rng.random(2)
    pixels, box = line.drawn(original.pixels, (float(across), float(down)))
    finding = _look(jpeg(pixels, int(rng.choice(SAVED))))
    return Trial(any(_within(box, found) for found in _boxes(finding)))


def _look(source: Pixels | bytes) -> Finding:
    return diagnose(picture(source), only=["text regions"]).finding("text regions")


def _boxes(finding: Finding) -> Iterator[Box]:
    boxes = finding.estimate["boxes"]
    for box in boxes if isinstance(boxes, tuple) else ():
        if isinstance(box, tuple):
            top, left, foot, end = (int(str(side)) for side in box)
            yield top, left, foot, end


def _within(drawn: Box, found: Box) -> bool:
    """Whether the middle of what was found lies in what was drawn."""
    down, along = (found[0] + found[2]) / 2, (found[1] + found[3]) / 2
    return drawn[0] <= down <= drawn[2] and drawn[1] <= along <= drawn[3]
