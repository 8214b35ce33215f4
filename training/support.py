"""Train the support classifier: ``python training/support.py --data FILE --out support.json``.

numpy alone. FILE holds claims with references and labels (JSON lines, fields as in
AttributionBench: ``claim``, ``references``, ``question``, ``attribution_label``,
``src_dataset``). The weights are kept from changing sign: a measure of agreement may only
speak for support, a measure of disagreement only against it, since that is what carries
over to texts of another kind.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rigatino.answer.audit.support import FEATURES, Rarity, Weights, measure
from rigatino.answer.audit.words import content_stems

Array = NDArray[np.float64]
#: +1: may only speak for support, -1: only against it.
SIGNS = np.array([-1.0 if "missing" in f or "differs" in f else 1.0 for f in FEATURES])
RIDGE = 0.5
#: Stems that fewer references have are left out of the shipped table: they count as unknown.
LEAST_DOCUMENTS = 4


@dataclass(frozen=True)
class Row:
    """One labelled claim."""

    claim: str
    references: tuple[str, ...]
    question: str
    supported: bool
    source: str


def read_rows(file: Path) -> list[Row]:
    """The labelled claims of a JSON-lines file."""
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        supported = raw["attribution_label"] == "attributable"
        refs = tuple(raw["references"])
        rows.append(
            Row(raw["claim"], refs, raw.get("question") or "", supported, raw["src_dataset"])
        )
    return rows


def rarity_of(rows: list[Row], least: int = 1) -> Rarity:
    """How rare each stem is among the references (their labels play no part)."""
    texts = {text for row in rows for text in row.references}
    counts = Counter(s for text in texts for s in set(content_stems(text)))
    kept = {s: n for s, n in counts.items() if n >= least}
    table = {s: round(math.log((len(texts) + 1) / (n + 0.5)), 2) for s, n in kept.items()}
    return Rarity(table, round(math.log((len(texts) + 1) / 0.5), 2))


def measured(rows: list[Row], rarity: Rarity) -> Array:
    """The feature rows, shape (claims, features)."""
    return np.array([measure(r.claim, r.references, r.question, rarity) for r in rows])


def fit(x: Array, y: Array, per_row: Array, ridge: float = RIDGE, steps: int = 1500) -> Weights:
    """Ridge logistic regression with signed weights, by projected accelerated descent."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / scale
    share = per_row / per_row.sum()
    rate = 1 / (0.25 * float(np.linalg.eigvalsh((z * share[:, None]).T @ z)[-1]) + 2 * ridge + 0.25)
    w, b = np.zeros(z.shape[1]), 0.0
    ahead_w, ahead_b, momentum = w, b, 1.0
    for _ in range(steps):
        residual = share * (1 / (1 + np.exp(-(z @ ahead_w + ahead_b))) - y)
        new_w = ahead_w - rate * (z.T @ residual + 2 * ridge * ahead_w)
        new_w = np.where(new_w * SIGNS < 0, 0.0, new_w)
        new_b = ahead_b - rate * float(residual.sum())
        following = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead_w = new_w + (momentum - 1) / following * (new_w - w)
        ahead_b = new_b + (momentum - 1) / following * (new_b - b)
        w, b, momentum = new_w, new_b, following
    return Weights(tuple(mean), tuple(scale), tuple(w), b)


def balance(rows: list[Row]) -> Array:
    """Row weights that keep a large source from drowning a small one."""
    counts = Counter(r.source for r in rows)
    return np.array([1 / math.sqrt(counts[r.source]) for r in rows])


def train(rows: list[Row], least: int = 1) -> tuple[Weights, Rarity]:
    """Weights and rarities from labelled claims."""
    rarity = rarity_of(rows, least)
    labels = np.array([float(r.supported) for r in rows])
    return fit(measured(rows, rarity), labels, balance(rows)), rarity


def save(weights: Weights, rarity: Rarity, out: Path) -> None:
    """Write the file that the package ships."""
    data = {
        "features": FEATURES,
        "mean": [round(v, 6) for v in weights.mean],
        "scale": [round(v, 6) for v in weights.scale],
        "weight": [round(v, 6) for v in weights.weight],
        "bias": round(weights.bias, 6),
        "unknown": rarity.unknown,
        "rarity": dict(sorted(rarity.table.items())),
    }
    part = out.with_suffix(".part")
    part.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    part.replace(out)


def main() -> None:
    """Train on all of FILE and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    weights, rarity = train(read_rows(options.data), LEAST_DOCUMENTS)
    save(weights, rarity, options.out)
    for name, value in zip(FEATURES, weights.weight, strict=True):
        print(f"{name:18} {value:+.3f}")


if __name__ == "__main__":
    main()
