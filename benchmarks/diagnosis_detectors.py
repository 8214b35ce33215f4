"""Planted damage, found again: blur, banding, fading, halftone.

python -m benchmarks.diagnosis_detectors --data DIR [--pictures N] [--only NAME] [--json OUT]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Report
from rigatino.degradation import (
    Banding,
    Chain,
    Defocus,
    Fading,
    GaussianNoise,
    Halftone,
    MotionBlur,
    Operator,
)
from rigatino.diagnosis import DETECTORS, Finding, Subject
from rigatino.imaging import Picture, load

Pixels = NDArray[np.uint8]
Right = Callable[[Finding], bool]


@dataclass(frozen=True)
class Planted:
    """Damage, and whether a finding is right about it."""

    label: str
    operator: Operator
    right: Right


def seen(finding: Finding) -> bool:
    return finding.found and not finding.refused


def number(finding: Finding, name: str) -> float:
    value = finding.estimate.get(name)
    return float(value) if isinstance(value, int | float) else float("nan")


def with_noise(operator: Operator, sigma: float) -> Operator:
    return Chain((operator, GaussianNoise(sigma / 255))) if sigma else operator


def defocus(radius: float, sigma: float) -> Planted:
    def right(finding: Finding) -> bool:
        return abs(number(finding, "radius") - radius) <= 0.5

    return Planted(f"radius {radius:g} px, σ {sigma:g}", with_noise(Defocus(radius), sigma), right)


def motion(length: float, angle: float, sigma: float) -> Planted:
    def right(finding: Finding) -> bool:
        off = (number(finding, "angle") - angle + 90) % 180 - 90
        near = abs(number(finding, "length") - length) <= max(1, 0.15 * length)
        return near and abs(off) <= 10

    label = f"length {length:g} px at {angle:g}°, σ {sigma:g}"
    return Planted(label, with_noise(MotionBlur(length, angle), sigma), right)


def levels(count: int) -> Planted:
    def right(finding: Finding) -> bool:
        return seen(finding) and abs(number(finding, "levels") - count) <= 1

    return Planted(f"{count} tones, counted within 1", Banding(count), right)


def screen(pitch: float, angle: float) -> Planted:
    def right(finding: Finding) -> bool:
        return seen(finding) and abs(number(finding, "pitch") / pitch - 1) <= 0.05

    return Planted(
        f"pitch {pitch:g} px at {angle:g}°, within 5 %", Halftone(pitch, (angle,)), right
    )


BLURS: tuple[Planted, ...] = (
    *(defocus(radius, sigma) for radius in (1, 1.5, 2, 3, 4, 5, 6) for sigma in (0, 1)),
    *(
        motion(length, angle, sigma)
        for length, angle in ((8, 20), (12, 75), (16, 130), (20, 0), (25, 160))
        for sigma in (0, 1)
    ),
)
OTHERS: dict[str, tuple[Planted, ...]] = {
    "banding": tuple(levels(count) for count in (8, 16, 32, 48, 64)),
    "fading": tuple(
        Planted(f"black {black:g}", Fading(0.5, black, 0.88), seen) for black in (0.15, 0.2, 0.25)
    ),
    "halftone": tuple(screen(*one) for one in ((4, 20), (6, 45), (8, 0), (10, 33))),
}


def damaged(pixels: Pixels, operator: Operator, seed: int) -> Pixels:
    done = operator.apply(pixels.astype(np.float32) / np.float32(255), np.random.default_rng(seed))
    return np.asarray(np.clip(np.rint(done * 255), 0, 255), np.uint8)


def look(name: str, pixels: Pixels) -> Finding:
    return DETECTORS[name].look(Subject(Picture(pixels)), {})


def pictures_of(folder: Path, count: int) -> list[Pixels]:
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".png", ".bmp", ".jpg"})
    loaded = (np.asarray(load(file).colour, np.uint8) for file in files[:count])
    return [pixels for pixels in loaded if pixels.shape[2] == 3]


def report_blur(report: Report, pictures: Sequence[Pixels]) -> None:
    report.heading("blur: right among the accepted, and share refused")
    for planted in BLURS:
        findings = [
            look("blur", damaged(pixels, planted.operator, seed))
            for seed, pixels in enumerate(pictures)
        ]
        kept = [finding for finding in findings if not finding.refused]
        right = sum(planted.right(finding) for finding in kept)
        most = "≤ 40 %" if "length" in planted.label else "≤ 30 %"
        report.share(f"{planted.label}: right among accepted", right, len(kept))
        report.share(f"{planted.label}: right among all", right, len(findings))
        report.share(f"{planted.label}: refused", len(findings) - len(kept), len(findings), most)


def report_others(report: Report, name: str, pictures: Sequence[Pixels]) -> None:
    report.heading(f"{name}: planted damage found")
    for planted in OTHERS[name]:
        hits = [
            planted.right(look(name, damaged(pixels, planted.operator, seed)))
            for seed, pixels in enumerate(pictures)
        ]
        report.share(planted.label, sum(hits), len(hits), "≥ 80 %")


def report_alarms(report: Report, name: str, pictures: Sequence[Pixels]) -> None:
    findings = [look(name, pixels) for pixels in pictures]
    report.share(
        f"{name}: found in pristine pictures", sum(map(seen, findings)), len(findings), "≤ 5 %"
    )


def report_seconds(report: Report, names: Sequence[str], pixels: Pixels) -> None:
    report.heading("seconds for 12 megapixels")
    times = (-(-3000 // pixels.shape[0]), -(-4000 // pixels.shape[1]), 1)
    large = Subject(Picture(np.ascontiguousarray(np.tile(pixels, times)[:3000, :4000])))
    for name in names:
        DETECTORS[name].look(large, {})
        start = time.perf_counter()
        DETECTORS[name].look(large, {})
        report.figure(name, time.perf_counter() - start, "s", f"≤ {DETECTORS[name].seconds:g} s")


def report_detectors(report: Report, folder: Path, pictures: int, only: Sequence[str] = ()) -> None:
    """Rows for every detector of this file that is registered."""
    mine = [n for n in ("blur", *OTHERS) if n in DETECTORS and (not only or n in only)]
    pristine = pictures_of(folder, pictures)
    report.heading("false alarms")
    for name in mine:
        report_alarms(report, name, pristine)
    for name in mine:
        if name == "blur":
            report_blur(report, pristine)
        else:
            report_others(report, name, pristine)
    report_seconds(report, mine, pristine[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with pristine pictures")
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    report = Report("Detectors of single kinds of damage")
    report_detectors(report, given.data, given.pictures, given.only)
    report.finish(given.json)


if __name__ == "__main__":
    main()
