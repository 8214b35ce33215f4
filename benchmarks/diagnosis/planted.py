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
    Clipping,
    ColourCast,
    Defocus,
    Dust,
    Fading,
    GaussianNoise,
    Halftone,
    MotionBlur,
    Operator,
)
from rigatino.diagnosis import Finding, diagnose

Right = Callable[[Finding], bool]
Damage = Callable[[Pixels], Pixels]
Section = Callable[[list[Original], Report], None]
#: tones drawn together to 9 … 246, so that no pixel lies at an end of the scale
INSIDE = Clipping(-0.04, 1.04, stretch=True)
#: blur is judged after those that may explain the softness
BEFORE_BLUR = ("compression", "noise", "enlargement", "blur")


@dataclass(frozen=True)
class Planted:
    """Damage, and whether a finding is right about it."""

    label: str
    damage: Operator | Damage
    right: Right

    def plant(self, pixels: Pixels, seed: int) -> Pixels:
        """The damaged picture."""
        if isinstance(self.damage, Operator):
            return _damaged(pixels, self.damage, seed)
        return self.damage(pixels)


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


def _burnt(share: float, end: str) -> Planted:
    """So much of the picture driven into one end of the scale by its exposure."""

    def damage(pixels: Pixels) -> Pixels:
        inside = _damaged(pixels, INSIDE, 0)
        tones = inside.mean(axis=2) / 255
        at = float(np.quantile(tones, 1 - share if end == "bright" else share))
        cut = Clipping(0, at, stretch=True) if end == "bright" else Clipping(at, 1, stretch=True)
        return _damaged(inside, cut, 0)

    return Planted(f"{100 * share:g} % at the {end} end", damage, seen)


def _tinted(*gains: float) -> Planted:
    label = "red, green, blue × " + ", ".join(f"{gain:g}" for gain in gains)
    return Planted(label, ColourCast(gains), seen)


def _waves(depth: float, period: float, angle: float) -> Planted:
    """Every colour brightened and darkened in waves, each colour a third of a wave later."""

    def damage(pixels: Pixels) -> Pixels:
        down, right = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
        turn = np.deg2rad(angle)
        phase = 2 * np.pi * (right * np.cos(turn) + down * np.sin(turn)) / period
        colours = phase[..., None] + 2 * np.pi / 3 * np.arange(3)
        return np.asarray(np.clip(pixels * (1 + depth * np.cos(colours)), 0, 255), np.uint8)

    return Planted(f"± {100 * depth:g} %, {period:g} px at {angle:g}°", damage, seen)


def _dusty(per_megapixel: float, tone: float) -> Planted:
    kind = "bright" if tone > 0.5 else "dark"
    label = f"{per_megapixel:g} {kind} grains and hairs per megapixel"
    return Planted(label, Dust(per_megapixel, 3, tone), seen)


DEFOCUS = tuple(_defocus(r, sigma) for r in (1, 1.5, 2, 3, 4, 5, 6) for sigma in (0, 1))
MOTION = tuple(
    _motion(length, angle, sigma)
    for length, angle in ((8, 20), (12, 75), (16, 130), (20, 0), (25, 160))
    for sigma in (0, 1)
)
PLANTED: dict[str, tuple[Planted, ...]] = {
    "clipping": tuple(_burnt(s, end) for end in ("bright", "dark") for s in (0.03, 0.06, 0.2)),
    "banding": tuple(_levels(count) for count in (8, 16, 32, 48, 64)),
    "fading": tuple(
        Planted(f"black {black:g}", Fading(0.5, black, 0.88), seen) for black in (0.15, 0.2, 0.25)
    ),
    "halftone": tuple(_screen(*one) for one in ((4, 20), (6, 45), (8, 0), (10, 33))),
    "colour cast": (
        _tinted(1, 0.82, 0.6),
        _tinted(0.6, 0.8, 1),
        _tinted(0.7, 1, 0.7),
        _tinted(1, 0.7, 1),
        _tinted(1, 0.95, 0.65),
    ),
    "moiré": tuple(
        _waves(depth, *wave) for depth in (0.1, 0.15) for wave in ((4, 20), (7, 65), (11, -40))
    ),
    "dust": tuple(_dusty(count, tone) for tone in (1.0, 0.0) for count in (200, 400)),
}
#: what is done to pictures before they count as free of a damage that some have of their own
CLEARED: dict[str, Operator] = {"clipping": INSIDE}


def _damaged(pixels: Pixels, operator: Operator, seed: int) -> Pixels:
    done = operator.apply(pixels.astype(np.float32) / np.float32(255), np.random.default_rng(seed))
    return np.asarray(np.clip(np.rint(done * 255), 0, 255), np.uint8)


def look(name: str, pixels: Pixels, only: Iterable[str] = ()) -> Finding:
    """What the detector says, after those named in ``only`` (default: none) have looked."""
    return diagnose(picture(pixels), only=[name, *only]).finding(name)


def _tried(name: str, planted: Planted, pictures: list[Original], only: tuple[str, ...]
           ) -> list[Trial]:  # fmt: skip
    found = [
        look(name, planted.plant(original.pixels, seed), only)
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
    every: list[Trial] = []
    for planted in PLANTED[name]:
        trials = _tried(name, planted, pictures, ())
        shares(report, planted.label, trials)
        every += trials
    shares(report, f"{name}, all", every, "≥ 80 %")
    if name in CLEARED:
        cleared = [_damaged(original.pixels, CLEARED[name], 0) for original in pictures]
        _alarms(report, f"{name}: found where there is none by construction", name, cleared)
        _alarms(report, "  … in the pictures as they are", name, [o.pixels for o in pictures], "")
    else:
        found_in = f"{name}: found in pristine pictures"
        _alarms(report, found_in, name, [o.pixels for o in pictures])


def _alarms(
    report: Report, label: str, name: str, pictures: list[Pixels], goal: str = "≤ 5 %"
) -> None:
    found = [look(name, pixels) for pixels in pictures]
    report.share(label, sum(map(seen, found)), len(found), goal)
    refused = sum(finding.refused for finding in found)
    if refused:
        report.share("  … refused", refused, len(found))


SECTIONS: dict[str, Section] = {
    "blur": blur,
    **{name: partial(_planted, name) for name in PLANTED},
}
