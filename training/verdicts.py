"""Fit the weights by which a paper is direct, adjacent or neither (rigatino.recommendation).

    python training/verdicts.py DIR [DIR ...]

Each DIR holds labelled briefs (``R001.txt`` with ``R001.json``); the weights are a logistic
rule over the signs of ``rigatino.recommendation.standing``. Prints the agreement on briefs
that were held out. Needs scikit-learn. To be run after ``task_reader.py``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from rigatino.brief import read_brief
from rigatino.recommendation.asking import read_question, support_of, surely_asked
from rigatino.recommendation.papers import paper_signs

TARGET = Path(__file__).parent.parent / "src/rigatino/recommendation/standing.json"
STANDING = {"direct": "direct", "adjacent": "adjacent", "keyword-only": "off", "unrelated": "off"}


def labelled(folders: list[Path]) -> tuple[list[dict[str, float]], list[str], list[str]]:
    """Signs, standing and brief of every labelled paper."""
    rows, standings, briefs = [], [], []
    for file in sorted(f for folder in folders for f in folder.glob("*.txt")):
        gold = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        brief = read_brief(file.read_bytes())
        taken, _ = read_question(brief.question, support_of(brief))
        tasks = surely_asked(taken)
        beside = tuple(guess.slug for guess in taken if guess.slug not in tasks)
        for paper, label in zip(brief.papers, gold["papers"], strict=True):
            rows.append(paper_signs(brief, paper, tasks, beside))
            standings.append(STANDING[label["fit"]])
            briefs.append(str(file))
    return rows, standings, briefs


def rule(c: float) -> Pipeline:
    """A logistic rule on signs of equal spread."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=3000))


def main() -> None:
    """Cross-validate by brief, then fit on everything and ship."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("folders", nargs="+", type=Path)
    p.add_argument("--c", type=float, default=0.1, help="how far the weights may go")
    a = p.parse_args()
    rows, standings, briefs = labelled(a.folders)
    names = list(rows[0])
    x, y = np.array([[row[n] for n in names] for row in rows]), np.array(standings)
    held = np.empty(len(y), object)
    for rest, out in GroupKFold(10).split(x, y, briefs):
        held[out] = rule(a.c).fit(x[rest], y[rest]).predict(x[out])
    each = f1_score(y, held.astype(str), average=None, labels=sorted(set(y)))
    said = dict(zip(sorted(set(y)), each.round(3).tolist(), strict=True))
    print(f"{len(y)} papers of {len(set(briefs))} briefs, F1 held out: {said}")
    ship(rule(a.c).fit(x, y), names)


def ship(fitted: Pipeline, names: list[str]) -> None:
    """Write the weights, four digits each."""
    scaler, linear = fitted[0], fitted[-1]
    data = {
        "signs": names,
        "mean": scaler.mean_.round(4).tolist(),
        "spread": scaler.scale_.round(4).tolist(),
        "bias": dict(
            zip(linear.classes_.tolist(), linear.intercept_.round(4).tolist(), strict=True)
        ),
        "weight": dict(zip(linear.classes_.tolist(), linear.coef_.round(4).tolist(), strict=True)),
    }
    TARGET.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
