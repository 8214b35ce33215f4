"""Which shape of blur explains a spectrum best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rigatino.diagnosis.blur.fitting import Observed, losses
from rigatino.diagnosis.blur.frequencies import RADIUS, Floats
from rigatino.diagnosis.blur.shapes import (
    RADII,
    SIGMAS,
    all_bells,
    all_disks,
    all_lines,
    lines,
    moves,
)

#: a radius this far from the best counts as another one
APART = 0.5
#: lengths whose ratio is e to this count as different
OTHER = 0.2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Losses of the best of each kind (lower is better), with what it was."""

    sharp: float
    disk: float
    radius: float
    radius_lead: float
    """How much worse the best radius is that differs by more than `APART`."""
    bell: float
    sigma: float
    line: float
    length: float
    angle: float
    length_lead: float
    """How much worse the best length is that differs clearly."""


def compare(observed: Observed) -> Comparison:
    """Fit a sharp picture, disks, Gaussians and lines."""
    sharp = float(losses(observed, np.ones((1, len(RADIUS)), np.float32))[0])
    disk, bell = losses(observed, all_disks()), losses(observed, all_bells())
    best = int(disk.argmin())
    line, length, angle, length_lead = _moved(observed.thinned(2))
    return Comparison(
        sharp,
        float(disk[best]),
        float(RADII[best]),
        _lead(disk, np.abs(RADII - RADII[best]) > APART),
        float(bell.min()),
        float(SIGMAS[bell.argmin()]),
        line,
        length,
        angle,
        length_lead,
    )


def nearest_radius(observed: Observed) -> tuple[float, float]:
    """The radius of the best disk, and how much better it is than a sharp picture."""
    disk = losses(observed, all_disks())
    sharp = float(losses(observed, np.ones((1, len(RADIUS)), np.float32))[0])
    return float(RADII[disk.argmin()]), sharp - float(disk.min())


def _moved(observed: Observed) -> tuple[float, float, float, float]:
    """Loss, length, angle and lead of the best line: a coarse search, then a fine one."""
    lengths, angles = _around(losses(observed, all_lines(), 5))
    fine = losses(observed, lines(lengths, angles))
    best = int(fine.argmin())
    other = np.abs(np.log(lengths / lengths[best])) > OTHER
    return (
        float(fine[best]),
        float(lengths[best]),
        float(angles[best] % 180),
        _lead(fine, other),
    )


def _around(coarse: Floats, count: int = 3) -> tuple[Floats, Floats]:
    """Lengths and angles near the ``count`` best clearly different lengths."""
    lengths, angles = moves()
    picked: list[int] = []
    for one in np.argsort(coarse):
        if all(abs(np.log(lengths[one] / lengths[p])) > OTHER for p in picked):
            picked.append(int(one))
        if len(picked) == count:
            break
    stretch = 1.1 ** np.linspace(-1, 1, 5, dtype=np.float32)
    turn = np.linspace(-8, 8, 5, dtype=np.float32)
    near = [np.meshgrid(lengths[p] * stretch, angles[p] + turn) for p in picked]
    return (
        np.concatenate([n[0].ravel() for n in near]).astype(np.float32),
        np.concatenate([n[1].ravel() for n in near]).astype(np.float32),
    )


def _lead(loss: Floats, other: np.ndarray) -> float:
    return float(loss[other].min() - loss.min())
