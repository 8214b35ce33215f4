"""Train the two heads that read which task a text is about (see rigatino.tasks.reading).

    python training/task_reader.py --text training/text --vectors RAW.npz

The texts were written for this purpose, by a language model that was shown neither the
program nor any evaluation set; they lie in ``training/text``. RAW.npz holds a sentence
encoder's vector of each of the commonest English words (``training/word_vectors.py``).
Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy import sparse as sp
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from rigatino.tasks import reading, shelf
from rigatino.tasks.glossary import glossed
from rigatino.tasks.words import features

WEIGHTS = Path(__file__).parent.parent / "src/rigatino/tasks/weights"
DIMENSIONS = 128


def word_vectors(raw: Path) -> None:
    """Whiten, cut to DIMENSIONS and weigh down the common words; ship as int8."""
    with np.load(raw) as z:
        words, e = z["w"], z["e"].astype(np.float32)
    e -= e.mean(0)
    _, s, axes = np.linalg.svd(e[:20000], full_matrices=False)
    rows = e @ axes[:DIMENSIONS].T
    rows /= np.sqrt(s[:DIMENSIONS] / s[0])  # soften the few loudest directions
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rank = np.arange(1, len(words) + 1)
    rows *= (rank / (rank + 150.0))[:, None]  # rank 1 counts almost nothing
    scale = np.abs(rows).max(0) / 127
    np.savez_compressed(
        WEIGHTS / "vectors.npz",
        words=np.array("\n".join(words)),
        rows=np.round(rows / scale).astype(np.int8),
        scale=scale.astype(np.float32),
    )


def load(folder: Path, head: str) -> tuple[list[str], list[list[str]]]:
    """Texts and their task slugs, of one head."""
    texts, tasks = [], []
    for file in sorted((folder / f"{head}s").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            row = json.loads(line)
            texts.append(row["q"] if head == "question" else paper_text(row))
            extra = [] if head == "question" else [f"role:{row['role']}", f"domain:{row['domain']}"]
            tasks.append(row["t"] + extra)
    return texts, tasks


def questions_about_other_things(file: Path) -> list[str]:
    """Questions of the world at large: JSONL rows with a ``question``, each once."""
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line)
    return sorted({row["question"] for row in rows})


def paper_text(row: dict[str, str]) -> str:
    """A paper as the reader gets it: the title counts twice."""
    return f"{row['title']}\n{row['title']}\n{row['summary']}"


def from_cards() -> tuple[list[str], list[list[str]]]:
    """The task cards as texts of their own: names, sayings and the words of their sights."""
    texts, tasks = [], []
    for slug in shelf.slugs():
        c = shelf.card(slug)
        said = [c.name, ", ".join(c.also), c.goal]
        for field in ("notices", "lost", "clues", "brings", "step_output"):
            said += c.told(field)
        said += [f"{' '.join(sight.words)} {sight.say}" for sight in c.sights]
        texts += said
        tasks += [[slug]] * len(said)
    return texts, tasks


def vocabulary(texts: list[str], least: int) -> tuple[dict[str, int], np.ndarray]:
    """Features that occur in at least ``least`` texts (whole words: in two), and their idf."""
    count: dict[str, int] = {}
    for text in texts:
        for name in {name for name, _ in features(text)}:
            count[name] = count.get(name, 0) + 1
    kept = sorted(n for n, c in count.items() if c >= (2 if n.startswith("w:") else least))
    idf = np.log(len(texts) / np.array([count[n] for n in kept])).astype(np.float32)
    kind = np.array([{"w": 1.0, "b": 0.7, "c": 0.35}[n[0]] for n in kept], np.float32)
    return {n: i for i, n in enumerate(kept)}, idf * kind


def matrix(texts: list[str], index: dict[str, int], idf: np.ndarray) -> sp.csr_matrix:
    """[n, F + D]: sparse features and the unit mean vector, as reading.score uses them."""
    rows, cols, vals, dense = [], [], [], []
    for r, text in enumerate(texts):
        for f, value, _ in reading.sparse(text, index, idf):
            rows.append(r), cols.append(f), vals.append(value)
        picked, _ = reading.word_vectors(text)
        total = picked.sum(0)
        dense.append(total / (np.linalg.norm(total) or 1.0))
    x = sp.csr_matrix((vals, (rows, cols)), shape=(len(texts), len(index)))
    return sp.hstack([x, sp.csr_matrix(np.array(dense))]).tocsr()


def fit(x: sp.csr_matrix, y: np.ndarray, weight: np.ndarray, c: float) -> tuple[np.ndarray, ...]:
    """One logistic regression per label, all at once: weights [F + D, T] and biases [T].

    Positive labels count three times; ``c`` is the inverse strength of the L2 penalty.
    """
    labels, xt = y.shape[1], x.T.tocsr()
    importance = weight[:, None] * np.where(y, 3.0, 1.0)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(-1, labels)
        z = x @ w[:-1] + w[-1]
        value = (importance * (np.logaddexp(0, z) - y * z)).sum() + (w[:-1] ** 2).sum() / (2 * c)
        error = importance * (1 / (1 + np.exp(-z)) - y)
        gradient = np.vstack([xt @ error + w[:-1] / c, error.sum(0)])
        return float(value), gradient.ravel()

    start = np.zeros((x.shape[1] + 1, labels))
    start[-1] = -4.0
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    w = found.x.reshape(-1, labels)
    return w[:-1], w[-1]


def calibrate(logits: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """One slope and shift for all labels, from logits of texts that were held out."""
    m = LogisticRegression(C=1e6).fit(logits.reshape(-1, 1), y.reshape(-1))
    return float(m.coef_[0, 0]), float(m.intercept_[0])


def train(a: argparse.Namespace, head: str) -> None:
    """Fit on this head's texts and, at lower weights, on the other's and the cards'."""
    folder, c = a.text, a.c
    mine, tasks = load(folder, head)
    if head == "question" and a.none:
        foreign = questions_about_other_things(a.none)
        mine, tasks = mine + foreign, tasks + [[]] * len(foreign)
    theirs, more = load(folder, "paper" if head == "question" else "question")
    cards, slugs = from_cards()
    texts = [glossed(t) for t in mine + theirs + cards]
    every = tasks + more + slugs
    labels = sorted({slug for t in tasks for slug in t} | set(shelf.slugs()))
    y = np.array([[slug in t for slug in labels] for t in every], int)
    weight = np.array([1.0] * len(mine) + [a.other] * len(theirs) + [a.card] * len(cards))
    index, idf = vocabulary(texts, a.least)
    x = matrix(texts, index, idf)
    n = len(mine)
    held = np.zeros((n, len(labels)))
    for fold, (rest, out) in enumerate(
        KFold(a.folds, shuffle=True, random_state=0).split(np.arange(n))
    ):
        keep = np.concatenate([rest, np.arange(n, len(texts))])
        w, bias = fit(x[keep], y[keep], weight[keep], c)
        held[out] = x[out] @ w + bias
        print(f"{head} fold {fold}", flush=True)
    some = y[:n].any(1)
    first = held[some].argmax(1)
    right = y[:n][some][np.arange(some.sum()), first].mean()
    slope, shift = calibrate(held, y[:n])
    print(f"{head}: {n} texts, {len(index)} features, first right {right:.4f}, slope {slope:.2f}")
    w, bias = fit(x, y, weight, c)
    ship(head, (index, idf), (w * slope, bias * slope + shift), labels)


def ship(
    head: str,
    vocabulary: tuple[dict[str, int], np.ndarray],
    weights: tuple[np.ndarray, np.ndarray],
    labels: list[str],
) -> None:
    """Write one head: int8 word weights with a scale per label, half-precision rest."""
    (index, idf), (w, b) = vocabulary, weights
    word, vector = w[: len(index)], w[len(index) :]
    scale = np.abs(word).max(0) / 127
    np.savez_compressed(
        WEIGHTS / f"{head}.npz",
        features=np.array("\n".join(index)),
        idf=idf.astype(np.float16),
        word=np.round(word / scale).astype(np.int8),
        word_scale=scale.astype(np.float32),
        vector=vector.astype(np.float16),
        bias=b.astype(np.float32),
        labels=np.array("\n".join(labels)),
    )


def main() -> None:
    """Train both heads, or the one that is asked for."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--text", type=Path, default=Path(__file__).parent / "text")
    p.add_argument("--vectors", type=Path, help="raw word vectors, to ship anew")
    p.add_argument("--none", type=Path, help="JSONL with questions about no image task")
    p.add_argument("--only-papers", action="store_true")
    p.add_argument("--only-questions", action="store_true")
    p.add_argument("--c", type=float, default=10.0)
    p.add_argument("--least", type=int, default=3)
    p.add_argument("--other", type=float, default=0.2, help="weight of the other head's texts")
    p.add_argument("--card", type=float, default=0.5, help="weight of the task cards' texts")
    p.add_argument("--folds", type=int, default=2, help="for the calibration")
    a = p.parse_args()
    if a.vectors:
        word_vectors(a.vectors)
    if not a.only_papers:
        train(a, "question")
    if not a.only_questions:
        train(a, "paper")


if __name__ == "__main__":
    main()
