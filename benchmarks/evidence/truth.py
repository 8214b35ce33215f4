"""The true picture under its own damage: nothing of it may contradict the file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from benchmarks.diagnosis.pictures import Original, Pixels, jpeg
from benchmarks.evidence.pictures import against, claim_of, png, share
from benchmarks.report import Report
from rigatino.evidence import Told

Damage = Callable[[Pixels], tuple[bytes, Told | None]]


def truth(pictures: list[Original], report: Report) -> None:
    """Per kind of damage the mean and the worst share of the truth that is contradicted."""
    report.heading("the true picture contradicted under its own damage, % of its detail (all)")
    for name, operator, goal, damage in _kinds():
        found = [_contradicted(picture.pixels, operator, damage) for picture in pictures]
        report.cells(name, {"mean": float(np.mean(found)), "worst": max(found)}, goal)


def _contradicted(pixels: Pixels, operator: str, damage: Damage) -> float:
    h, w = (n // 8 * 8 for n in pixels.shape[:2])
    clean = np.ascontiguousarray(pixels[:h, :w])
    before, told = damage(clean)
    return share(claim_of(against(before, clean, told), operator), "contradicted")


def _kinds() -> Iterator[tuple[str, str, str, Damage]]:
    for quality in (10, 30, 60, 90, 95):
        yield f"JPEG {quality}, 4:2:0", "jpeg", "≤ 0.01 %", partial(_saved, quality=quality)
    yield "JPEG 75, 4:4:4", "jpeg", "≤ 0.01 %", partial(_saved, quality=75, subsampling=0)
    yield "JPEG 75, 4:2:2", "jpeg", "≤ 0.01 %", partial(_saved, quality=75, subsampling=1)
    progressive = partial(_saved, quality=75, progressive=True)
    yield "JPEG 75, progressive", "jpeg", "≤ 0.01 %", progressive
    for sigma in (10, 25):
        yield f"noise σ {sigma}", "noisy", "≤ 0.1 %", partial(_noisy, sigma=sigma)
    yield "blur σ 2, noise σ 1", "blurred", "≤ 0.1 %", _blurred
    for scale in (2, 4):
        yield f"smaller by {scale}, bicubic", "enlarged", "≤ 0.1 %", partial(_smaller, scale=scale)


def _saved(pixels: Pixels, quality: int, **options: object) -> tuple[bytes, None]:
    return jpeg(pixels, quality, **options), None


def _noisy(pixels: Pixels, sigma: float) -> tuple[bytes, Told]:
    rng = np.random.default_rng(int(pixels.sum()) % 2**31)
    return png(pixels + rng.normal(0, sigma, pixels.shape)), Told(noise=sigma)


def _blurred(pixels: Pixels) -> tuple[bytes, Told]:
    rng = np.random.default_rng(int(pixels.sum()) % 2**31)
    soft = gaussian_filter(pixels.astype(float), (2, 2, 0), mode="reflect")
    told = Told(kernel=("gaussian", 2.0, 0.0), noise=1.0)
    return png(soft + rng.normal(0, 1, pixels.shape)), told


def _smaller(pixels: Pixels, scale: int) -> tuple[bytes, Told]:
    image = Image.fromarray(pixels)
    size = (pixels.shape[1] // scale, pixels.shape[0] // scale)
    out = io.BytesIO()
    image.resize(size, Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue(), Told("bicubic")
