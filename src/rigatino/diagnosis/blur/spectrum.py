"""Power spectra of windows spread over a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import fft
from scipy.special import gammaincinv

from rigatino.diagnosis.blur.fitting import Observed
from rigatino.diagnosis.blur.frequencies import RADIUS, SEEN, SIDE, Floats
from rigatino.diagnosis.subject import Subject, luma_of

#: windows per picture, at most
MOST = 144
#: share of the windows that is left out: the smoothest
SMOOTH = 0.4
#: least noise of a stored picture: half of what rounding to whole values adds
ROUNDING = 1 / 24
#: frequencies fitted at once; more cost time and tell nothing new
FITTED = 1500
_LOWEST = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Spectra:
    """(n, F) power per window, in units in which white noise of variance v has power v."""

    power: Floats
    places: Floats
    """(n, 2): middle of each window as a share of height and width."""

    def rich(self) -> Spectra:
        """Without the smoothest windows."""
        energy = self.power.mean(1)
        keep = energy >= np.quantile(energy, SMOOTH)
        return Spectra(self.power[keep], self.places[keep])

    def within(self, low: tuple[float, float], high: tuple[float, float]) -> Spectra:
        """The windows whose middle lies in a part of the picture."""
        inside = ((self.places >= low) & (self.places < high)).all(1)
        return Spectra(self.power[inside], self.places[inside])

    def __len__(self) -> int:
        return len(self.power)


def spectra(subject: Subject) -> Spectra:
    """Of up to `MOST` windows; of none if the picture is smaller than a window."""
    down, right = _starts(subject.height, subject.width)
    hann = np.hanning(SIDE + 2)[1:-1].astype(np.float32)
    taper = np.outer(hann, hann)
    taper /= np.sqrt((taper**2).sum())
    rows, places = [], []
    for top in down:
        for left in right:
            part = luma_of(subject.colour(slice(top, top + SIDE), slice(left, left + SIDE)))
            rows.append(np.abs(fft.rfft2((part - part.mean()) * taper)[SEEN]) ** 2)
            places.append((top + SIDE / 2, left + SIDE / 2))
    if not rows:
        return Spectra(np.zeros((0, len(RADIUS)), np.float32), np.zeros((0, 2), np.float32))
    size = np.array((subject.height, subject.width), np.float32)
    return Spectra(np.stack(rows).astype(np.float32), np.array(places, np.float32) / size)


def _starts(height: int, width: int) -> tuple[list[int], list[int]]:
    """First rows and first columns of windows that overlap by half, or lie apart."""
    if min(height, width) < SIDE:
        return [], []
    counts = [2 * length // SIDE - 1 for length in (height, width)]
    shrink = min(1.0, (MOST / (counts[0] * counts[1])) ** 0.5)
    down, right = (
        np.linspace(0, length - SIDE, max(1, int(count * shrink))).astype(int).tolist()
        for length, count in zip((height, width), counts, strict=True)
    )
    return down, right


def observe(spectra: Spectra) -> Observed:
    """The mean spectrum, thinned out, with the noise that lies under it."""
    power = spectra.power.mean(0)
    noise = noise_of(power)
    at = np.arange(0, len(power), max(1, len(power) // FITTED))
    log_power = np.log(power[at] + np.float32(1e-9))
    return Observed(log_power, np.full(len(at), noise, np.float32), at)


def noise_of(power: Floats) -> float:
    """The lowest power anywhere, (F,)."""
    return max(ROUNDING, 0.95 * float(np.quantile(power, _LOWEST)))


def fineness(seen: Spectra) -> float:
    """How many times the finest detail of the best fifth of the windows lies above the noise."""
    finest = seen.power[:, RADIUS > 0.4].mean(1)
    best = np.sort(finest)[-max(2, len(seen) // 5) :]
    # The lowest of many averages of n periodograms lies below their true level by this share.
    lowest = gammaincinv(len(seen), _LOWEST) / len(seen)
    return float(best.mean()) / noise_of(seen.power.mean(0)) * float(lowest)
