"""Rows about JPEG: quality, grid, earlier savings."""

from __future__ import annotations

import numpy as np
from PIL import Image

from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, opened, picture, resaved
from benchmarks.diagnosis.trials import Trial, shares
from benchmarks.report import Report
from rigatino.diagnosis import Finding, diagnose
from rigatino.imaging import jpeg_header

QUALITIES = (10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95)
MATRIX = (30, 40, 50, 60, 70, 80, 90, 95)


def _look(source: Pixels | bytes) -> Finding:
    return diagnose(picture(source), only=["compression"]).finding("compression")


def _cut(pixels: Pixels, rng: np.random.Generator) -> tuple[Pixels, tuple[int, int]]:
    """Rows and columns cut off, so that the grid begins elsewhere; and where."""
    rows, columns = (int(n) for n in rng.integers(0, 8, 2))
    return np.ascontiguousarray(pixels[rows:, columns:]), (-rows % 8, -columns % 8)


def header(pictures: list[Original], report: Report) -> None:
    """Quality from the header."""
    report.heading("JPEG quality from the header (3 pictures at every third quality)")
    trials = []
    for original in pictures[:3]:
        for quality in range(1, 101, 3):
            said = _look(jpeg(original.pixels, quality)).estimate
            trials.append(Trial(said["quality"] == quality and said["standard_table"] is True))
    shares(report, "quality exact, standard tables", trials, "100 %")


def pixels(pictures: list[Original], report: Report) -> None:
    """Quality and grid from decoded pixels."""
    rng = np.random.default_rng(0)
    report.heading("JPEG from the pixels alone (lossless copy, cut at a random place)")
    every: list[Trial] = []
    grids: list[Trial] = []
    for quality in QUALITIES:
        trials = []
        for original in pictures:
            cut, place = _cut(opened(jpeg(original.pixels, quality)), rng)
            finding = _look(cut)
            near = finding.estimate.get("jpeg") and abs(_number(finding) - quality) <= 2
            trials.append(Trial(bool(near), bool(finding.estimate.get("jpeg"))))
            where = (finding.estimate.get("grid_row"), finding.estimate.get("grid_column"))
            grids.append(Trial(where == place, bool(finding.estimate.get("jpeg"))))
        shares(report, f"quality {quality} within ±2", trials)
        every += trials
    shares(report, "quality within ±2, all", every, "≥ 95 %")
    shares(report, "grid offset", grids, "≥ 98 %")
    clean = [Trial(not _look(original.pixels).estimate.get("jpeg")) for original in pictures]
    shares(report, "no JPEG claimed for a pristine picture", clean)


def _number(finding: Finding) -> int:
    value = finding.estimate.get("quality")
    return value if isinstance(value, int) else 0


def tables(pictures: list[Original], report: Report) -> None:
    """Tables that no standard quality has: the nearest quality, and every step claimed."""
    rng = np.random.default_rng(7)
    report.heading("tables that are not standard ones, from the pixels alone")
    near, steps = [], []
    for original in pictures:
        slope = np.add.outer(np.arange(8), np.arange(8)).reshape(64) * rng.uniform(0.5, 3)
        # given tables are scaled by the quality; 50 leaves them as they are
        table = np.clip(np.rint(rng.integers(3, 25, 64) + slope), 1, 255).astype(int)
        data = jpeg(original.pixels, 50, qtables=[table.tolist(), table.tolist()])
        truth = jpeg_header(data)
        cut, _ = _cut(opened(data), rng)
        said = _look(cut)
        expected = truth.qualities[0]
        close = expected is not None and abs(_number(said) - expected.value) <= 2
        near.append(Trial(close, bool(said.estimate.get("jpeg"))))
        read = np.array(said.estimate.get("table") or np.zeros(64, int))
        right = read == truth.tables[0].reshape(64)
        steps += [Trial(bool(r)) for r in right[read > 0]]
    shares(report, "nearest quality within ±2", near, "≥ 95 %")
    shares(report, "steps claimed that are right", steps)


def sampling(pictures: list[Original], report: Report) -> None:
    """How coarsely the colours were stored, from the pixels alone."""
    rng = np.random.default_rng(6)
    report.heading("colour sampling from the pixels alone (quality 60 and 85)")
    for at, name in enumerate(("4:4:4", "4:2:2", "4:2:0")):
        trials = []
        for original in pictures:
            for quality in (60, 85):
                cut, _ = _cut(opened(jpeg(original.pixels, quality, subsampling=at)), rng)
                said = _look(cut).estimate.get("sampling")
                trials.append(Trial(said == name, said is not None))
        shares(report, name, trials)


def savings(pictures: list[Original], report: Report) -> None:
    """The quality × quality matrix, on the same grid and on another."""
    few = pictures[:: max(1, len(pictures) // 10)]
    rng = np.random.default_rng(1)
    counted = f"({len(few)} of the pictures)"
    report.heading("saved once: false alarms")
    single = [Trial(_look(jpeg(o.pixels, q)).estimate["savings"] == 2)
              for o in pictures for q in MATRIX]  # fmt: skip
    shares(report, "a second saving claimed after one", single, "≤ 5 %")
    for shifted in (False, True):
        kind = f"{'another' if shifted else 'the same'} grid {counted}"
        matrix = {
            (first, second): [_found_twice(o, first, second, shifted, rng) for o in few]
            for first in MATRIX for second in MATRIX
        }  # fmt: skip
        _print_matrix(report, matrix, kind)


def _found_twice(
    original: Original, first: int, second: int, shifted: bool, rng: np.random.Generator
) -> Trial:
    at = int(rng.integers(1, 64)) if shifted else 0
    finding = _look(resaved(original.pixels, first, second, (at // 8, at % 8)))
    kind = finding.estimate["earlier_kind"] == ("shifted" if shifted else "aligned")
    return Trial(finding.estimate["savings"] == 2 and kind)


def _print_matrix(report: Report, matrix: dict[tuple[int, int], list[Trial]], kind: str) -> None:
    report.heading(f"saved twice on {kind}: found, in % (rows: first quality, columns: second)")
    report.heading("        " + "".join(f"{second:>6}" for second in MATRIX))
    for first in MATRIX:
        cells = [np.mean([t.right for t in matrix[first, second]]) for second in MATRIX]
        report.heading(f"  {first:>4}  " + "".join(f"{100 * cell:>6.0f}" for cell in cells))
    above = [t for (first, second), cell in matrix.items() if second >= first + 10 for t in cell]
    shares(report, f"found on {kind}, second quality ≥ first + 10", above, "≥ 85 %")


def binding(pictures: list[Original], report: Report) -> None:
    """Whether the tables are said to bind the original."""
    rng = np.random.default_rng(2)
    report.heading("do the tables bind the original?")
    once, twice, noise, large = [], [], [], []
    for original in pictures:
        p = original.pixels
        once += [diagnose(picture(jpeg(p, q))).binds.value for q in (40, 75)]
        twice.append(diagnose(picture(resaved(p, 60, 85))).binds.value)
        grainy = np.clip(p + rng.normal(0, 15, p.shape), 0, 255).astype(np.uint8)
        noise.append(diagnose(picture(jpeg(grainy, 85))).binds.value)
        half = Image.fromarray(p[: p.shape[0] // 2, : p.shape[1] // 2])
        grown = np.array(half.resize((p.shape[1], p.shape[0]), Image.Resampling.BICUBIC))
        large.append(diagnose(picture(jpeg(grown, 85))).binds.value)
    shares(report, "saved once (40, 75): sure or likely", [Trial(v != "no") for v in once])
    shares(report, "saved once (40, 75): sure", [Trial(v == "sure") for v in once])
    shares(report, "saved twice (60, 85): no", [Trial(v == "no") for v in twice])
    shares(report, "noise σ 15, then quality 85: no", [Trial(v == "no") for v in noise])
    shares(report, "doubled in size, then quality 85: no", [Trial(v == "no") for v in large])
