"""The delivered 8-bit file of a projection, saved anew: how many of the integers come back."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

import rigatino as rg
from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, opened
from benchmarks.evidence.pictures import png
from benchmarks.report import Report
from rigatino.imaging import coefficients

QUALITIES = (10, 30, 50, 75, 90, 95)


def delivered(pictures: list[Original], report: Report) -> None:
    """The results that are projected are a softened decode and a sharpened one."""
    report.heading("projected, delivered as 8 bits, saved anew by Pillow: integers that come back")
    for quality in QUALITIES:
        counts = [_again(picture.pixels, quality) for picture in pictures]
        same, total = (sum(column) for column in zip(*counts, strict=True))
        report.share(f"quality {quality}", same, total, "≥ 99.9 %" if quality <= 90 else "")


def _again(pixels: Pixels, quality: int) -> tuple[int, int]:
    before = jpeg(pixels, quality)
    plain = opened(before).astype(float)
    soft = gaussian_filter(plain, (1.2, 1.2, 0))
    same = total = 0
    for after in (soft, plain + 0.8 * (plain - soft)):
        held = rg.project(before, png(after), force=True)
        one, other = coefficients(before), coefficients(_saved_anew(held.picture.pixels, before))
        for a, b in zip(one.components, other.components, strict=True):
            same, total = same + int((a.blocks == b.blocks).sum()), total + a.blocks.size
    return same, total


def _saved_anew(pixels: np.ndarray, before: bytes) -> bytes:
    with Image.open(io.BytesIO(before)) as image:
        tables = image.quantization  # type: ignore[attr-defined]
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", qtables=tables, subsampling="4:2:0")
    return out.getvalue()
