"""Blur: none, out of focus (radius) or moved (length and angle), and where."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rigatino.diagnosis.blur.comparison import Comparison, compare, nearest_radius
from rigatino.diagnosis.blur.frequencies import RADIUS, SIDE, Floats
from rigatino.diagnosis.blur.spectrum import Spectra, fineness, observe, spectra
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.record import Finding, Map, Plain, refusal
from rigatino.diagnosis.subject import Earlier, Subject

#: by so much a shape must explain the spectrum better than its rivals
GAIN = 0.025
#: a disk of this radius on is worth repairing; lenses and demosaicking make half of it
VISIBLE = 1.4
#: lengths beyond this were only guessed at
LONGEST = 30.0
#: leads below which the runner-up may as well be right
RADIUS_LEAD, LENGTH_LEAD = 0.012, 0.01
#: a disk must beat a Gaussian by this much to be called one
DISK_LEAD = 0.02
#: where a sharp picture has most fine detail, that stands this many times above the noise
FINE = 1.25
#: a saving of this quality or above leaves the zeros of a blur in place
HARMLESS = 97
#: logarithms: after a lossy saving, a picture is sharp if power falls no more than STEEP from
#: waves of 10 to waves of 4 pixels, and still is LOUD there
STEEP, LOUD = 2.4, 3.0
#: the same fall without a saving: no sharp picture is steeper
STEEPEST = 3.4
#: windows that a part of the picture needs to be judged on its own
ENOUGH = 8


@dataclass(frozen=True, slots=True)
class _Reading:
    """The mean spectrum and what explains it."""

    fit: Comparison
    fine: float
    fall: float
    loud: float
    saved: bool

    @property
    def soft_gain(self) -> float:
        return self.fit.sharp - min(self.fit.disk, self.fit.bell)

    @property
    def line_gain(self) -> float:
        return min(self.fit.sharp, self.fit.disk, self.fit.bell) - self.fit.line


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Compare shapes of blur on the power spectrum of the richer windows."""
    if min(subject.height, subject.width) < SIDE:
        return refusal(BLUR.name, f"the picture is smaller than {SIDE} pixels on a side")
    if _found(earlier, "enlargement"):
        return refusal(BLUR.name, "the picture was enlarged, which softens it by itself")
    seen = spectra(subject)
    reading = _read(seen.rich(), _lossy(earlier))
    if reading.line_gain >= GAIN:
        return _moved(reading)
    if reading.soft_gain >= GAIN and not (reading.saved and reading.fit.radius < VISIBLE):
        return _soft(reading, seen)
    return _sharp(reading, seen, _found(earlier, "noise"))


def _read(seen: Spectra, saved: bool) -> _Reading:
    power = seen.power.mean(0)
    near, far = _level(power, 0.08, 0.12), _level(power, 0.2, 0.26)
    return _Reading(compare(observe(seen)), fineness(seen), near - far, far, saved)


def _level(power: Floats, low: float, high: float) -> float:
    return math.log(float(np.median(power[(low < RADIUS) & (high > RADIUS)])) + 1e-9)


def _found(earlier: Earlier, name: str) -> bool:
    return name in earlier and earlier[name].found


def _lossy(earlier: Earlier) -> bool:
    """Whether a saving was coarse enough to fill up the zeros of a spectrum."""
    if "compression" not in earlier:
        return False
    quality = earlier["compression"].estimate.get("quality")
    return isinstance(quality, int | float) and quality < HARMLESS


def _moved(reading: _Reading) -> Finding:
    fit = reading.fit
    estimate: dict[str, Plain] = {
        "kind": "motion",
        "length": round(fit.length, 1),
        "angle": round(fit.angle, 1),
    }
    if fit.length > LONGEST or fit.length_lead < LENGTH_LEAD:
        return refusal(BLUR.name, "moved, but several lengths fit about as well", **estimate)
    said = (
        f"Whole stripes of frequencies are missing at even distances, as when everything moves "
        f"by {fit.length:.0f} pixels at {fit.angle:.0f}° (0° is sideways, 90° is up).",
    )
    return Finding(BLUR.name, True, estimate, _trust(reading.line_gain), evidence=said)


def _soft(reading: _Reading, seen: Spectra) -> Finding:
    fit = reading.fit
    disk = fit.disk + DISK_LEAD <= fit.bell
    estimate: dict[str, Plain] = {
        "kind": "defocus" if disk else "soft",
        "radius": round(fit.radius, 2),
        "sigma": round(fit.sigma, 2),
    }
    apart = abs(math.log(fit.radius / (2 * fit.sigma))) > math.log(2)
    if fit.radius_lead < RADIUS_LEAD or (apart and not disk):
        return refusal(BLUR.name, "soft, but several radii fit about as well", **estimate)
    where, spread = _places(seen, reading)
    return Finding(
        BLUR.name,
        fit.radius >= VISIBLE,
        estimate | spread,
        _trust(reading.soft_gain),
        evidence=(_said(fit, disk),),
        map=where,
    )


def _said(fit: Comparison, disk: bool) -> str:
    if disk:
        return (
            f"The finest detail is missing in rings of the spectrum, as a lens leaves it that is "
            f"out of focus by a disk of radius {fit.radius:.1f} pixels."
        )
    return (
        f"Fine detail is weak in every direction, as after a disk of radius {fit.radius:.1f} or "
        f"a Gaussian of σ {fit.sigma:.1f} pixels; which of them cannot be told."
    )


def _sharp(reading: _Reading, seen: Spectra, noisy: bool) -> Finding:
    estimate: dict[str, Plain] = {"kind": "none"}
    if reading.saved and (reading.fall > STEEP or reading.loud < LOUD):
        return refusal(
            BLUR.name, "the lossy saving rounded away the detail by which blur is told", **estimate
        )
    if noisy and reading.fine < FINE:
        return refusal(BLUR.name, "the noise covers the fine detail by which blur is told")
    if not reading.saved and (reading.fine < FINE or reading.fall > STEEPEST):
        return refusal(
            BLUR.name, "there is no fine detail: blurred beyond measure, or simply smooth",
            **estimate,
        )  # fmt: skip
    where, spread = _places(seen, reading)
    said = ("Fine detail falls off as in a sharp picture; no frequencies are missing.",)
    trust = min(1.0, 0.6 + 4 * max(0.0, GAIN - max(reading.soft_gain, reading.line_gain)))
    return Finding(BLUR.name, False, estimate | spread, trust, evidence=said, map=where)


def _places(seen: Spectra, reading: _Reading) -> tuple[Map | None, dict[str, Plain]]:
    """The radius in each ninth of the picture (0: sharp), if windows suffice."""
    if reading.saved:
        return None, {}
    radii = np.full((3, 3), np.nan, np.float32)
    for row, column in np.ndindex(3, 3):
        part = seen.within((row / 3, column / 3), ((row + 1) / 3, (column + 1) / 3))
        if len(part) < ENOUGH:
            return None, {}
        radius, gain = nearest_radius(observe(part.rich()))
        radii[row, column] = radius if gain >= 2 * GAIN else 0.0
    least, most = (round(float(radius), 2) for radius in (radii.min(), radii.max()))
    shown = np.asarray((radii / 8).clip(0, 1), np.float32)
    return shown, {"radius_least": least, "radius_most": most}


def _trust(gain: float) -> float:
    """½ at the least gain, 0.95 at ten times as much."""
    return float(min(0.95, 0.5 + 0.45 * math.log10(max(gain, GAIN) / GAIN)))


BLUR = Detector(
    "blur",
    "Is the picture out of focus or moved, and by how much?",
    look,
    0.3,
    "Kernels of any other form (camera shake, several movements at once) are not told; below a "
    "radius of 1.4 pixels a disk, a Gaussian and an honest lens look alike; lossy saving fills the "
    "gaps in the spectrum, and then it declines rather than guess.",
)
