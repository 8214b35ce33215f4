"""Alarms about letters and faces: how often for nothing, and how often where one is due."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import rigatino as rg
from benchmarks.diagnosis.pictures import Original, Pixels, jpeg
from benchmarks.evidence.pictures import against
from benchmarks.report import Report
from rigatino.evidence import Alarm, Box
from rigatino.evidence.faces import can_look_for_faces, faces_in
from rigatino.evidence.letters import lines_of_letters

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
QUALITIES = (10, 50)
_WORDS = (
    "harbour", "garden", "lantern", "evening", "summer", "market", "station", "silver", "window",
    "winter",
)  # fmt: skip


def alarms(pictures: list[Original], report: Report) -> None:
    """Self-compressed pictures, mended here: every alarm is false. Then planted changes."""
    for quality in QUALITIES:
        honest = [against(jpeg(p.pixels, quality), _mended(p.pixels, quality)) for p in pictures]
        report.heading(f"honest repairs of JPEG {quality}: pictures with an alarm")
        for kind in ("text", "face"):
            hits = sum(any(a.kind == kind for a in found.alarms) for found in honest)
            report.share(f"false alarm, {kind}", hits, len(honest), "0")
    report.heading(f"a line of letters drawn on, JPEG {QUALITIES[1]}, one letter made another")
    _letters(pictures, report)
    if can_look_for_faces():
        report.heading(f"faces, JPEG {QUALITIES[1]}, the mouth turned upside down")
        _faces(pictures, report)


def _mended(pixels: Pixels, quality: int) -> Pixels:
    return np.asarray(rg.restore(jpeg(pixels, quality), ["jpeg"]).pixels, np.uint8)


def _letters(pictures: list[Original], report: Report) -> None:
    seen = changed = false = 0
    for seed, picture in enumerate(pictures):
        clean, other, cell, line = _lettered(picture.pixels, np.random.default_rng(seed))
        file = jpeg(clean, QUALITIES[1])
        honest = np.asarray(rg.restore(file, ["jpeg"]).pixels, np.uint8)
        boxes = lines_of_letters(_opened(file), honest)
        if not any(_meet(box, line) for box in boxes):
            continue
        planted = honest.copy()
        planted[cell] = other[cell]
        seen += 1
        changed += _alarmed(against(file, planted).alarms, "text", line)
        false += _alarmed(against(file, honest).alarms, "text", line)
    report.share("lines that are seen as letters", seen, len(pictures))
    report.share("of them, the change found", changed, seen)
    report.share("of them, an alarm without a change", false, seen)


def _opened(file: bytes) -> Pixels:
    """A JPEG as it is."""
    from rigatino.imaging import load

    return np.asarray(load(file).pixels, np.uint8)


def _lettered(
    pixels: Pixels, rng: np.random.Generator
) -> tuple[Pixels, Pixels, tuple[slice, slice], Box]:
    """A picture with a line, the same with another letter in it, where, and where the line is."""
    size = int(rng.choice((14, 18, 24, 32)))
    text = " ".join(rng.choice(_WORDS, 2, replace=False))
    at = int(rng.choice([i for i, sign in enumerate(text) if sign != " "]))
    new = str(rng.choice([sign for sign in "aceghknopsux" if sign != text[at]]))
    top, left = int(rng.integers(8, len(pixels) - 2 * size)), 12
    font = ImageFont.load_default(size)
    starts = [left + round(font.getlength(text[:i])) for i in range(len(text) + 1)]
    tone = 10 if pixels[top : top + size, left : starts[-1]].mean() > 128 else 245
    clean, other = (
        _drawn(pixels, signs, starts, top, (tone, font))
        for signs in (text, text[:at] + new + text[at + 1 :])
    )
    cell = slice(top, top + round(1.35 * size)), slice(starts[at] - 1, starts[at + 1] + 1)
    return clean, other, cell, (top, left, round(1.3 * size), starts[-1] - left)


def _drawn(
    pixels: Pixels, signs: str, starts: list[int], top: int, ink: tuple[int, _Font]
) -> Pixels:
    image, (tone, font) = Image.fromarray(pixels), ink
    for sign, start in zip(signs, starts, strict=False):
        ImageDraw.Draw(image).text((start, top), sign, (tone, tone, tone), font=font)
    return np.asarray(image)


def _faces(pictures: list[Original], report: Report) -> None:
    seen = changed = 0
    for picture in pictures:
        for box, sure in faces_in(picture.pixels):
            if sure < 0.9:
                continue
            file = jpeg(picture.pixels, QUALITIES[1])
            planted = _upside_down(_mended(picture.pixels, QUALITIES[1]), box)
            seen += 1
            changed += _alarmed(against(file, planted).alarms, "face", box)
    report.share("faces seen, the change found", changed, seen)


def _upside_down(pixels: Pixels, box: Box) -> Pixels:
    top, left, height, width = box
    rows = slice(top + round(0.65 * height), top + round(0.95 * height))
    columns = slice(left + round(0.25 * width), left + round(0.75 * width))
    out = pixels.copy()
    out[rows, columns] = pixels[rows, columns][::-1]
    return out


def _alarmed(found: tuple[Alarm, ...], kind: str, box: Box) -> bool:
    return any(alarm.kind == kind and _meet(alarm.box, box) for alarm in found)


def _meet(one: Box, other: Box) -> bool:
    sides: NDArray[np.bool_] = np.array([
        max(one[at], other[at]) < min(one[at] + one[at + 2], other[at] + other[at + 2])
        for at in (0, 1)
    ])  # fmt: skip
    return bool(sides.all())
