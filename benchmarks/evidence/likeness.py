"""Which pairs are taken for the same picture: edits of one, and pairs of two."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, opened
from benchmarks.evidence.pictures import against, png
from benchmarks.report import Report
from rigatino.errors import UsageError


def likeness(pictures: list[Original], report: Report) -> None:
    """Accepted of heavy edits, refused of different pictures; places found."""
    report.heading("the same picture or not")
    for name in _edits(pictures[0].pixels, 0):
        pairs = [(picture.pixels, _edits(picture.pixels, at)[name])
                 for at, picture in enumerate(pictures)]  # fmt: skip
        report.share(f"accepted: {name}", sum(_accepted(*pair) for pair in pairs), len(pairs),
                     "100 %")  # fmt: skip
    refused = [
        not _accepted(one.pixels, pictures[(at + step) % len(pictures)].pixels)
        for at, one in enumerate(pictures) for step in (1, 2, 3) if len(pictures) > step
    ]  # fmt: skip
    report.share("refused: different pictures", sum(refused), len(refused), "100 %")


def places(pictures: list[Original], report: Report) -> None:
    """Errors of the place found, in pixels of BEFORE, for crops and fractional enlargements."""
    report.heading("where AFTER lies: error in pixels (JPEG 50 before)")
    cases = {
        "cropped": lambda i, at: (i.crop((17 + at, 23, 17 + at + 300, 263)), (23, 17 + at), 1.0),
        "× 1.37, cropped": lambda i, _: (
            i.crop((40, 24, 340, 264)).resize((411, 329), Image.Resampling.BICUBIC),
            (24, 40), 1.37),
        "moved by (2.5, −1.25)": _moved,
    }  # fmt: skip
    for name, made in cases.items():
        errors = []
        for at, picture in enumerate(pictures):
            after, (top, left), _ = made(Image.fromarray(picture.pixels), at)
            try:
                shift = against(jpeg(picture.pixels, 50), png(np.asarray(after))).relation.shift
            except UsageError:
                errors.append(99.0)
                continue
            errors.append(max(abs(shift[0] - top), abs(shift[1] - left)))
        report.cells(name, {"median": float(np.median(errors)), "worst": max(errors)})


def _moved(image: Image.Image, _: int) -> tuple[Image.Image, tuple[float, float], float]:
    """By a phase in the Fourier domain, which has no error of its own, less the border."""
    pixels = np.asarray(image, float)
    down, across = np.fft.fftfreq(pixels.shape[0]), np.fft.fftfreq(pixels.shape[1])
    turn = np.exp(2j * np.pi * (2.5 * down[:, None] - 1.25 * across[None]))
    moved = np.fft.ifft2(np.fft.fft2(pixels, axes=(0, 1)) * turn[..., None], axes=(0, 1)).real
    inner = np.clip(np.rint(moved[16:-16, 16:-16]), 0, 255).astype(np.uint8)
    return Image.fromarray(inner), (18.5, 14.75), 1.0


def _accepted(before: Pixels, after: Pixels) -> bool:
    try:
        against(jpeg(before, 50), png(after))
    except UsageError:
        return False
    return True


def _edits(pixels: Pixels, seed: int) -> dict[str, Pixels]:
    image, rng = Image.fromarray(pixels), np.random.default_rng(seed)
    noisy = np.clip(pixels + rng.normal(0, 60, pixels.shape), 0, 255).astype(np.uint8)
    strong = ImageEnhance.Contrast(ImageEnhance.Color(image).enhance(2)).enhance(1.6)
    return {
        "JPEG 5": opened(jpeg(pixels, 5)),
        "blur σ 6": np.asarray(image.filter(ImageFilter.GaussianBlur(6))),
        "noise σ 60": noisy,
        "contrast and colour": np.asarray(strong),
        "eight colours": np.asarray(image.quantize(8).convert("RGB")),
        "grey": np.asarray(image.convert("L").convert("RGB")),
    }
