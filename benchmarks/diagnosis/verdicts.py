"""Rows about the verdict: leave it alone, or repair."""

from __future__ import annotations

from collections import Counter

import numpy as np

from benchmarks.diagnosis.pictures import Original, halved, jpeg, noisy, opened, picture
from benchmarks.diagnosis.trials import Trial, shares
from benchmarks.report import Report
from rigatino.diagnosis import Diagnosis, diagnose


def verdicts(pictures: list[Original], report: Report) -> None:
    """Pristine pictures are left alone; damaged ones are not."""
    rng = np.random.default_rng(5)
    report.heading("the verdict")
    pristine = [diagnose(picture(o.pixels)) for o in pictures]
    small = [diagnose(picture(halved(o.pixels))) for o in pictures]
    _alone(report, "pristine: leave it alone", pristine)
    _alone(report, "halved by averaging: leave it alone", small)
    for sigma in (10, 25):
        done = [diagnose(picture(noisy(o.pixels, sigma, rng))) for o in pictures]
        _repair(report, f"noise σ {sigma}: repair", done, "denoising")
    for quality in (60, 30):
        data = [jpeg(o.pixels, quality) for o in pictures]
        name = f"JPEG quality {quality}"
        _repair(report, f"{name}: repair", [diagnose(picture(d)) for d in data],
                "jpeg-artifact-removal")  # fmt: skip
        _repair(report, f"{name}, as PNG: repair", [diagnose(picture(opened(d))) for d in data],
                "jpeg-artifact-removal")  # fmt: skip


def _alone(report: Report, name: str, done: list[Diagnosis]) -> None:
    shares(report, name, [Trial(d.verdict.leave_alone) for d in done], "≥ 95 %")
    blamed = Counter(step.finding for d in done for step in d.verdict.steps)
    if blamed:
        report.heading("  blamed: " + ", ".join(f"{n} {c}×" for n, c in blamed.most_common()))


def _repair(report: Report, name: str, done: list[Diagnosis], task: str) -> None:
    shares(report, name, [Trial(not d.verdict.leave_alone) for d in done], "≥ 95 %")
    first = [Trial(bool(d.verdict.steps) and d.verdict.steps[0].task == task) for d in done]
    shares(report, f"  … beginning with {task}", first)
