"""Halftone: the dots of a printed picture, as peaks in the spectrum at right angles."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.patterns import SIDE, centre, standing_out
from rigatino.diagnosis.record import Finding, refusal
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: logarithms by which a dot screen's two peaks stand above their surroundings; no picture's do
PEAK = 2.5
#: cycles per pixel between which screens are looked for
LOWEST, HIGHEST = 1 / 14, 0.47


@dataclass(frozen=True, slots=True)
class Screen:
    """The strongest pair of peaks at right angles."""

    peak: float
    """How far the weaker of the two stands out."""
    pitch: float
    """Pixels from dot to dot."""
    angle: float
    """Degrees clockwise, 0 … 90."""


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Average the logarithms of the spectra of windows: what is everywhere remains."""
    del earlier
    if min(subject.height, subject.width) < SIDE:
        return refusal(HALFTONE.name, f"the picture is smaller than {SIDE} pixels on a side")
    screen = _screen(standing_out(subject))
    found = screen.peak >= PEAK
    return Finding(
        HALFTONE.name,
        found,
        {
            "pitch": round(screen.pitch, 2) if found else None,
            "angle": round(screen.angle, 1) if found else None,
            "peak": round(screen.peak, 2),
        },
        float(min(1.0, 0.5 + abs(screen.peak - PEAK) / 4)),
        evidence=(_said(screen, found),),
    )


def _screen(above: Floats) -> Screen:
    """A frequency and the one at right angles to it, the weaker of which stands out most."""
    turned = np.roll(np.rot90(above), (1, 0), (0, 1))  # frequency 0 stays where it was
    pair = np.where(_looked_at(), np.minimum(above, turned), -np.inf)
    row, column = np.unravel_index(int(pair.argmax()), pair.shape)
    down, right = centre(above, int(row), int(column))
    pitch = 1 / max(math.hypot(down, right), LOWEST)
    return Screen(float(pair[row, column]), pitch, math.degrees(math.atan2(down, right)) % 90)


def _looked_at() -> NDArray[np.bool_]:
    """Neither too coarse nor too fine, and not where 8×8 squares or borders put their power."""
    waves = fft.fftshift(fft.fftfreq(SIDE))
    radius = np.hypot(waves[:, None], waves)
    near_axis = np.minimum(np.abs(waves[:, None]), np.abs(waves)) < 1.5 / SIDE
    squares = np.abs(8 * radius - np.rint(8 * radius)) < 0.07
    looked = (radius >= LOWEST) & (radius <= HIGHEST) & ~(near_axis & squares)
    return np.asarray(looked, np.bool_)


def _said(screen: Screen, found: bool) -> str:
    if not found:
        return "No pattern of dots repeats over the picture."
    return (
        f"All over the picture a pattern repeats every {screen.pitch:.1f} pixels in two directions "
        f"at right angles, turned by {screen.angle:.0f}°: the dots of a print."
    )


HALFTONE = Detector(
    "halftone",
    "Is this a scanned print, made of dots?",
    look,
    0.3,
    "Dots closer than 2.2 or wider than 14 pixels apart are not seen; where several "
    "screens lie on one another only the strongest is measured.",
)
