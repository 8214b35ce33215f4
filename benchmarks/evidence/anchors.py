"""What the shares are of pictures whose answer is known, and that they move the right way."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, opened
from benchmarks.evidence.pictures import against, claim_of, png, share
from benchmarks.report import Report
from rigatino.evidence import Told

QUALITIES = (90, 75, 60, 30, 10)
SCALES = (1, 2, 3, 4, 8)
#: σ of the Gaussian that softens the plain decode, in pixels
_BLUR = 1.5


def anchors(pictures: list[Original], report: Report) -> None:
    """JPEG 4:2:0, fine detail: the truth, the plain decode and a blurred truth."""
    report.heading("anchors, JPEG 4:2:0, fine detail, % (mean)")
    rising = []
    for quality in QUALITIES:
        rows = np.array([_row(picture.pixels, quality) for picture in pictures])
        mean = rows.mean(axis=0)
        rising.append(rows[:, 0])
        report.cells(
            f"quality {quality}",
            dict(zip(("truth filled", "truth against", "decode filled", "decode against",
                      "blurred against"), map(float, mean), strict=True)),
        )  # fmt: skip
    report.share("truth's filled-in share rises as quality falls", _steps(rising),
                 len(pictures) * (len(QUALITIES) - 1), "100 %")  # fmt: skip


def scales(pictures: list[Original], report: Report) -> None:
    """The truth beside its smaller self: the share that nobody could know."""
    report.heading("enlargement, all detail, filled in of the truth, % (mean)")
    columns = [
        np.array([_filled(picture.pixels, scale) for picture in pictures]) for scale in SCALES
    ]
    report.cells("scale", {str(s): float(c.mean()) for s, c in zip(SCALES, columns, strict=True)})
    report.share("it rises with the scale", _steps(columns), len(pictures) * (len(SCALES) - 1),
                 "100 %")  # fmt: skip


def _steps(columns: list[np.ndarray]) -> int:
    return int(sum((b > a).sum() for a, b in pairwise(columns)))


def _row(pixels: Pixels, quality: int) -> tuple[float, ...]:
    before = jpeg(pixels, quality)
    own = claim_of(against(before, pixels), "jpeg")
    soft = gaussian_filter(opened(before).astype(float), (_BLUR, _BLUR, 0))
    blurred = claim_of(against(before, png(soft)), "jpeg")
    plain = own.plain["fine"]
    return (
        share(own, "filled", "fine"), share(own, "contradicted", "fine"),
        100 * (plain.filled or 0), 100 * (plain.contradicted or 0),
        share(blurred, "contradicted", "fine"),
    )  # fmt: skip


def _filled(pixels: Pixels, scale: int) -> float:
    h, w = (n // 24 * 24 for n in pixels.shape[:2])
    clean = np.ascontiguousarray(pixels[:h, :w])
    if scale == 1:
        return share(against(png(clean), clean).main, "filled")
    out = io.BytesIO()
    Image.fromarray(clean).resize((w // scale, h // scale), Image.Resampling.BICUBIC).save(
        out, "PNG"
    )
    found = against(out.getvalue(), clean, Told("bicubic"))
    return share(claim_of(found, "enlarged"), "filled")
