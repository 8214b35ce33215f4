"""Files that are not what they seem: either the claim is lowered, or the truth is hardly hurt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PIL import Image

from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, opened
from benchmarks.evidence.encoder import saved, thresholded, trellis_like
from benchmarks.evidence.pictures import against, png, share
from benchmarks.report import Report
from rigatino.imaging import linear_to_srgb, srgb_to_linear

#: (clean) -> BEFORE, and the truth that fits it
Damage = Callable[[Pixels], tuple[bytes, Pixels]]
_MOST = 1.0


def assumptions(pictures: list[Original], report: Report) -> None:
    """Per wrong assumption: how often the claim was lowered, and what of the truth it hurts."""
    report.heading(
        "wrong assumptions: the claim lowered, or at most 1 % of the truth contradicted (all)"
    )
    for name, damage in _kinds():
        found = [_judged(picture.pixels, damage) for picture in pictures]
        safe = sum(lowered or hurt <= _MOST for lowered, hurt, _ in found)
        report.share(f"{name}: safe", safe, len(found), "100 %")
        report.share("    claim lowered", sum(lowered for lowered, _, _ in found), len(found))
        hurts = [hurt for _, hurt, _ in found]
        sure = [hurt for lowered, hurt, _ in found if not lowered]
        allowing = [still for _, _, still in found if still is not None]
        report.cells("    truth contradicted, %", {
            "mean": float(np.mean(hurts)), "worst": max(hurts),
            "worst where sure": max(sure, default=0.0),
            **({"worst, history allowed for": max(allowing)} if allowing else {}),
        })  # fmt: skip


def _judged(pixels: Pixels, damage: Damage) -> tuple[bool, float, float | None]:
    h, w = (n // 16 * 16 for n in pixels.shape[:2])
    before, true = damage(np.ascontiguousarray(pixels[:h, :w]))
    claim = against(before, true).main
    still = claim.figures.get("contradicted_allowing")
    allowing = 100 * still if isinstance(still, float) else None
    return claim.binds.value != "sure", share(claim, "contradicted"), allowing


def _kinds() -> Iterator[tuple[str, Damage]]:
    yield "saved twice, 50 then 80, same grid", partial(_twice, first=50, last=80)
    yield "saved twice, 80 then 50, same grid", partial(_twice, first=80, last=50)
    yield "saved twice, 30 then 80, grid (4, 4)", partial(_twice, first=30, last=80, shift=4)
    for sigma in (3, 10, 25):
        yield f"noise σ {sigma}, then JPEG 75", partial(_noise_then, sigma=sigma)
    for quality in (50, 80):
        yield f"trellis-like JPEG {quality}", partial(_by_rule, quality=quality, rule="trellis")
        yield f"thresholded JPEG {quality}", partial(_by_rule, quality=quality, rule="threshold")
    yield "smaller by 2, area", partial(_smaller, linear=False)
    yield "smaller by 2, area in linear light", partial(_smaller, linear=True)


def _twice(pixels: Pixels, first: int, last: int, shift: int = 0) -> tuple[bytes, Pixels]:
    once = opened(jpeg(pixels, first))[shift:, shift:]
    return jpeg(np.ascontiguousarray(once), last), np.ascontiguousarray(pixels[shift:, shift:])


def _noise_then(pixels: Pixels, sigma: float) -> tuple[bytes, Pixels]:
    rng = np.random.default_rng(int(pixels.sum()) % 2**31)
    noisy = np.clip(np.rint(pixels + rng.normal(0, sigma, pixels.shape)), 0, 255)
    return jpeg(noisy.astype(np.uint8), 75), pixels


def _by_rule(pixels: Pixels, quality: int, rule: str) -> tuple[bytes, Pixels]:
    chosen = trellis_like if rule == "trellis" else thresholded
    return saved(pixels, quality, chosen), pixels


def _smaller(pixels: Pixels, linear: bool) -> tuple[bytes, Pixels]:
    """Averages of 2×2, compared as if nobody had said so."""
    if not linear:
        size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        return png(np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))), pixels
    light = srgb_to_linear((pixels / np.float32(255)).astype(np.float32))
    h, w, c = light.shape
    mean = light.reshape(h // 2, 2, w // 2, 2, c).mean(axis=(1, 3))
    return png(255 * linear_to_srgb(mean)), pixels
