"""Whether an estimated kernel may be relied on.

A kernel is read from the richest part of the picture, and again from two witnesses that share no
pixel. A real blur shows in both; what texture pretends to be a blur differs from place to place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy import ndimage

from rigatino.deconvolution.estimation import LARGEST, estimated
from rigatino.deconvolution.evidence import Seen, seen
from rigatino.deconvolution.families import nearest_disk, nearest_line
from rigatino.deconvolution.kernels import alike, spread, trimmed
from rigatino.deconvolution.spectra import Array
from rigatino.degradation import Defocus

Kind = Literal["free", "disk", "line", "given", "none"]
#: side of the window that a kernel is read from, and the least that suffices
WINDOW, SMALLEST = 448, 128
#: side of the window and of the kernel of a quick look, and what it finds in blurred pictures
_GLANCE, _SMALL, BRIEF = 256, 15, 1.2
#: below this there is no room for a kernel at all
_LEAST = 2 * LARGEST
#: a kernel this compact is a sharp picture's
COMPACT = 1.25
#: by so much, in logarithms, it must explain the spectrum better than no blur does
LEAD = 0.2
#: noise of 255 beyond which edges are too few
NOISIEST = 12.0
#: how alike the kernels of all witnesses must be
AGREED = 0.8
#: a form this alike replaces the estimate
FORM = 0.93
#: one this alike does so, too, if its lead in the spectrum is larger by so much
ROUGHLY, CLEARER = 0.8, 0.1


@dataclass(frozen=True, eq=False)
class Blur:
    """A kernel and what speaks for it."""

    kernel: Array
    """Odd sides, sum 1."""
    kind: Kind
    size: float
    """Radius of a disk, length of a line, else the farthest extent, pixels."""
    confidence: float
    """0…1: the least agreement among the witnesses; 1 for a kernel that was given."""
    refusal: str = ""
    """Why it may not be relied on; empty where it may."""

    @property
    def sharp(self) -> bool:
        """Whether there is nothing to undo."""
        return self.kind == "none"

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values; the kernel row by row."""
        return {
            "kind": self.kind,
            "size": round(self.size, 2),
            "confidence": round(self.confidence, 3),
            "refusal": self.refusal,
            "kernel": [[round(float(v), 5) for v in row] for row in self.kernel],
        }


def judged(luma: Array, noise: float, insist: bool = False) -> Blur:
    """(H, W) in 0…1, with noise of 255 -> the blur of it, and whether that is sure.

    ``insist``: a kernel even where it is not sure, as far as there can be one.
    """
    why = _hopeless(luma.shape, noise)
    if why and (min(luma.shape) < _LEAST or not insist):
        return _none(why)
    window, *witnesses = _witnesses(luma)
    first, spectrum = estimated(window), seen(window, noise)
    if not insist and (spread(first) < COMPACT or spectrum.lead(first) < LEAD):
        return _none("", 1.0)
    if why:
        return _named(first, spectrum, 0.0, why)
    trust = min(alike(first, estimated(part)) for part in witnesses)
    return _named(first, spectrum, trust, _refusal(trust, first))


def _hopeless(size: tuple[int, ...], noise: float) -> str:
    if min(size) < SMALLEST:
        return f"the picture is smaller than {SMALLEST} pixels on a side"
    if noise > NOISIEST:
        return f"noise of {noise:.0f} of 255 covers the edges by which a blur is told"
    return ""


def at_a_glance(luma: Array) -> float:
    """The spread, in pixels, of a kernel read in haste; below `BRIEF` a picture is sharp."""
    side = min(_GLANCE, luma.shape[0]), min(_GLANCE, luma.shape[1])
    window = _cut(luma, _richest(_richness(luma), luma.shape, side), side)
    return spread(estimated(window, _SMALL, 3))


def given(kernel: Array, kind: Kind = "given", size: float | None = None) -> Blur:
    """A kernel that the user knows."""
    return Blur(kernel, kind, float(max(kernel.shape)) if size is None else size, 1.0)


def _none(refusal: str, trust: float = 0.0) -> Blur:
    return Blur(np.ones((1, 1), np.float32), "none", 0.0, trust, refusal)


def _named(kernel: Array, spectrum: Seen, trust: float, refusal: str) -> Blur:
    """Under the name of a simple form, if it is one or if the spectrum speaks more for one."""
    form = max(nearest_disk(kernel), nearest_line(kernel), key=lambda one: one.fit)
    size = _radius(form.size, spectrum) if form.kind == "disk" else form.size
    drawn = Defocus(size).kernel() if form.kind == "disk" else form.kernel
    better = form.fit >= ROUGHLY and spectrum.lead(drawn) > spectrum.lead(kernel) + CLEARER
    if form.fit >= FORM or better:
        return Blur(drawn, "disk" if form.kind == "disk" else "line", size, trust, refusal)
    shown = trimmed(kernel)
    return Blur(shown, "free", float(max(shown.shape)), trust, refusal)


def _radius(rough: float, spectrum: Seen) -> float:
    """The radius near a rough one that the spectrum speaks for: an estimate loses its rim."""
    tried = [round(float(r), 2) for r in rough * np.linspace(0.8, 1.3, 21)]
    return max(tried, key=lambda r: spectrum.lead(Defocus(r).kernel()))


def _refusal(trust: float, kernel: Array) -> str:
    if trust < AGREED:
        return (
            f"different parts of the picture tell different paths (agreement {trust:.2f}, "
            f"at least {AGREED} is needed)"
        )
    if max(trimmed(kernel).shape) >= LARGEST:
        return f"the path reaches the limit of {LARGEST} pixels, and may be longer"
    return ""


def _witnesses(luma: Array) -> tuple[Array, Array, Array]:
    """The richest window, and two parts without a pixel in common."""
    h, w = luma.shape
    side = min(WINDOW, h), min(WINDOW, w)
    richness = _richness(luma)
    first = _richest(richness, luma.shape, side)
    if h * w >= 4 * side[0] * side[1]:
        top, left = first
        richness[max(0, top - side[0]) : top + side[0], max(0, left - side[1]) : left + side[1]] = 0
        second = _richest(richness, luma.shape, side)
        parts = _cut(luma, first, side), _cut(luma, second, side)
        return parts[0], *_halves(parts[0])[:1], parts[1]
    whole = _cut(luma, first, side)
    return whole, *_halves(whole)


def _cut(luma: Array, at: tuple[int, int], side: tuple[int, int]) -> Array:
    return luma[at[0] : at[0] + side[0], at[1] : at[1] + side[1]]


def _halves(window: Array) -> tuple[Array, Array]:
    h, w = window.shape
    if w >= h:
        return window[:, : w // 2], window[:, w // 2 :]
    return window[: h // 2], window[h // 2 :]


def _richness(luma: Array) -> Array:
    """Edge energy per pixel, each held to what an ordinary edge has."""
    slope = np.hypot(*np.gradient(ndimage.gaussian_filter(luma, 2.0)))
    return np.asarray(np.minimum(slope, 0.05), np.float32)


def _richest(richness: Array, size: tuple[int, ...], side: tuple[int, int]) -> tuple[int, int]:
    """Upper left corner of the window with most edges."""
    sums = np.pad(richness.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    step = 32
    rows = np.arange(0, size[0] - side[0] + 1, step)
    columns = np.arange(0, size[1] - side[1] + 1, step)
    (a, b), (c, d) = np.ix_(rows, columns), np.ix_(rows + side[0], columns + side[1])
    inside = sums[c, d] - sums[a, d] - sums[c, b] + sums[a, b]
    best = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(rows[best[0]]), int(columns[best[1]])
