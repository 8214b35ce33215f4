"""Draw the example picture, a poster of a village fair, and save it as badly as a chat would.

    python examples/draw_poster.py OUT.jpg [TRUTH.png]

Everything in it is drawn by this file; the result ships with the package as the picture that
``rigatino demo`` mends.
"""

from __future__ import annotations

import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT, QUALITY = 480, 320, 12


def sky() -> Image.Image:
    """Evening, from blue to orange: where eight-pixel squares show first."""
    down = np.linspace(0, 1, HEIGHT)[:, None, None]
    colours = np.array((70, 110, 190)) * (1 - down) + np.array((250, 170, 90)) * down
    return Image.fromarray(np.broadcast_to(colours, (HEIGHT, WIDTH, 3)).astype(np.uint8))


def hills(drawing: ImageDraw.ImageDraw) -> None:
    """Three rows of hills, each a sum of two waves."""
    x = np.arange(WIDTH + 1)
    rows = (
        (215, 60.0, 0.4, (92, 116, 92)),
        (245, 43.0, 2.0, (62, 92, 66)),
        (275, 71.0, 4.0, (38, 64, 44)),
    )
    for base, period, phase, colour in rows:
        y = base + 14 * np.sin(x / period + phase) + 6 * np.sin(x / 17 + phase)
        outline = [(0, HEIGHT), *zip(x.tolist(), y.tolist(), strict=True), (WIDTH, HEIGHT)]
        drawing.polygon(outline, fill=colour)


def tent(drawing: ImageDraw.ImageDraw) -> None:
    """A striped tent with ropes and flags: sharp edges in strong colours."""
    for at in range(8):
        left = 300 + 16 * at
        colour = (210, 40, 44) if at % 2 else (248, 240, 226)
        top = [(364, 168), (left, 222), (left + 16, 222)]
        drawing.polygon(top, fill=colour)
        drawing.rectangle((left, 222, left + 15, 282), fill=colour)
    drawing.line((364, 168, 364, 150), fill=(40, 30, 30), width=2)
    drawing.polygon([(364, 150), (388, 157), (364, 164)], fill=(240, 200, 40))
    for end in (270, 458):
        drawing.line((364, 170, end, 284), fill=(60, 50, 40), width=1)


def lettering(drawing: ImageDraw.ImageDraw) -> None:
    """A large line and a small one."""
    large, small = (ImageFont.load_default(size) for size in (44, 15))
    drawing.text((22, 24), "Village Fair", font=large, fill=(252, 250, 240),
                 stroke_width=2, stroke_fill=(60, 30, 30))  # fmt: skip
    drawing.text((26, 84), "Saturday at noon, behind the old mill", font=small, fill=(40, 24, 24))
    drawing.text((26, 104), "Cakes, music, and a tug of war", font=small, fill=(40, 24, 24))


def grass(pixels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Fine texture on the nearest hill."""
    rough = rng.normal(0, 16, (HEIGHT, WIDTH, 1))
    near = np.all(np.abs(pixels.astype(int) - (38, 64, 44)) < 3, axis=2, keepdims=True)
    return np.clip(pixels + near * rough, 0, 255).astype(np.uint8)


def poster() -> Image.Image:
    """The undamaged picture."""
    image = sky().resize((WIDTH, HEIGHT))
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((52, 150, 132, 230), fill=(255, 226, 140))
    hills(drawing)
    tent(drawing)
    lettering(drawing)
    smooth = image.filter(ImageFilter.GaussianBlur(0.5))
    return Image.fromarray(grass(np.asarray(smooth), np.random.default_rng(1)))


def main() -> None:
    """Save it."""
    drawn = poster()
    drawn.save(sys.argv[1], quality=QUALITY, subsampling="4:2:0")
    if len(sys.argv) > 2:
        drawn.save(sys.argv[2])


if __name__ == "__main__":
    main()
