"""Do references support a claim? ``python -m benchmarks.attribution --data FILE [--json OUT]``.

FILE is JSON lines with the fields of AttributionBench. Three protocols are printed: trained
on the other sources and tried on the one left out; ten folds in which no question stands
on both sides; and the weights that the package ships, which have seen FILE if it is the
one they were trained on. ``half`` is the half of the claims, of a source or of all, whose
probability lies farthest from one half.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.support import RIDGE, Row, balance, fit, measured, rarity_of, read_rows

from benchmarks.report import Report
from rigatino.answer.audit.support import Weights, shipped

Array = NDArray[np.float64]
FOLDS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = read_rows(options.data)
    report = Report(f"Support of {len(rows)} claims in {options.data.name}")
    sources = np.array([r.source for r in rows])
    protocols = {
        "leave one source out": left_out(rows, sources),
        f"{FOLDS} folds, no question on both sides": left_out(rows, question_folds(rows)),
        "the shipped weights (they have seen this file)": as_shipped(rows),
    }
    labels = np.array([r.supported for r in rows])
    for name, probabilities in protocols.items():
        describe(report, name, labels, probabilities, sources)
    report.finish(options.json)


def left_out(rows: list[Row], groups: NDArray[np.str_]) -> Array:
    """Probabilities of each group's rows from a classifier trained on the other groups."""
    out = np.zeros(len(rows))
    labels = np.array([float(r.supported) for r in rows])
    for group in np.unique(groups):
        inside = groups == group
        seen = [r for r, held in zip(rows, inside, strict=True) if not held]
        rarity = rarity_of(seen)
        x = measured(rows, rarity)
        weights = fit(x[~inside], labels[~inside], balance(seen), RIDGE)
        out[inside] = predicted(weights, x[inside])
    return out


def question_folds(rows: list[Row]) -> NDArray[np.str_]:
    """A fold for every row; rows of one question share it."""
    order = {q: i for i, q in enumerate(sorted({r.question for r in rows}))}
    return np.array([f"fold {order[r.question] % FOLDS}" for r in rows])


def as_shipped(rows: list[Row]) -> Array:
    """Probabilities of the weights in the package."""
    weights, rarity = shipped()
    return predicted(weights, measured(rows, rarity))


def predicted(weights: Weights, x: Array) -> Array:
    return np.array([weights.probability(row) for row in x.tolist()])


def describe(
    report: Report, name: str, labels: NDArray[np.bool_], p: Array, sources: NDArray[np.str_]
) -> None:
    """macro-F1 of all and of the most confident half, overall and for each source."""
    report.heading(name)
    report.figure("macro_f1", macro_f1(labels, p), goal=">= 0.72")
    half = most_confident(p)
    report.figure(
        "macro_f1 of the most confident half", macro_f1(labels[half], p[half]), goal=">= 0.85"
    )
    every, halves = [], []
    for source in np.unique(sources):
        inside = sources == source
        half = most_confident(p[inside])
        every.append(macro_f1(labels[inside], p[inside]))
        halves.append(macro_f1(labels[inside][half], p[inside][half]))
        report.figure(f"  {source} (n={inside.sum()})", every[-1])
        report.figure(f"  {source}, most confident half", halves[-1])
    report.figure("mean over the sources", float(np.mean(every)))
    report.figure("mean over the sources, most confident half", float(np.mean(halves)))


def most_confident(p: Array) -> NDArray[np.bool_]:
    """The half of the rows whose probability lies farthest from one half."""
    away = np.abs(p - 0.5)
    chosen = np.zeros(len(p), dtype=bool)
    chosen[np.argsort(-away, kind="stable")[: (len(p) + 1) // 2]] = True
    return chosen


def macro_f1(labels: NDArray[np.bool_], p: Array) -> float:
    """The mean of the F1 of both classes at one half."""
    said = p > 0.5
    return (_f1(labels, said) + _f1(~labels, ~said)) / 2


def _f1(labels: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    total = int(labels.sum() + said.sum())
    return 2 * int((labels & said).sum()) / total if total else 0.0


if __name__ == "__main__":
    main()
