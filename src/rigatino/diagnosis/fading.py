"""Fading: blacks have become grey, whites dull, colours pale, all over the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.parts import thinned
from rigatino.diagnosis.record import Finding, refusal
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: the darkest channel's darkest tone, from which on no ink or silver is left that is black
GREY_BLACK = 34.0
#: the brightest tone up to which paper is no longer white
DULL_WHITE = 235.0
#: colours of at most this median saturation are pale
PALE = 0.32
#: a picture whose tones span less than this shows nothing that could have faded
HARDLY_ANY = 24.0
#: pixels looked at per side
_SIDE = 800


@dataclass(frozen=True, slots=True)
class Tones:
    """Where a picture's tones begin and end, 0 … 255, and how colourful they are, 0 … 1."""

    darkest: float
    brightest: float
    saturation: float

    @property
    def faded(self) -> bool:
        """Grey blacks, dull whites and pale colours, all three."""
        pale = self.saturation <= PALE
        return self.darkest >= GREY_BLACK and self.brightest <= DULL_WHITE and pale


def look(subject: Subject, earlier: Earlier) -> Finding:
    """The ends of the tones, leaving out the last half of a per cent."""
    del earlier
    tones = _tones(subject)
    if tones.brightest - tones.darkest < HARDLY_ANY:
        return refusal(FADING.name, "the picture has hardly any tones at all")
    return Finding(
        FADING.name,
        tones.faded,
        {
            "darkest": round(tones.darkest, 1),
            "brightest": round(tones.brightest, 1),
            "saturation": round(tones.saturation, 3),
        },
        _trust(tones),
        evidence=(_said(tones),),
    )


def _tones(subject: Subject) -> Tones:
    rows, columns = thinned(subject.height, _SIDE), thinned(subject.width, _SIDE)
    colour: Floats = subject.colour(rows, columns).reshape(-1, len(subject.channels))
    most, least = colour.max(1), colour.min(1)
    return Tones(
        float(np.quantile(colour, 0.005, axis=0).min()),
        float(np.quantile(colour.mean(1), 0.995)),
        float(np.median((most - least) / (most + 1))),
    )


def _trust(tones: Tones) -> float:
    """½ at the limit of the blacks, more on either side."""
    return float(min(1.0, 0.5 + abs(tones.darkest - GREY_BLACK) / 40))


def _said(tones: Tones) -> str:
    ends = f"The darkest tone is {tones.darkest:.0f} and the brightest {tones.brightest:.0f} of 255"
    if tones.faded:
        return f"{ends}, and colours are pale: there is no true black and no true white left."
    return f"{ends}; with the colours there are, that is no fading."


FADING = Detector(
    "fading",
    "Have blacks turned grey, whites dull and colours pale?",
    look,
    0.3,
    "Fog and studio haze look the same as fading; a fading that left the blacks below 34 of 255 "
    "is not told from a soft print, and how colours were before cannot be known.",
)
