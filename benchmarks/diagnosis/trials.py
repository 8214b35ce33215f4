"""Counting: right or wrong, accepted or refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.report import Report


@dataclass(frozen=True, slots=True)
class Trial:
    """One damaged picture and what was said about it."""

    right: bool
    accepted: bool = True
    error: float | None = None


def shares(report: Report, name: str, trials: list[Trial], goal: str = "") -> None:
    """At full coverage; on the accepted; how many were refused."""
    accepted = [trial for trial in trials if trial.accepted]
    report.share(name, sum(t.right for t in trials), len(trials), goal)
    if len(accepted) < len(trials):
        report.share("  … on those accepted", sum(t.right for t in accepted), len(accepted))
        report.share("  … refused", len(trials) - len(accepted), len(trials))


def errors(report: Report, name: str, trials: list[Trial], goal: str = "") -> None:
    """Median absolute error, at full coverage and on the accepted."""
    every = [trial.error for trial in trials if trial.error is not None]
    accepted = [t.error for t in trials if t.accepted and t.error is not None]
    report.figure(name, float(np.median(every)) if every else float("nan"), goal=goal)
    if len(accepted) < len(trials):
        report.figure("  … on those accepted", float(np.median(accepted or [float("nan")])))
        report.share("  … refused", len(trials) - len(accepted), len(trials))
