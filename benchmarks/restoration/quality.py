"""Rows of quality: every damage, every method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import numpy as np

from benchmarks.report import Report
from benchmarks.restoration.damage import CASES, PUBLISHED, Bytes, Case, Floats, originals
from benchmarks.restoration.methods import classical, ours, projected
from rigatino.inference import Network
from rigatino.metrics import psnr, psnr_b, ssim

#: floors and goals of the first release, in dB
GOALS = {
    ("LIVE1", "JPEG 10, colour"): "floor input + 1.6, goal 27.7",
    ("LIVE1", "JPEG 20, colour"): "floor input + 1.6, goal 30.0",
    ("LIVE1", "JPEG 40, colour"): "floor input + 1.5, goal 32.2",
    ("LIVE1", "JPEG 10 then 30, shifted (4,4), grey"): "floor 28.5, goal 28.9",
    ("CBSD68", "noise σ 15, float, colour"): "floor 33.6, goal 34.0",
    ("CBSD68", "noise σ 25, float, colour"): "floor 31.0, goal 31.3",
    ("CBSD68", "noise σ 50, float, colour"): "floor 27.8, goal 28.1",
}
_KEYS = ("PSNR", "SSIM", "PSNR-B")
Scores = tuple[float, float, float]


def rows(
    data: Path, network: Network, report: Report, only: Collection[str], limit: int | None
) -> None:
    """Every folder of ``data``, every group of cases that papers measure on it."""
    folders = sorted(p for p in data.iterdir() if p.is_dir())
    if not folders:
        raise SystemExit(f"{data} holds no folders of pictures; give --data a folder of folders")
    for folder in folders:
        for group in PUBLISHED.get(folder.name, tuple(CASES)):
            if only and group not in only:
                continue
            for case in CASES[group]:
                pictures = originals(folder, case.grey, limit)
                if pictures:
                    _case(folder.name, case, pictures, network, report)


def _case(name: str, case: Case, pictures: list[Bytes], network: Network, report: Report) -> None:
    scores: dict[str, list[Scores]] = defaultdict(list)
    rng = np.random.default_rng(0)
    for pixels in pictures:
        damaged = case.damage(pixels, rng)
        scores["input"].append(_scores(damaged.truth, damaged.picture))
        results: dict[str, Floats] = {}
        for method, run in (ours(network) | classical(damaged)).items():
            results[method] = run(damaged)
            scores[method].append(_scores(damaged.truth, results[method]))
        told = results["ours, told tables or σ"]
        kept = projected(damaged, told)
        if kept is not None:
            scores["ours, where the header binds"].append(_scores(damaged.truth, told))
            scores["ours, where it binds, projected"].append(_scores(damaged.truth, kept))
    report.heading(f"{name}, {case.name} ({len(pictures)} pictures)")
    goal = GOALS.get((name, case.name), "")
    for method, values in scores.items():
        means = dict(zip(_KEYS, np.mean(values, 0).tolist(), strict=True))
        of = "" if len(values) == len(pictures) else f" ({len(values)})"
        report.cells(method + of, means, goal if method == "ours, blind" else "")
    print(report.last(), flush=True)


def _scores(truth: Floats, result: Floats) -> Scores:
    """Of what is shown: within 0…1 for SSIM and PSNR-B; PSNR of noisy floats as they are."""
    shown = np.clip(result, 0, 1)
    return psnr(truth, result), ssim(truth, shown), psnr_b(truth, shown)
