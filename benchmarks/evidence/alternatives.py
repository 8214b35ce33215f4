"""Where restorations of one file are apart, is the mended one wrong there?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from benchmarks.diagnosis.pictures import Original, jpeg
from benchmarks.report import Report
from rigatino.imaging import LUMA
from rigatino.pipeline import prepare_restore
from rigatino.run import alternatives as several

Floats = NDArray[np.float64]
QUALITIES = (10, 30, 60)
COUNT = 6


def alternatives(pictures: list[Original], report: Report) -> None:
    """Spearman's correlation over 8×8 blocks with the error of the first, per picture."""
    report.heading(
        f"{COUNT} alternatives: does their spread tell where the mended picture is wrong? "
        "Spearman with the error, 8×8 blocks"
    )
    for quality in QUALITIES:
        rows = [_correlations(picture.pixels, quality) for picture in pictures]
        spread, busy, projected = (float(np.mean(column)) for column in zip(*rows, strict=True))
        cells = {"spread": spread, "local variance": busy, "projected": projected}
        report.cells(f"JPEG {quality}", cells, "spread ≥ 0.3, and above local variance")


def _correlations(pixels: NDArray[np.uint8], quality: int) -> tuple[float, float, float]:
    file = jpeg(pixels, quality)
    prepared = prepare_restore(file, ["jpeg"])
    mended = prepared.carry_out().picture
    found = several(file, prepared, mended, COUNT)
    first = _bright(found.members[0].picture.pixels)
    error = np.sqrt(_blocks((first - _bright(pixels)) ** 2))
    busy = _blocks(first**2) - _blocks(first) ** 2
    spread = _blocks(found.spread.astype(float))
    told, local = (float(spearmanr(s.ravel(), error.ravel())[0]) for s in (spread, busy))
    return told, local, float(found.projected)


def _bright(pixels: NDArray[np.generic]) -> Floats:
    colour = pixels.astype(float)
    return colour[..., 0] if colour.shape[2] == 1 else colour @ LUMA.astype(float)


def _blocks(values: Floats) -> Floats:
    h, w = (n // 8 * 8 for n in values.shape)
    return np.asarray(values[:h, :w].reshape(h // 8, 8, w // 8, 8).mean(axis=(1, 3)))
