"""Train the word weights of boilerplate: ``python training/boilerplate.py --out boilerplate.json``.

numpy alone. The sentences of ``training/boilerplate.txt`` against those of the task cards,
which explain something: a ridge logistic regression over the content stems, each counted
once a sentence. A stem that neither side uses has no weight.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rigatino.answer.audit.words import content_stems

Array = NDArray[np.float64]
RIDGE = 0.0015
LEAST_SENTENCES = 2
LEAST_WORDS = 5


def boilerplate_sentences() -> list[str]:
    """The sentences written for training."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def card_sentences() -> list[str]:
    """Every sentence of the task cards."""
    shelf = files("rigatino.tasks").joinpath("cards")
    cards = [
        tomllib.loads(f.read_text("utf-8")) for f in shelf.iterdir() if f.name.endswith("toml")
    ]
    texts = (text for card in cards for text in _texts(card))
    return [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if _long_enough(s)]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _long_enough(sentence: str) -> bool:
    return len(sentence.split()) >= LEAST_WORDS


def train(positive: list[str], negative: list[str]) -> tuple[float, dict[str, float]]:
    """Bias and weights by stem."""
    rows = [frozenset(content_stems(s)) for s in (*positive, *negative)]
    counts = Counter(s for row in rows for s in row)
    names = sorted(s for s, n in counts.items() if n >= LEAST_SENTENCES)
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        x[i, [column[s] for s in row if s in column]] = 1.0
    y = np.array([1.0] * len(positive) + [0.0] * len(negative))
    share = np.where(y == 1, 0.5 / len(positive), 0.5 / len(negative))
    bias, weights = _descend(x, y, share)
    return bias, {
        n: round(w, 2) for n, w in zip(names, weights.tolist(), strict=True) if abs(w) >= 0.05
    }


def _descend(x: Array, y: Array, share: Array, steps: int = 3000) -> tuple[float, Array]:
    """Plain accelerated descent; one step size for all, from the largest row."""
    w, b = np.zeros(x.shape[1]), 0.0
    ahead_w, ahead_b = w, b
    rate = 4 / (float((x.sum(1) + 1).max()))
    for step in range(1, steps + 1):
        residual = share * (1 / (1 + np.exp(-(x @ ahead_w + ahead_b))) - y)
        new_w = ahead_w - rate * (x.T @ residual + RIDGE * ahead_w)
        new_b = ahead_b - rate * float(residual.sum())
        push = (step - 1) / (step + 2)
        ahead_w, ahead_b = new_w + push * (new_w - w), new_b + push * (new_b - b)
        w, b = new_w, new_b
    return b, w


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    bias, weights = train(boilerplate_sentences(), card_sentences())
    part = options.out.with_suffix(".part")
    part.write_text(json.dumps({"bias": round(bias, 2), "weights": weights}), encoding="utf-8")
    part.replace(options.out)
    print(f"{len(weights)} weights, bias {bias:.2f}")


if __name__ == "__main__":
    main()
