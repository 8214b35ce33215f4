"""Whether an estimated kernel may be relied on.

A kernel is read from the richest part of the picture, and again from two witnesses that share no
pixel. A real blur shows in all of them; what texture pretends to be a blur differs from place to
place. A real blur also has gaps in its spectrum in which the picture is empty (see ``gaps``): no
sharp picture is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np

from rigatino.deconvolution.estimation import LARGEST, estimated
from rigatino.deconvolution.evidence import Seen, seen
from rigatino.deconvolution.gaps import FILLED, gaps
from rigatino.deconvolution.kernels import alike, spread, trimmed
from rigatino.deconvolution.naming import named
from rigatino.deconvolution.parts import richest, witnesses
from rigatino.deconvolution.spectra import Array

Kind = Literal["free", "disk", "line", "given", "none"]
#: side of the smallest picture that suffices
SMALLEST = 128
#: side of the window and of the kernel of a quick look, and what it finds in blurred pictures
_GLANCE, _SMALL, BRIEF = 256, 15, 1.2
#: below this there is no room for a kernel at all
_LEAST = 2 * LARGEST
#: a kernel this compact may be a sharp picture's; how much wider a drawn form may count
COMPACT, _WIDER = 1.25, 1.5
#: by so much, in logarithms, it must explain the spectrum better than no blur does; a compact one
#: by so much more
LEAD, CLEAR = 0.1, 0.6
#: noise of 255 beyond which edges are too few
NOISIEST = 12.0
#: how alike the kernels of all witnesses must be, each to each
AGREED = 0.75


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
    why = hopeless(luma.shape, noise)
    if why and (min(luma.shape) < _LEAST or not insist):
        return none(why)
    window, *others = witnesses(luma)
    first, spectrum = estimated(window), seen(window, noise)
    blur = described(first, spectrum)
    if not insist and not shows(blur, first, spectrum, window, noise):
        return none("", 1.0)
    if why:
        return trusted(blur, 0.0, why)
    trust = agreement(first, *(estimated(part) for part in others))
    return trusted(blur, trust, _refusal(trust, first))


def hopeless(size: tuple[int, ...], noise: float) -> str:
    """Why nothing can be read at all; empty if something may."""
    if min(size) < SMALLEST:
        return f"the picture is smaller than {SMALLEST} pixels on a side"
    if noise > NOISIEST:
        return f"noise of {noise:.0f} of 255 covers the edges by which a blur is told"
    return ""


def at_a_glance(luma: Array) -> float:
    """The spread, in pixels, of a kernel read in haste; below `BRIEF` a picture is sharp."""
    return spread(estimated(richest(luma, _GLANCE), _SMALL, 3))


def given(kernel: Array, kind: Kind = "given", size: float | None = None) -> Blur:
    """A kernel that the user knows."""
    return Blur(kernel, kind, float(max(kernel.shape)) if size is None else size, 1.0)


def none(refusal: str, trust: float = 0.0) -> Blur:
    """Nothing to undo, or nothing that may be."""
    return Blur(np.ones((1, 1), np.float32), "none", 0.0, trust, refusal)


def described(kernel: Array, spectrum: Seen) -> Blur:
    """Under the name of a simple form, if it is one."""
    form = named(kernel, spectrum)
    if form is not None:
        return Blur(form.kernel, "disk" if form.kind == "disk" else "line", form.size, 0.0)
    shown = trimmed(kernel)
    return Blur(shown, "free", float(max(shown.shape)), 0.0)


def trusted(blur: Blur, trust: float, refusal: str = "") -> Blur:
    """The same with what is to be said of it."""
    return Blur(blur.kernel, blur.kind, blur.size, trust, refusal)


def shows(blur: Blur, first: Array, spectrum: Seen, window: Array, noise: float) -> bool:
    """Whether an estimate is more than what any sharp picture gives."""
    compact = min(spread(first), _WIDER * spread(blur.kernel)) < COMPACT
    if max(spectrum.lead(first), spectrum.lead(blur.kernel)) < (CLEAR if compact else LEAD):
        return False
    return gaps(window, blur.kernel, noise).filled < FILLED


def agreement(*kernels: Array) -> float:
    """How alike the two are that are least alike: a sum of two paths is a little like both."""
    return min(alike(one, other) for one, other in combinations(kernels, 2))


def _refusal(trust: float, kernel: Array) -> str:
    if trust < AGREED:
        return (
            f"different parts of the picture tell different paths (agreement {trust:.2f}, "
            f"at least {AGREED} is needed)"
        )
    if max(trimmed(kernel).shape) >= LARGEST:
        return f"the path reaches the limit of {LARGEST} pixels, and may be longer"
    return ""
