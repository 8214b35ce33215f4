"""Moiré: waves that run slanting over the whole picture, as on photographs of screens."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.patterns import SIDE, centre, standing_out
from rigatino.diagnosis.record import Finding, Plain, refusal
from rigatino.diagnosis.subject import Earlier, Subject

#: logarithms by which a wave stands above its surroundings; one picture in thirty has one that does
PEAK = 2.4
#: cycles per pixel between which waves are looked for
LOWEST, HIGHEST = 1 / 12, 0.47
#: so near to upright or level, houses, fences and the borders of the picture have theirs
_AXIS = 1.5 / SIDE


def look(subject: Subject, earlier: Earlier) -> Finding:
    """The wave that stands out most."""
    if min(subject.height, subject.width) < SIDE:
        return refusal(MOIRE.name, f"the picture is smaller than {SIDE} pixels on a side")
    if "halftone" in earlier and earlier["halftone"].found:
        return refusal(MOIRE.name, "the dots of a print repeat, too")
    above = standing_out(subject)
    waves = np.where(_looked_at(), above, -np.inf)
    row, column = (int(at) for at in np.unravel_index(int(waves.argmax()), waves.shape))
    peak = float(waves[row, column])
    found = peak >= PEAK
    estimate: dict[str, Plain] = {"period": None, "angle": None, "peak": round(peak, 2)}
    if found:
        down, right = centre(above, row, column)
        estimate["period"] = round(1 / math.hypot(down, right), 2)
        estimate["angle"] = round(math.degrees(math.atan2(down, right)) % 180, 1)
    return Finding(
        MOIRE.name,
        found,
        estimate,
        float(min(0.9, 0.5 + abs(peak - PEAK) / 5)),
        evidence=(_said(estimate),),
    )


def _looked_at() -> NDArray[np.bool_]:
    """Slanting waves, neither too wide nor too narrow."""
    waves = fft.fftshift(fft.fftfreq(SIDE))
    radius = np.hypot(waves[:, None], waves)
    near_axis = np.minimum(np.abs(waves[:, None]), np.abs(waves)) < _AXIS
    return np.asarray((radius >= LOWEST) & (radius <= HIGHEST) & ~near_axis, np.bool_)


def _said(estimate: dict[str, Plain]) -> str:
    if estimate["period"] is None:
        return "No slanting waves repeat over the picture."
    return (
        f"Waves {estimate['period']} pixels apart run slanting over the whole picture, as when "
        "a screen or a weave is photographed."
    )


MOIRE = Detector(
    "moiré",
    "Do waves run over it, as on a photograph of a screen?",
    look,
    0.3,
    "Waves that run straight down or across are not told from fences and houses, curved ones and "
    "those in a part of the picture are missed, and only periods of 2.2 to 12 pixels are looked "
    "for; a slanting weave that fills the picture is taken for one.",
)
