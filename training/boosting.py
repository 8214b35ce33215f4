"""Small boosted trees in numpy, for telling two classes apart.

Every tree has ``DEPTH`` levels and sees part of the rows and part of the columns. Columns
are cut into at most ``BINS`` bins of equal count; gradients and curvatures are summed by bin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Bins = NDArray[np.int64]

DEPTH, TREES, RATE = 4, 200, 0.04
BINS, ROWS, COLUMNS = 32, 0.6, 10
RIDGE, LEAST_WEIGHT = 1.0, 1.5


@dataclass(frozen=True)
class Tree:
    """Nodes in heap order: the children of node ``i`` are ``2 i + 1`` and ``2 i + 2``."""

    column: Bins  # shape (2**DEPTH - 1,); -1 where a node does not split
    cut: Bins  # rows with a bin above the cut go right
    value: Array  # shape (2**DEPTH,)

    def leaves(self, bins: Bins) -> Bins:
        """The leaf, counted from 0, of every row of ``bins`` (shape (rows, columns))."""
        node: Bins = np.zeros(len(bins), dtype=np.int64)
        for _ in range(DEPTH):
            column = self.column[node]
            value = bins[np.arange(len(bins)), np.maximum(column, 0)]
            node = 2 * node + 1 + ((column >= 0) & (value > self.cut[node]))
        return np.asarray(node - (2**DEPTH - 1), dtype=np.int64)


@dataclass(frozen=True)
class Boosted:
    """Trees and the bin edges they were grown on."""

    edges: tuple[Array, ...]
    trees: tuple[Tree, ...]

    def probabilities(self, x: Array) -> Array:
        """The probability of class 1 for every row."""
        bins = binned(x, self.edges)
        total = sum((tree.value[tree.leaves(bins)] for tree in self.trees), np.zeros(len(x)))
        return np.asarray(1 / (1 + np.exp(-RATE * total)))


def boost(x: Array, y: Array, seed: int = 0) -> Boosted:
    """Grow the trees one after the other on what the earlier ones leave."""
    rng = np.random.default_rng(seed)
    edges = tuple(np.unique(np.quantile(c, np.linspace(0, 1, BINS + 1)[1:-1])) for c in x.T)
    bins = binned(x, edges)
    score, trees = np.zeros(len(y)), []
    for _ in range(TREES):
        p = 1 / (1 + np.exp(-RATE * score))
        rows = rng.random(len(y)) < ROWS
        columns = rng.choice(x.shape[1], min(COLUMNS, x.shape[1]), replace=False)
        trees.append(_grow(bins[rows], (y - p)[rows], (p * (1 - p))[rows], columns))
        score += trees[-1].value[trees[-1].leaves(bins)]
    return Boosted(edges, tuple(trees))


def binned(x: Array, edges: tuple[Array, ...]) -> Bins:
    """The bin of every value, column by column."""
    return np.stack([np.searchsorted(e, c) for e, c in zip(edges, x.T, strict=True)], axis=1)


def _grow(bins: Bins, gradient: Array, curvature: Array, columns: Bins) -> Tree:
    column = np.full(2**DEPTH - 1, -1, dtype=np.int64)
    cut = np.zeros(2**DEPTH - 1, dtype=np.int64)
    node = np.zeros(len(bins), dtype=np.int64)
    for level in range(DEPTH):
        first = 2**level - 1
        for here in range(first, 2 * first + 1):
            inside = node == here
            column[here], cut[here] = _best_split(
                bins[inside], gradient[inside], curvature[inside], columns
            )
        split = column[node]
        value = bins[np.arange(len(bins)), np.maximum(split, 0)]
        node = 2 * node + 1 + ((split >= 0) & (value > cut[node]))
    leaf = node - (2**DEPTH - 1)
    sums = np.bincount(leaf, gradient, 2**DEPTH)
    weights = np.bincount(leaf, curvature, 2**DEPTH)
    return Tree(column, cut, sums / (weights + RIDGE))


def _best_split(bins: Bins, gradient: Array, curvature: Array, columns: Bins) -> tuple[int, int]:
    """The column and cut that gain most; column -1 if nothing is gained."""
    size = BINS + 1
    place = (bins[:, columns] + np.arange(len(columns)) * size).ravel()
    shape = (len(columns), size)
    g = np.bincount(place, np.repeat(gradient, len(columns)), len(columns) * size).reshape(shape)
    h = np.bincount(place, np.repeat(curvature, len(columns)), len(columns) * size).reshape(shape)
    left_g, left_h = g.cumsum(1), h.cumsum(1)
    right_g, right_h = left_g[:, -1:] - left_g, left_h[:, -1:] - left_h
    gain = left_g**2 / (left_h + RIDGE) + right_g**2 / (right_h + RIDGE)
    gain -= left_g[:, -1:] ** 2 / (left_h[:, -1:] + RIDGE)
    gain[(left_h < LEAST_WEIGHT) | (right_h < LEAST_WEIGHT)] = 0.0
    best = int(gain.argmax())
    if gain.flat[best] <= 1e-9:
        return -1, 0
    return int(columns[best // size]), best % size
