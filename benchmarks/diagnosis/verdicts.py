"""Rows about the verdict: leave it alone, or repair; and what a diagnosis costs."""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter

import numpy as np

from benchmarks.diagnosis.pictures import Original, Pixels, halved, jpeg, noisy, opened, picture
from benchmarks.diagnosis.trials import Trial, shares
from benchmarks.report import Report
from rigatino.diagnosis import DETECTORS, Diagnosis, Subject, diagnose
from rigatino.diagnosis.record import Finding
from rigatino.imaging import load


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


def cost(pictures: list[Original], report: Report) -> None:
    """A 12-megapixel JPEG made of the test pictures: seconds by detector, and memory."""
    report.heading("a 12-megapixel JPEG (4000 × 3000, quality 85)")
    data = jpeg(_mosaic([o.pixels for o in pictures]), 85)
    diagnose(load(data), only=["compression"])  # tables that are made once
    start = time.perf_counter()
    loaded = load(data)
    report.figure("opening", time.perf_counter() - start, "s")
    subject, findings = Subject(loaded), dict[str, Finding]()
    for detector in DETECTORS.values():
        at = time.perf_counter()
        findings[detector.name] = detector.look(subject, findings)
        report.figure(detector.name, time.perf_counter() - at, "s")
    report.figure("altogether", time.perf_counter() - start, "s", "≤ 3")
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    report.figure("peak memory of this whole process so far", peak / 2**30, "GiB", "≤ 1.5")


def _mosaic(parts: list[Pixels]) -> Pixels:
    """3000 × 4000 pixels: the pictures beside each other, each begun at a multiple of 16."""
    canvas = np.zeros((3000, 4000, 3), np.uint8)
    at = 0
    for top in range(0, 3000, 320):
        for left in range(0, 4000, 480):
            part = parts[at % len(parts)]
            room = canvas[top : top + 320, left : left + 480]
            tile = np.resize(part[:320, :480], room.shape) if min(part.shape[:2]) < 320 else part
            room[:] = tile[: room.shape[0], : room.shape[1]]
            at += 1
    return canvas
