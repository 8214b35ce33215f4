"""What repeats all over a picture: peaks in the mean log spectrum of its windows."""

from __future__ import annotations

import numpy as np
from scipy import fft
from scipy.ndimage import median_filter

from rigatino.diagnosis.subject import Floats, Subject, luma_of

#: pixels along the side of a window, windows per side of the picture at most
SIDE, ACROSS = 64, 14
#: the power of rounding, so that flat windows count as flat
_ROUNDING = 3.0


def standing_out(subject: Subject) -> Floats:
    """(SIDE, SIDE), middle at frequency 0: mean log power above that of the surroundings."""
    hann = np.hanning(SIDE + 2)[1:-1].astype(np.float32)
    taper = np.outer(hann, hann)
    total = np.zeros((SIDE, SIDE))
    for top in _starts(subject.height):
        for left in _starts(subject.width):
            part = luma_of(subject.colour(slice(top, top + SIDE), slice(left, left + SIDE)))
            total += np.log(np.abs(fft.fft2((part - part.mean()) * taper)) ** 2 + _ROUNDING)
    mean = fft.fftshift(total) / (len(_starts(subject.height)) * len(_starts(subject.width)))
    return np.asarray(mean - median_filter(mean, size=11, mode="wrap"), np.float32)


def _starts(length: int) -> list[int]:
    count = min(ACROSS, 2 * length // SIDE - 1)
    return np.linspace(0, length - SIDE, count).astype(int).tolist()  # type: ignore[no-any-return]


def centre(above: Floats, row: int, column: int) -> tuple[float, float]:
    """Cycles per pixel of a peak, to a fraction of a bin."""
    rows, columns = np.mgrid[-1:2, -1:2]
    near = np.exp(above[row - 1 : row + 2, column - 1 : column + 2] / 2)
    shift = ((rows * near).sum() / near.sum(), (columns * near).sum() / near.sum())
    return (row + shift[0] - SIDE // 2) / SIDE, (column + shift[1] - SIDE // 2) / SIDE
