"""Banding: too few tones, at even distances, so that smooth skies break into steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.record import Finding, refusal
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: with more tones than this, no eye sees the steps
VISIBLE = 72
#: fewer tones than this make a drawing, not a picture with steps
FEWEST = 4
#: a tone counts as used from this share of the pixels on
USED = 1e-5
#: of the distances between used tones, so many must be alike
EVEN = 0.8


@dataclass(frozen=True, slots=True)
class Comb:
    """The used tones of one channel."""

    used: int
    """How many."""
    step: float
    """Mean distance from one to the next, of 255."""
    even: float
    """Share of the distances that are within 1 of their median."""

    @property
    def levels(self) -> int:
        """Tones over the whole scale at that distance."""
        return round(255 / self.step) + 1

    @property
    def coarse(self) -> bool:
        """Whether the steps can be seen and are regular."""
        return self.used >= FEWEST and self.levels <= VISIBLE and self.even >= EVEN


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Which tones occur at all, channel by channel."""
    del earlier
    colour = subject.sample
    combs = [_comb(colour[..., i]) for i in range(colour.shape[2])]
    if max(comb.used for comb in combs) < FEWEST:
        return refusal(BANDING.name, "the picture has fewer than four tones", tones=combs[0].used)
    coarsest = min(combs, key=lambda comb: (not comb.coarse, comb.levels))
    estimate = {"levels": coarsest.levels, "step": round(coarsest.step, 2)}
    return Finding(
        BANDING.name,
        coarsest.coarse,
        estimate if coarsest.coarse else {"levels": None, "step": round(coarsest.step, 2)},
        min(1.0, coarsest.used / 12) * coarsest.even if coarsest.coarse else 1.0,
        evidence=(_said(coarsest),),
    )


def _comb(tones: Floats) -> Comb:
    """Of (h, w) values 0 … 255."""
    counts = np.bincount(np.rint(tones).astype(np.int64).ravel(), minlength=256)
    used = np.flatnonzero(counts > max(4, USED * tones.size))
    if len(used) < 2:
        return Comb(len(used), 1.0, 0.0)
    gaps = np.diff(used)
    usual = np.sort(gaps)[len(gaps) // 2]  # one that occurs, unlike the mean of the two middle ones
    alike = np.abs(gaps - usual) <= 1
    return Comb(len(used), float(gaps[alike].mean()), float(alike.mean()))


def _said(comb: Comb) -> str:
    if not comb.coarse:
        return f"Tones follow one another at distances of {comb.step:.1f} of 255; no even steps."
    return (
        f"Only {comb.used} tones occur, {comb.step:.1f} of 255 apart, as if the scale had "
        f"{comb.levels} of them: smooth parts break into steps."
    )


BANDING = Detector(
    "banding",
    "Are there too few tones, so that smooth parts break into steps?",
    look,
    0.3,
    "Steps that were smoothed, scaled, dithered or saved lossily afterwards leave no empty tones "
    "and are not seen; pictures of fewer than four tones are drawings to it.",
)
