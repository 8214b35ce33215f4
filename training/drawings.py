"""Pictures that photographs lack: text, line art, flat graphics, screens, dead leaves.

All of it is drawn here, from random numbers, letters and the fonts at hand (DejaVu where installed,
otherwise the font that Pillow carries).  Captions are also set onto photographs, as in memes.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIDE = 512
Colour = tuple[int, int, int]
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")


def font_files() -> list[Path]:
    """The DejaVu fonts installed here; none is needed."""
    found = (p for folder in FONT_FOLDERS for p in Path(folder).rglob("DejaVu*.ttf"))
    return sorted(p for p in found if "Math" not in p.name)


FONTS = font_files()


def font(rng: random.Random, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A face of this size."""
    if FONTS:
        return ImageFont.truetype(str(rng.choice(FONTS)), size)
    return ImageFont.load_default(size)


def colour(rng: random.Random) -> Colour:
    """Often pure or grey, as people choose them."""
    kind = rng.random()
    if kind < 0.25:
        return rng.choice(((0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 0, 255), (255, 255, 0)))
    if kind < 0.45:
        return (rng.randrange(256),) * 3
    return rng.randrange(256), rng.randrange(256), rng.randrange(256)


def contrasting(rng: random.Random, ground: Colour) -> Colour:
    """A colour that can be read on ``ground``."""
    for _ in range(20):
        ink = colour(rng)
        if sum(abs(a - b) for a, b in zip(ink, ground, strict=True)) > 200:
            return ink
    return (255, 255, 255) if sum(ground) < 384 else (0, 0, 0)


def word(rng: random.Random) -> str:
    """Letters that nobody wrote: syllables, or a number."""
    if rng.random() < 0.12:
        return str(rng.randrange(10 ** rng.randint(1, 5)))
    syllables = (
        rng.choice("bcdfghjklmnprstvwz") + rng.choice("aeiou") + rng.choice(("", "", "n", "r", "s"))
        for _ in range(rng.randint(1, 4))
    )
    text = "".join(syllables)
    text = rng.choice((text, text, text.capitalize(), text.upper()))
    return text + rng.choice(("", "", "", ",", "."))


def line(rng: random.Random, words: int) -> str:
    """Words in a row."""
    return " ".join(word(rng) for _ in range(words))


def point(rng: random.Random, margin: int = 60) -> tuple[int, int]:
    """A place in the picture or a little outside it."""
    return rng.randint(-margin, SIDE + margin), rng.randint(-margin, SIDE + margin)


def box(rng: random.Random, largest: int = 400) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    x, y = point(rng)
    return x, y, x + rng.randint(8, largest), y + rng.randint(8, largest)


def gradient(rng: random.Random) -> Image.Image:
    """Two colours, one direction: what JPEG turns into bands."""
    a, b = (np.array(colour(rng), np.float32) for _ in range(2))
    dx, dy = rng.uniform(-1, 1), rng.uniform(-1, 1)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / SIDE
    t = x * dx + y * dy
    t = (t - t.min()) / max(float(np.ptp(t)), 1e-6)
    return Image.fromarray((a + (b - a) * t[..., None] + 0.5).astype(np.uint8))


def ground(rng: random.Random) -> tuple[Image.Image, Colour]:
    """A flat or graded background and its mean colour."""
    if rng.random() < 0.25:
        picture = gradient(rng)
        r, g, b = np.asarray(picture).reshape(-1, 3).mean(0)
        return picture, (int(r), int(g), int(b))
    flat = colour(rng)
    return Image.new("RGB", (SIDE, SIDE), flat), flat


def text_page(rng: random.Random, photo: Image.Image) -> Image.Image:  # noqa: ARG001
    """Lines of text in many sizes."""
    picture, behind = ground(rng)
    draw = ImageDraw.Draw(picture)
    y = rng.randint(-10, 20)
    while y < SIDE:
        size = rng.choice((9, 11, 12, 14, 16, 20, 26, 36, 56))
        ink, face = contrasting(rng, behind), font(rng, size)
        for _ in range(rng.randint(1, 5)):
            draw.text((rng.randint(-20, 40), y), line(rng, 14), fill=ink, font=face)
            y += int(size * rng.uniform(1.15, 1.5))
    return picture


def captioned(rng: random.Random, photo: Image.Image) -> Image.Image:
    """A meme: large outlined letters or a flat band of text, on a photograph."""
    picture = photo.copy()
    draw = ImageDraw.Draw(picture)
    for y in rng.sample((10, 120, 230, 340, 430), rng.randint(1, 4)):
        size = rng.choice((18, 26, 34, 46, 60, 80))
        face, text = font(rng, size), line(rng, 4)
        if rng.random() < 0.35:
            band = colour(rng)
            draw.rectangle((0, y, SIDE, y + int(size * 1.5)), fill=band)
            draw.text((8, y + 4), text, fill=contrasting(rng, band), font=face)
        else:
            ink = rng.choice(((255, 255, 255), (255, 255, 255), colour(rng)))
            edge = contrasting(rng, ink) if rng.random() < 0.3 else (0, 0, 0)
            width = max(1, size // rng.randint(10, 20))
            at = (rng.randint(-30, 40), y)
            draw.text(at, text, ink, face, stroke_width=width, stroke_fill=edge)
    return picture


def line_art(rng: random.Random, photo: Image.Image) -> Image.Image:  # noqa: ARG001
    """Thin and thick strokes on a plain ground."""
    picture, behind = ground(rng)
    draw = ImageDraw.Draw(picture)
    for _ in range(rng.randint(15, 70)):
        ink, width = contrasting(rng, behind), rng.choice((1, 1, 2, 2, 3, 5, 8))
        kind = rng.randrange(4)
        if kind == 0:
            draw.line([point(rng) for _ in range(rng.randint(2, 6))], fill=ink, width=width)
        elif kind == 1:
            draw.arc(box(rng), rng.randrange(360), rng.randrange(360), fill=ink, width=width)
        elif kind == 2:
            draw.ellipse(box(rng, 200), outline=ink, width=width)
        else:
            draw.rectangle(box(rng, 200), outline=ink, width=width)
    return picture


def flat_graphic(rng: random.Random, photo: Image.Image) -> Image.Image:  # noqa: ARG001
    """Filled shapes without texture."""
    picture, _ = ground(rng)
    draw = ImageDraw.Draw(picture)
    for _ in range(rng.randint(6, 40)):
        fill = colour(rng)
        kind = rng.randrange(4)
        if kind == 0:
            draw.rectangle(box(rng), fill=fill)
        elif kind == 1:
            draw.ellipse(box(rng), fill=fill)
        elif kind == 2:
            draw.polygon([point(rng) for _ in range(rng.randint(3, 7))], fill=fill)
        else:
            draw.pieslice(box(rng), rng.randrange(360), rng.randrange(360), fill=fill)
    return picture


def screen(rng: random.Random, photo: Image.Image) -> Image.Image:
    """Panels with title bars, lines of small text, buttons, one photograph among them."""
    picture, _ = ground(rng)
    draw = ImageDraw.Draw(picture)
    for number in range(rng.randint(4, 10)):
        x0, y0, x1, y1 = box(rng)
        pane = rng.choice(((255, 255, 255), (245, 245, 247), (30, 30, 34), colour(rng)))
        bar, ink = colour(rng), contrasting(rng, pane)
        draw.rounded_rectangle((x0, y0, x1, y1), rng.choice((0, 4, 10)), fill=pane, outline=ink)
        draw.rectangle((x0, y0, x1, y0 + 22), fill=bar)
        face = font(rng, rng.choice((10, 11, 12, 13, 15)))
        draw.text((x0 + 6, y0 + 3), line(rng, 3), fill=contrasting(rng, bar), font=face)
        if number == 0 and x1 - x0 > 40 and y1 - y0 > 60:
            picture.paste(photo.resize((x1 - x0, y1 - y0 - 22)), (x0, y0 + 22))
            continue
        columns = max(1, (x1 - x0) // 45)
        for y in range(y0 + 28, y1 - 14, 18):
            if rng.random() < 0.85:
                draw.text((x0 + 8, y), line(rng, columns), fill=ink, font=face)
            else:
                draw.rounded_rectangle((x0 + 8, y, x0 + 80, y + 15), 4, fill=colour(rng))
    return picture


def dead_leaves(rng: random.Random, photo: Image.Image) -> Image.Image:
    """Occluding shapes with power-law sizes, coloured from a photograph: natural statistics."""
    picture = photo.filter(ImageFilter.GaussianBlur(20)).resize((2 * SIDE, 2 * SIDE))
    palette = np.asarray(photo).reshape(-1, 3)
    draw = ImageDraw.Draw(picture)
    for _ in range(2500):
        radius = 4 * (1 - rng.random()) ** -0.7
        if radius > 200:
            continue
        x, y = rng.randrange(2 * SIDE), rng.randrange(2 * SIDE)
        fill = tuple(int(v) for v in palette[rng.randrange(len(palette))])
        edge = (x - radius, y - radius * rng.uniform(0.5, 1), x + radius, y + radius)
        if rng.random() < 0.7:
            draw.ellipse(edge, fill=fill)
        else:
            draw.regular_polygon((x, y, radius), rng.randint(3, 6), rng.randrange(360), fill=fill)
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


KINDS = (text_page, captioned, captioned, line_art, flat_graphic, screen, dead_leaves)


def drawings(count: int, photos: np.ndarray, seed: int) -> np.ndarray:
    """(count, 512, 512, 3) bytes; ``photos`` (P, 512, 512, 3) lend backgrounds and palettes."""
    rng = random.Random(seed)
    drawn = np.empty((count, SIDE, SIDE, 3), np.uint8)
    for i in range(count):
        photo = Image.fromarray(photos[rng.randrange(len(photos))])
        picture = KINDS[i % len(KINDS)](rng, photo)
        # A third is softened, as scans and rescaled graphics are.
        if rng.random() < 0.33:
            picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.0)))
        drawn[i] = np.asarray(picture)
    return drawn
