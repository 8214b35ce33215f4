"""Rows about noise."""

from __future__ import annotations

import numpy as np

from benchmarks.diagnosis.pictures import (
    Deep,
    Original,
    Pixels,
    jpeg,
    noisy,
    noisy_unclipped,
    picture,
)
from benchmarks.diagnosis.trials import Trial, errors, shares
from benchmarks.report import Report
from rigatino.diagnosis import Finding, diagnose

SIGMAS = (3, 5, 10, 15, 20, 25, 30, 40, 50)
ASKED = ["compression", "noise"]


def levels(pictures: list[Original], report: Report) -> None:
    """Median absolute error at each σ: not cut, cut, and after a JPEG."""
    rng = np.random.default_rng(3)
    for kind in ("not cut", "cut at black and white", "cut, then JPEG 80"):
        report.heading(f"noise {kind}: median absolute error of σ")
        for sigma in SIGMAS:
            trials = [_trial(o.pixels, sigma, kind, rng) for o in pictures]
            errors(report, f"σ {sigma}", trials, f"≤ {max(0.1 * sigma, 1.0):g}")


def _trial(pixels: Pixels, sigma: float, kind: str, rng: np.random.Generator) -> Trial:
    source, shrunk = _source(pixels, sigma, kind, rng)
    finding = _look(source)
    said = finding.estimate.get("sigma")
    error = abs(float(said) / shrunk - sigma) if isinstance(said, int | float) else float(sigma)
    return Trial(error <= max(0.1 * sigma, 1.0), not finding.refused, error)


def _source(
    pixels: Pixels, sigma: float, kind: str, rng: np.random.Generator
) -> tuple[Pixels | Deep | bytes, float]:
    """The noisy picture, and by what contrast and noise were shrunk."""
    if kind == "not cut":
        return noisy_unclipped(pixels, sigma, rng)
    cut = noisy(pixels, sigma, rng)
    return (jpeg(cut, 80), 1.0) if kind.endswith("80") else (cut, 1.0)


def _look(source: Pixels | Deep | bytes) -> Finding:
    return diagnose(picture(source), only=ASKED).finding("noise")


def dependence(pictures: list[Original], report: Report) -> None:
    """Noise that grows with the light, told from noise that does not."""
    rng = np.random.default_rng(4)
    report.heading("does the noise grow with the light?")
    white, shot = [], []
    for original in pictures:
        white.append(_look(noisy(original.pixels, 12, rng)).estimate.get("grows_with_light"))
        photons = rng.poisson(original.pixels / 255 * 150) / 150 * 255
        stored = np.clip(np.rint(photons), 0, 255).astype(np.uint8)
        shot.append(_look(stored).estimate.get("grows_with_light"))
    shares(report, "Poisson noise (150 photons at white): yes", [Trial(v is True) for v in shot])
    shares(report, "white noise σ 12: no", [Trial(v is False) for v in white])
