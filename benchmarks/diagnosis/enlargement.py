"""Rows about enlargement."""

from __future__ import annotations

from benchmarks.diagnosis.pictures import Original, Pixels, enlarged, jpeg, picture
from benchmarks.diagnosis.trials import Trial, shares
from benchmarks.report import Report
from rigatino.diagnosis import diagnose

FACTORS = (1.5, 1.7, 2.0, 2.5, 3.0, 3.4, 4.0)


def factors(pictures: list[Original], report: Report) -> None:
    """The factor within 5 %, by kernel; after a JPEG apart."""
    report.heading("enlarged before: factor within 5 %")
    for kernel in ("bilinear", "bicubic", "lanczos"):
        goal = "" if kernel == "lanczos" else "≥ 85 %"
        for quality in (None, 90):
            trials = []
            for original in pictures:
                for factor in FACTORS:
                    grown = enlarged(original.pixels, factor, kernel)
                    trials.append(
                        _trial(grown if quality is None else jpeg(grown, quality), factor)
                    )
            name = kernel if quality is None else f"{kernel}, then JPEG {quality}"
            shares(report, name, trials, goal if quality is None else "")
    plain = [Trial(not _look(original.pixels)[0]) for original in pictures]
    shares(report, "no enlargement claimed for a pristine picture", plain, "≥ 95 %")


def _look(source: Pixels | bytes) -> tuple[bool, float]:
    finding = diagnose(picture(source), only=["enlargement"]).finding("enlargement")
    factor = finding.estimate.get("factor")
    return finding.found, float(factor) if isinstance(factor, int | float) else 1.0


def _trial(source: Pixels | bytes, factor: float) -> Trial:
    found, said = _look(source)
    return Trial(found and abs(said / factor - 1) <= 0.05, found)
