"""Shapes of blur, as the share of the power that each frequency keeps."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import j1

from rigatino.diagnosis.blur.frequencies import Floats, grid, smeared

#: pixels; beyond the goals at both ends, so that an estimate at the border shows as such
RADII: Floats = np.r_[np.arange(0.5, 3.01, 0.25), np.arange(3.4, 8.0, 0.3)].astype(np.float32)
SIGMAS: Floats = (0.5 * 1.15 ** np.arange(16)).astype(np.float32)
LENGTHS: Floats = (5 * 1.1 ** np.arange(21)).astype(np.float32)
ANGLES: Floats = np.arange(0, 180, 10, dtype=np.float32)


def disks(radii: NDArray[np.float32]) -> Floats:
    """Out of focus by a disk of r pixels: (2 J₁(2π r f) / (2π r f))²; (T,) -> (T, F)."""
    down, right = grid()
    x = 2 * np.pi * radii[:, None, None] * np.hypot(down, right) + np.float32(1e-6)
    return smeared(((2 * j1(x) / x) ** 2).astype(np.float32))


def lines(lengths: NDArray[np.float32], angles: NDArray[np.float32]) -> Floats:
    """Moved by l pixels, a degrees counter-clockwise: sinc²(l · f along the way); -> (T, F)."""
    turn = np.deg2rad(angles)[:, None, None].astype(np.float32)
    down, right = grid()
    along = right * np.cos(turn) - down * np.sin(turn)
    return smeared((np.sinc(lengths[:, None, None] * along) ** 2).astype(np.float32))


def bells(sigmas: NDArray[np.float32]) -> Floats:
    """A Gaussian of σ pixels: exp(−4 π² σ² f²); (T,) -> (T, F)."""
    down, right = grid()
    squared = (down**2 + right**2) * np.float32(4 * np.pi**2)
    return smeared(np.exp(-(sigmas[:, None, None] ** 2) * squared).astype(np.float32))


def moves() -> tuple[Floats, Floats]:
    """Every length with every angle, (T,) each."""
    lengths, angles = np.meshgrid(LENGTHS, ANGLES)
    return lengths.ravel(), angles.ravel()


@cache
def all_disks() -> Floats:
    """One row per radius."""
    return disks(RADII)


@cache
def all_bells() -> Floats:
    """One row per σ."""
    return bells(SIGMAS)


@cache
def all_lines() -> Floats:
    """One row per move."""
    return lines(*moves())
