"""The parts of a picture that a kernel is read from: those with most edges."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from rigatino.deconvolution.spectra import Array

#: side of the window that a kernel is read from
WINDOW = 448


def witnesses(luma: Array) -> tuple[Array, Array, Array]:
    """The richest window, and two parts without a pixel in common."""
    h, w = luma.shape
    side = min(WINDOW, h), min(WINDOW, w)
    edges = _edges(luma)
    first = _richest(edges, luma.shape, side)
    if h * w >= 4 * side[0] * side[1]:
        top, left = first
        edges[max(0, top - side[0]) : top + side[0], max(0, left - side[1]) : left + side[1]] = 0
        second = _richest(edges, luma.shape, side)
        window = _cut(luma, first, side)
        return window, halves(window)[0], _cut(luma, second, side)
    whole = _cut(luma, first, side)
    return whole, *halves(whole)


def richest(luma: Array, side: int) -> Array:
    """The part of at most this side that has most edges."""
    size = min(side, luma.shape[0]), min(side, luma.shape[1])
    return _cut(luma, edges_at(luma, side), size)


def edges_at(luma: Array, side: int) -> tuple[int, int]:
    """The upper left corner of that part."""
    size = min(side, luma.shape[0]), min(side, luma.shape[1])
    return _richest(_edges(luma), luma.shape, size)


def halves(window: Array) -> tuple[Array, Array]:
    """Two parts side by side, across the longer side."""
    h, w = window.shape
    if w >= h:
        return window[:, : w // 2], window[:, w // 2 :]
    return window[: h // 2], window[h // 2 :]


def _cut(luma: Array, at: tuple[int, int], side: tuple[int, int]) -> Array:
    return luma[at[0] : at[0] + side[0], at[1] : at[1] + side[1]]


def _edges(luma: Array) -> Array:
    """Edge energy per pixel, each held to what an ordinary edge has."""
    slope = np.hypot(*np.gradient(ndimage.gaussian_filter(luma, 2.0)))
    return np.asarray(np.minimum(slope, 0.05), np.float32)


def _richest(edges: Array, size: tuple[int, ...], side: tuple[int, int]) -> tuple[int, int]:
    """Upper left corner of the window with most edges."""
    sums = np.pad(edges.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    step = 32
    rows = np.arange(0, size[0] - side[0] + 1, step)
    columns = np.arange(0, size[1] - side[1] + 1, step)
    (a, b), (c, d) = np.ix_(rows, columns), np.ix_(rows + side[0], columns + side[1])
    inside = sums[c, d] - sums[a, d] - sums[c, b] + sums[a, b]
    best = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(rows[best[0]]), int(columns[best[1]])
