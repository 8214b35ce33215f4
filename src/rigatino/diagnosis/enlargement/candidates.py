"""Which factors are worth trying: the usual ones, and those whose rhythm shows.

Interpolation smooths by an amount that depends on where a pixel falls between the samples, so
that the size of second differences repeats with the factor r: a peak at the frequency 1/r,
or at its mirror image 1 − 1/r.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.subject import Floats

#: factors that programs offer, tried whatever the rhythm says (that of 2 leaves none)
USUAL = (1.25, 4 / 3, 1.5, 5 / 3, 2.0, 2.5, 3.0, 4.0)
SMALLEST, LARGEST = 1.2, 4.6
_PEAKS = 5
_SMOOTH = 15


def factors(plane: Floats) -> list[float]:
    """Factors along the columns of (pixels, lines), each a whole number of samples."""
    length = len(plane)
    rhythm = _rhythm(plane)
    peaks = [int(at) for at in np.argsort(-rhythm)[:_PEAKS]]
    samples = {count for at in peaks for count in (at, length - at)}
    samples |= {round(length / factor) for factor in USUAL}
    found = [length / count for count in samples if count > 0]
    return sorted(factor for factor in found if SMALLEST <= factor <= LARGEST)


def _rhythm(plane: Floats) -> NDArray[np.float64]:
    """Spectrum of the mean second difference, by number of samples in the line."""
    second = np.abs(np.diff(plane, 2, axis=0)).mean(axis=1)
    level = np.log(np.pad(second, 1, mode="edge") + 0.05)
    around = np.pad(level, _SMOOTH // 2, mode="edge")
    level = level - np.convolve(around, np.full(_SMOOTH, 1 / _SMOOTH), "valid")
    spectrum = np.abs(np.fft.rfft(level * np.hanning(len(level))))
    spectrum[: int(len(level) / LARGEST)] = 0
    return np.asarray(spectrum, np.float64)
