"""Do references support a claim? ``python -m benchmarks.attribution --data FILE [--json OUT]``.

FILE is JSON lines with the fields of AttributionBench. Three classifiers are tried on claims
they have not seen, everything being trained here from FILE:

* *signed*: the regression that the package ships, trained anew;
* *signed, standardised*: the same, every measure first standardised within its source, which
  takes a batch of claims of one kind but none of their labels;
* *trees*: boosted trees that see the same measures and what the texts look like, trained
  on the very kinds of text they are tried on.

The protocols: ten folds; ten folds with no question on both sides; and one source left out
after the other, which is the case of texts of a kind never seen. There the trees fall
behind, which is why the package ships the other. The shipped weights are printed too; they
have seen FILE if it is the one they were trained on. "Half" is the half of the claims whose
probability lies farthest from one half.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.boosting import boost
from training.shape import shapes
from training.support import Row, balance, fit, measured, rarity_of, read_rows

from benchmarks.report import Report
from rigatino.answer.audit.support import Rarity, Weights, shipped

Array = NDArray[np.float64]
Groups = NDArray[np.int64]
FOLDS, SEEDS = 10, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = read_rows(options.data)
    report = Report(f"Support of {len(rows)} claims in {options.data.name}")
    protocols = {
        f"{FOLDS} folds": plain_folds(rows),
        f"{FOLDS} folds, no question on both sides": question_folds(rows),
        "leave one source out": np.unique([r.source for r in rows], return_inverse=True)[1],
    }
    for name, groups in protocols.items():
        describe(report, f"trees, {name}", rows, unseen(rows, groups, by_trees))
        describe(report, f"signed, {name}", rows, unseen(rows, groups, by_signed))
    alone = protocols["leave one source out"]
    describe(report, "signed, standardised, leave one source out", rows,
             unseen(rows, alone, by_standardised))  # fmt: skip
    describe(report, "signed, as shipped (may have seen this file)", rows, as_shipped(rows))
    report.finish(options.json)


Classifier = Callable[[list[Row], list[Row]], Array]


def unseen(rows: list[Row], groups: Groups, classify: Classifier) -> Array:
    """Probabilities of each group's rows by a classifier trained on the other groups."""
    out = np.zeros(len(rows))
    for group in np.unique(groups):
        held = groups == group
        seen = [r for r, h in zip(rows, held, strict=True) if not h]
        out[held] = classify(seen, [r for r, h in zip(rows, held, strict=True) if h])
    return out


def by_signed(seen: list[Row], held: list[Row]) -> Array:
    """The regression with signed weights."""
    rarity = rarity_of(seen)
    weights = fit(measured(seen, rarity), labels_of(seen).astype(float), balance(seen))
    return predicted(weights, measured(held, rarity))


def by_standardised(seen: list[Row], held: list[Row]) -> Array:
    """The regression with signed weights on measures standardised within each source."""
    rarity = rarity_of(seen)
    labels = labels_of(seen).astype(float)
    weights = fit(_standardised(seen, rarity), labels, balance(seen))
    return predicted(weights, _standardised(held, rarity))


def _standardised(rows: list[Row], rarity: Rarity) -> Array:
    x = measured(rows, rarity)
    sources = np.array([r.source for r in rows])
    for source in np.unique(sources):
        inside = sources == source
        x[inside] = (x[inside] - x[inside].mean(0)) / (x[inside].std(0) + 1e-9)
    return x


def by_trees(seen: list[Row], held: list[Row]) -> Array:
    """The mean of a few boosted classifiers that differ in their seeds."""
    rarity = rarity_of(seen)
    x, new = (np.hstack([measured(r, rarity), shapes(r, rarity)]) for r in (seen, held))
    labels = labels_of(seen).astype(float)
    grown = [boost(x, labels, seed).probabilities(new) for seed in range(SEEDS)]
    return np.asarray(np.mean(grown, axis=0))


def as_shipped(rows: list[Row]) -> Array:
    """Probabilities of the weights in the package."""
    weights, rarity = shipped()
    return predicted(weights, measured(rows, rarity))


def predicted(weights: Weights, x: Array) -> Array:
    return np.array([weights.probability(row) for row in x.tolist()])


def plain_folds(rows: list[Row]) -> Groups:
    """A random fold for every row, both classes spread evenly."""
    folds = np.zeros(len(rows), dtype=np.int64)
    rng = np.random.default_rng(0)
    for label in (True, False):
        inside = np.flatnonzero(labels_of(rows) == label)
        folds[rng.permutation(inside)] = np.arange(len(inside)) % FOLDS
    return folds


def question_folds(rows: list[Row]) -> Groups:
    """A fold for every row; rows of one question share it."""
    questions = sorted({r.question for r in rows})
    fold = dict(zip(questions, np.random.default_rng(0).permutation(len(questions)), strict=True))
    return np.array([fold[r.question] % FOLDS for r in rows])


def labels_of(rows: list[Row]) -> NDArray[np.bool_]:
    return np.array([r.supported for r in rows])


def describe(report: Report, name: str, rows: list[Row], p: Array) -> None:
    """macro-F1 of all and of the most confident half, overall and for each source."""
    labels, sources = labels_of(rows), np.array([r.source for r in rows])
    report.heading(name)
    figures = report.details.setdefault(name, {})
    everything = np.ones(len(rows), dtype=bool)
    parts = {"overall": everything} | {str(s): sources == s for s in np.unique(sources)}
    for part, inside in parts.items():
        half = most_confident(p[inside])
        full = macro_f1(labels[inside], p[inside])
        sure = macro_f1(labels[inside][half], p[inside][half])
        figures[part] = {"n": int(inside.sum()), "macro_f1": full, "macro_f1_half": sure}
        goals = (">= 0.72", ">= 0.85") if part == "overall" else ("", "")
        report.figure(f"{part} (n={inside.sum()}), macro_f1", full, goal=goals[0])
        report.figure(f"{part}, macro_f1 of the most confident half", sure, goal=goals[1])


def most_confident(p: Array) -> NDArray[np.bool_]:
    """The half of the rows whose probability lies farthest from one half."""
    chosen = np.zeros(len(p), dtype=bool)
    chosen[np.argsort(-np.abs(p - 0.5), kind="stable")[: (len(p) + 1) // 2]] = True
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
