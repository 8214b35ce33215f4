"""Colour cast: one tint over everything, told from the colours of the things themselves.

Two signs must agree: the contrasts of the picture (grey-edge: what is shown changes by as much
in red as in green and blue) and its brightest tones (some of which are nearly white). Each gives
the tint as logarithms of red and blue over green.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.parts import thinned
from rigatino.diagnosis.record import Finding, refusal
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: the length of the tint, in logarithms, from which on it is a cast: one picture in thirty has
#: as much without one
TINTED = 0.21
#: pixels looked at per side
_SIDE = 800
#: below this mean saturation a picture is grey, above this share pixels are cut at white
_GREY, _CUT = 0.004, 0.25
_NAMES = (
    ("reddish", 0.0), ("yellowish", 60.0), ("greenish", 120.0),
    ("cyan", 180.0), ("bluish", 240.0), ("pinkish", 300.0),
)  # fmt: skip

Pair = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tint:
    """ln(red / green) and ln(blue / green) that both signs have in common."""

    red: float
    blue: float
    strength: float
    """How far the weaker sign goes in the direction of both."""

    @property
    def gains(self) -> tuple[float, float, float]:
        """Red, green and blue of something white under this tint, the largest 1."""
        values = np.exp([self.red, 0.0, self.blue])
        red, green, blue = (round(float(v), 3) for v in values / values.max())
        return red, green, blue

    @property
    def name(self) -> str:
        """The tint in a word, by its hue."""
        red, green, blue = self.gains
        hue = math.degrees(math.atan2(math.sqrt(3) * (green - blue), 2 * red - green - blue)) % 360
        return min(_NAMES, key=lambda one: abs((hue - one[1] + 180) % 360 - 180))[0]


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Compare the channels' contrasts, and their brightest tones."""
    del earlier
    if len(subject.channels) == 1:
        return refusal(COLOUR_CAST.name, "the picture has no colours")
    rows, columns = thinned(subject.height, _SIDE), thinned(subject.width, _SIDE)
    colour = subject.colour(rows, columns)
    if float(np.ptp(colour, axis=2).mean()) < 255 * _GREY:
        return refusal(COLOUR_CAST.name, "the picture has no colours")
    if float((colour.max(axis=2) > 253).mean()) > _CUT:
        return refusal(COLOUR_CAST.name, "too much is white to tell the tint of the light")
    tint = _common(_contrasts(colour), _brightest(colour))
    found = tint.strength >= TINTED
    return Finding(
        COLOUR_CAST.name,
        found,
        {
            "strength": round(tint.strength, 3),
            "gains": tint.gains if found else None,
            "tint": tint.name if found else None,
        },
        float(min(0.9, 0.5 + abs(tint.strength - TINTED))),
        evidence=(_said(tint, found),),
    )


def _contrasts(colour: Floats) -> Pair:
    """From mean absolute differences of neighbouring rows, (h, w, 3) -> (2,)."""
    change = np.abs(np.diff(colour, axis=0)).mean(axis=(0, 1)) + 0.1
    return _logs(change)


def _brightest(colour: Floats) -> Pair:
    """From the tone of each channel that one pixel in a hundred exceeds, cut ones left out."""
    kept = colour[colour.max(axis=2) < 252]
    if len(kept) < 100:
        return np.zeros(2)
    return _logs(np.quantile(kept, 0.99, axis=0) + 4)


def _logs(channels: NDArray[np.floating]) -> Pair:
    red, green, blue = np.log(np.asarray(channels, np.float64))
    return np.array([red - green, blue - green])


def _common(*signs: Pair) -> Tint:
    """The mean of the signs, as strong as the weakest of them in its direction."""
    mean = np.mean(signs, axis=0)
    length = float(np.linalg.norm(mean)) + 1e-9
    strength = min(float(sign @ mean) / length for sign in signs)
    return Tint(float(mean[0]), float(mean[1]), max(0.0, strength))


def _said(tint: Tint, found: bool) -> str:
    if not found:
        return "Neither the contrasts nor the brightest tones share a strong tint."
    weakest = min(tint.gains)
    return (
        f"Contrasts and brightest tones alike are {tint.name}: the weakest colour has only about "
        f"{100 * weakest:.0f} % of the strongest, as under coloured light or on yellowed paper."
    )


COLOUR_CAST = Detector(
    "colour cast",
    "Does one tint lie over the whole picture?",
    look,
    0.3,
    "Weak casts are missed; a sunset, a leaf filling the picture or coloured stage light is taken "
    "for one, since from a picture alone the colour of the light and that of the things cannot "
    "be told apart with certainty; mixed light is not looked for.",
)
