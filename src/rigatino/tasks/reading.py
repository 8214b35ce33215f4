"""Reading which task a text is about: a linear model over words, and what decided it.

Two heads share this code: one for questions as people ask them, one for papers (title
and summary). Each scores every task on its own (a text may be about two, or none):

    logit[t] = x · W[:, t] + v · U[:, t] + b[t]

where x are the weighted features of :mod:`rigatino.tasks.words` (shape [F], sparse) and
v is the mean of the word vectors (shape [D]), which lets a word that no training text
held ("drizzle") speak through the words it resembles ("rain"). The weights are trained
by ``training/task_reader.py``; ``weights/CARD.md`` says from what.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rigatino.tasks.glossary import glossed
from rigatino.tasks.words import features, telling

Array = NDArray[np.float32]
Head = Literal["question", "paper"]


@dataclass(frozen=True, slots=True)
class Guess:
    """A task, its probability, and the words of the text that spoke for it."""

    slug: str
    confidence: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """One head as shipped; shapes F features, D vector size, T labels."""

    index: dict[str, int]
    idf: Array  # [F]
    word: Array  # [F, T]
    vector: Array  # [D, T]
    bias: Array  # [T]
    labels: tuple[str, ...]


@cache
def weights(head: Head) -> Weights:
    """Load one head from the package."""
    with _open(f"{head}.npz") as z:
        names = str(z["features"]).split("\n")
        scale = z["word_scale"].astype(np.float32)  # [T], int8 columns
        return Weights(
            index={name: i for i, name in enumerate(names)},
            idf=z["idf"].astype(np.float32),
            word=z["word"].astype(np.float32) * scale,
            vector=z["vector"].astype(np.float32),
            bias=z["bias"].astype(np.float32),
            labels=tuple(str(z["labels"]).split("\n")),
        )


@cache
def vectors() -> tuple[dict[str, int], Array]:
    """The word vectors: an index by word and the rows, [N, D]."""
    with _open("vectors.npz") as z:
        names = str(z["words"]).split("\n")
        rows = z["rows"].astype(np.float32) * z["scale"].astype(np.float32)
        return {name: i for i, name in enumerate(names)}, rows


def _open(name: str) -> np.lib.npyio.NpzFile:
    data = (files(__package__) / "weights" / name).read_bytes()
    opened: np.lib.npyio.NpzFile = np.load(io.BytesIO(data), allow_pickle=False)
    return opened


def sparse(text: str, index: dict[str, int], idf: Array) -> list[tuple[int, float, int]]:
    """(feature, value, telling word) of a text, of unit length over the known features."""
    found = [(index[name], i) for name, i in features(text) if name in index]
    counts = Counter(feature for feature, _ in found)
    length = float(np.sqrt(sum((idf[f]) ** 2 for f in counts))) or 1.0
    return [(f, float(idf[f]) / length / counts[f], i) for f, i in found]


def word_vectors(text: str) -> tuple[Array, list[int]]:
    """Vectors of the telling words that have one [M, D], and which words those are."""
    index, rows = vectors()
    known = [(index[w.lower], i) for i, w in enumerate(telling(text)) if w.lower in index]
    picked = rows[[row for row, _ in known]] if known else np.zeros((0, rows.shape[1]), np.float32)
    return picked, [i for _, i in known]


def score(text: str, head: Head) -> tuple[Array, Array, list[str]]:
    """Logits [T], each telling word's share in them [K, T], and those words."""
    text = glossed(text)
    model = weights(head)
    shown = [w.shown for w in telling(text)]
    share = np.zeros((len(shown), len(model.labels)), np.float32)
    found = sparse(text, model.index, model.idf)
    if found:
        feature, value, word = (np.array(column) for column in zip(*found, strict=True))
        spoken = model.word[feature] * value.astype(np.float32)[:, None]
        starts = np.flatnonzero(np.diff(word, prepend=-1))  # features come word by word
        share[word[starts]] += np.add.reduceat(spoken, starts)
    picked, which = word_vectors(text)
    if which:
        length = float(np.linalg.norm(picked.sum(0))) or 1.0
        share[which] += (picked / length) @ model.vector
    logits: Array = share.sum(0) + model.bias
    return logits, share, shown


@lru_cache(maxsize=256)
def read(text: str, head: Head) -> tuple[Guess, ...]:
    """Every task with its probability, the likeliest first."""
    logits, share, shown = score(text, head)
    labels = weights(head).labels
    probability = 1.0 / (1.0 + np.exp(-logits))
    order = np.argsort(-logits, kind="stable")
    return tuple(
        Guess(
            labels[t],
            round(float(probability[t]), 4),
            _because(share[:, t], shown) if probability[t] > MENTIONED else (),
        )
        for t in order
    )


#: Less probable readings are listed without the words that spoke for them.
MENTIONED = 0.02


def _because(share: Array, shown: list[str], most: int = 4) -> tuple[str, ...]:
    """The words that spoke loudest for a task, each once, loudest first."""
    words: list[str] = []
    for i in np.argsort(-share, kind="stable"):
        if share[i] <= 0 or len(words) == most:
            break
        if shown[i].lower() not in (w.lower() for w in words):
            words.append(shown[i])
    return tuple(words)


def rarity(word: str) -> float:
    """How rare an English word is, 0 (the commonest) to 1 (not among the 40,000 known)."""
    index, rows = vectors()
    rank = index.get(word.lower(), len(rows))
    return float(np.log1p(rank) / np.log1p(len(rows)))


@lru_cache(maxsize=1)
def _directions() -> Array:
    """The word vectors at length one, [N, D]."""
    rows = vectors()[1]
    length: Array = np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-6)
    return rows / length


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Array:
    """Cosines between the vectors of two lists of words, [len(one), len(other)].

    Words without a vector are like nothing: 0.
    """
    index = vectors()[0]
    cosines = np.zeros((len(one), len(other)), np.float32)
    a, b = ([(i, index[w.lower()]) for i, w in enumerate(ws) if w.lower() in index]
            for ws in (one, other))  # fmt: skip
    if a and b:
        at_a, at_b = [i for i, _ in a], [i for i, _ in b]
        rows = _directions()
        cosines[np.ix_(at_a, at_b)] = rows[[r for _, r in a]] @ rows[[r for _, r in b]].T
    return cosines


@cache
def topic_stems(slug: str, most: int = 60) -> dict[str, float]:
    """The stems that speak loudest for a task in papers; the loudest counts 1."""
    model = weights("paper")
    t = model.labels.index(slug)
    loud = {
        name[2:]: float(model.word[i, t] * model.idf[i])
        for name, i in model.index.items()
        if name.startswith("w:") and model.word[i, t] > 0
    }
    best = sorted(loud, key=lambda root: -loud[root])[:most]
    return {root: loud[root] / loud[best[0]] for root in best}
