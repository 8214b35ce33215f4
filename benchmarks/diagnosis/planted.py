"""Rows about single kinds of damage: planted in pictures that have none, and found again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.diagnosis.pictures import Original, Pixels, picture
from benchmarks.diagnosis.trials import Trial, shares
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
from rigatino.diagnosis import Finding, diagnose

Right = Callable[[Finding], bool]
Section = Callable[[list[Original], Report], None]
#: blur is judged after those that may explain the softness
BEFORE_BLUR = ("compression", "noise", "enlargement", "blur")


@dataclass(frozen=True)
class Planted:
    """Damage, and whether a finding is right about it."""

    label: str
    operator: Operator
    right: Right


def seen(finding: Finding) -> bool:
    """Whether the detector says that the damage is there."""
    return finding.found and not finding.refused


def _number(finding: Finding, name: str) -> float:
    value = finding.estimate.get(name)
    return float(value) if isinstance(value, int | float) else float("nan")


def _with_noise(operator: Operator, sigma: float) -> Operator:
    return Chain((operator, GaussianNoise(sigma / 255))) if sigma else operator


def _defocus(radius: float, sigma: float) -> Planted:
    def right(finding: Finding) -> bool:
        return abs(_number(finding, "radius") - radius) <= 0.5

    label = f"radius {radius:g} px, σ {sigma:g}, within 0.5 px"
    return Planted(label, _with_noise(Defocus(radius), sigma), right)


def _motion(length: float, angle: float, sigma: float) -> Planted:
    def right(finding: Finding) -> bool:
        off = (_number(finding, "angle") - angle + 90) % 180 - 90
        near = abs(_number(finding, "length") - length) <= max(1, 0.15 * length)
        return near and abs(off) <= 10

    label = f"{length:g} px at {angle:g}°, σ {sigma:g}"
    return Planted(label, _with_noise(MotionBlur(length, angle), sigma), right)


def _levels(count: int) -> Planted:
    def right(finding: Finding) -> bool:
        return seen(finding) and abs(_number(finding, "levels") - count) <= 1

    return Planted(f"{count} tones, counted within 1", Banding(count), right)


def _screen(pitch: float, angle: float) -> Planted:
    def right(finding: Finding) -> bool:
        return seen(finding) and abs(_number(finding, "pitch") / pitch - 1) <= 0.05

    label = f"pitch {pitch:g} px at {angle:g}°, within 5 %"
    return Planted(label, Halftone(pitch, (angle,)), right)


DEFOCUS = tuple(_defocus(r, sigma) for r in (1, 1.5, 2, 3, 4, 5, 6) for sigma in (0, 1))
MOTION = tuple(
    _motion(length, angle, sigma)
    for length, angle in ((8, 20), (12, 75), (16, 130), (20, 0), (25, 160))
    for sigma in (0, 1)
)
PLANTED: dict[str, tuple[Planted, ...]] = {
    "banding": tuple(_levels(count) for count in (8, 16, 32, 48, 64)),
    "fading": tuple(
        Planted(f"black {black:g}", Fading(0.5, black, 0.88), seen) for black in (0.15, 0.2, 0.25)
    ),
    "halftone": tuple(_screen(*one) for one in ((4, 20), (6, 45), (8, 0), (10, 33))),
}


def _damaged(pixels: Pixels, operator: Operator, seed: int) -> Pixels:
    done = operator.apply(pixels.astype(np.float32) / np.float32(255), np.random.default_rng(seed))
    return np.asarray(np.clip(np.rint(done * 255), 0, 255), np.uint8)


def look(name: str, pixels: Pixels, only: Iterable[str] = ()) -> Finding:
    """What the detector says, after those named in ``only`` (default: none) have looked."""
    return diagnose(picture(pixels), only=[name, *only]).finding(name)


def _tried(name: str, planted: Planted, pictures: list[Original], only: tuple[str, ...]
           ) -> list[Trial]:  # fmt: skip
    found = [
        look(name, _damaged(original.pixels, planted.operator, seed), only)
        for seed, original in enumerate(pictures)
    ]
    return [Trial(planted.right(finding), not finding.refused) for finding in found]


def blur(pictures: list[Original], report: Report) -> None:
    """Radius, length and angle, with the detectors before blur asked as in real use."""
    for kind, cases, most in (("defocus", DEFOCUS, "≤ 30 %"), ("motion", MOTION, "≤ 40 %")):
        report.heading(f"blur, {kind}: right")
        every: list[Trial] = []
        for planted in cases:
            trials = _tried("blur", planted, pictures, BEFORE_BLUR)
            shares(report, planted.label, trials)
            every += trials
        shares(report, f"{kind}, all", every)
        refused = sum(not trial.accepted for trial in every)
        report.share(f"{kind}, all: refused", refused, len(every), most)
    report.heading("blur in pristine pictures")
    found = [look("blur", original.pixels, BEFORE_BLUR) for original in pictures]
    report.share("blur: found in pristine pictures", sum(map(seen, found)), len(found), "≤ 5 %")
    report.share("  … refused", sum(finding.refused for finding in found), len(found))


def _planted(name: str, pictures: list[Original], report: Report) -> None:
    report.heading(f"{name}: planted damage found")
    for planted in PLANTED[name]:
        shares(report, planted.label, _tried(name, planted, pictures, ()), "≥ 80 %")
    found = [look(name, original.pixels) for original in pictures]
    alarms = sum(map(seen, found))
    report.share(f"{name}: found in pristine pictures", alarms, len(found), "≤ 5 %")


SECTIONS: dict[str, Section] = {
    "blur": blur,
    **{name: partial(_planted, name) for name in PLANTED},
}
