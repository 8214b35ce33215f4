"""Rows of evidence: of a file's integers, how many the delivered 8-bit result gives back."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.report import Report
from benchmarks.restoration.damage import Bytes, floats, opened, originals, saved
from benchmarks.restoration.methods import rounded
from rigatino.degradation.jpeg import Projection
from rigatino.imaging import JpegCoefficients, coefficients, load
from rigatino.inference import Known, Network, mend_array, tables_of

QUALITIES = (10, 30, 50, 75, 90)
_GOAL = "floor 99.9 %, goal 99.98 %"


def rows(data: Path, network: Network, report: Report, limit: int | None) -> None:
    """LIVE1 (or the first folder), saved once, mended, projected, saved anew by Pillow."""
    folder = data / "LIVE1"
    folder = folder if folder.is_dir() else next(p for p in sorted(data.iterdir()) if p.is_dir())
    for grey in (False, True):
        pictures = originals(folder, grey, limit)
        if not pictures:
            continue
        report.heading(
            f"evidence only, {folder.name}, {'grey' if grey else 'colour 4:2:0'}: integers that "
            f"saving the result anew gives back ({len(pictures)} pictures)"
        )
        for quality in QUALITIES:
            counts = [_kept(pixels, quality, network) for pixels in pictures]
            before, after, total = (sum(column) for column in zip(*counts, strict=True))
            report.share(f"quality {quality}, projected", after, total, _GOAL)
            report.share(f"quality {quality}, as mended", before, total)


def _kept(pixels: Bytes, quality: int, network: Network) -> tuple[int, int, int]:
    """Integers that come back before and after the projection, and all of them."""
    file = saved(pixels, quality)
    stored = coefficients(file)
    told = Known(tables=tables_of(load(file).jpeg))
    mended = rounded(mend_array(network, floats(opened(file)), told))
    allowed = Projection(stored).into(mended)
    total = sum(part.blocks.size for part in stored.components)
    return _again(mended, file, stored), _again(allowed, file, stored), total


def _again(result: np.ndarray, file: bytes, stored: JpegCoefficients) -> int:
    """Integers that Pillow stores again, with the file's own tables."""
    with Image.open(io.BytesIO(file)) as image:
        tables = image.quantization  # type: ignore[attr-defined]
    pixels = np.rint(result * 255).astype(np.uint8)
    flat = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    out = io.BytesIO()
    Image.fromarray(flat).save(out, "JPEG", qtables=tables, subsampling="4:2:0")
    again = coefficients(out.getvalue())
    pairs = zip(stored.components, again.components, strict=True)
    return sum(int((a.blocks == b.blocks).sum()) for a, b in pairs)
