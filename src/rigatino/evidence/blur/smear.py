"""A blur as evidence uses it: what it lets through of each frequency, and what that may be off."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.special import j1

from rigatino.deconvolution import transfer

Floats = NDArray[np.float32]
Spectrum = NDArray[np.complex64]
Size = tuple[int, int]
Kernel = tuple[str, float, float]
#: share by which the size of a kernel that was told may be off
_DOUBT = 0.1
#: what a kernel read from both pictures may be off: of what it lets through, and at least
_SLIPS, _LEAST = 0.03, 0.004
_NAMES = {"gaussian": "a Gaussian of σ", "disk": "a disk of radius", "motion": "a move of"}


@dataclass(frozen=True, eq=False)
class Smear:
    """Everywhere alike."""

    name: str
    """``gaussian``, ``disk``, ``motion`` or ``path``."""
    size: float
    angle: float
    weights: Floats | None = None
    """Odd sides, sum 1, of a path; the others follow from their size and angle."""
    linear: bool = False
    """Whether it was light that was blurred, and not stored values."""
    rival: Floats | None = None
    """The path as it was read from BEFORE alone."""
    agreement: float | None = None
    """How alike the two are, 0…1."""

    @property
    def words(self) -> str:
        """As it follows “blurred by”."""
        if self.weights is None:
            return f"{_NAMES[self.name]} {self.size:.1f} pixels"
        return f"a path across {self.size:.0f} pixels"

    @property
    def reach(self) -> int:
        """Pixels beyond which nothing of the border is felt."""
        if self.weights is not None:
            return int(max(self.weights.shape)) // 2 + 1
        share = {"gaussian": 3.0, "disk": 1.0, "motion": 0.5}[self.name]
        return math.ceil(share * self.size) + 1

    def response(self, shape: Size, stretch: float = 1.0) -> Spectrum:
        """(h, w // 2 + 1)."""
        if self.weights is not None:
            return np.asarray(transfer(self.weights, shape), np.complex64)
        return _drawn((self.name, self.size * stretch, self.angle), shape).astype(np.complex64)

    def doubt(self, shape: Size) -> Floats:
        """|K − K'|² of what K' may be: AFTER contradicts only beyond that."""
        here = self.response(shape)
        if self.weights is not None:
            return np.asarray(_SLIPS**2 * np.abs(here) ** 2 + _LEAST**2, np.float32)
        off = [np.abs(self.response(shape, 1 + by) - here) ** 2 for by in (-_DOUBT, _DOUBT)]
        return np.asarray(np.maximum(*off), np.float32)

    def dispute(self, shape: Size) -> Floats:
        """The same with what BEFORE alone says otherwise: no more than that is fixed."""
        known = self.doubt(shape)
        if self.weights is None or self.rival is None:
            return known
        other = transfer(self.rival, shape) * _moved(self.weights, self.rival, shape)
        return known + np.asarray(np.abs(self.response(shape) - other) ** 2, np.float32)

    def blurred(self, plane: Floats) -> Floats:
        """(H, W), the picture going on as its mirror image."""
        pad = self.reach if self.weights is not None else int(np.ceil(4 * self.size)) + 2
        wide = np.pad(plane, pad, mode="symmetric")
        shape = fft.next_fast_len(wide.shape[0], True), fft.next_fast_len(wide.shape[1], True)
        again = fft.irfft2(fft.rfft2(wide, shape) * self.response(shape), shape)
        h, w = plane.shape
        return np.asarray(again[pad : pad + h, pad : pad + w], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Undecided:
    """AFTER is BEFORE with a blur undone, but nothing says that BEFORE was blurred so."""

    reason: str
    size: float
    agreement: float | None = None


def told_smear(kernel: Kernel, linear: bool) -> Smear:
    """As the asker says."""
    return Smear(*kernel, linear=linear)


def _drawn(kernel: Kernel, shape: Size) -> Floats:
    """Real: all of them are even."""
    kind, size, angle = kernel
    down = fft.fftfreq(shape[0])[:, None]
    across = fft.rfftfreq(shape[1])[None]
    radius = np.hypot(down, across)
    if kind == "gaussian":
        return np.asarray(np.exp(-2 * (np.pi * size * radius) ** 2), np.float32)
    if kind == "disk":
        x = 2 * np.pi * size * radius + 1e-9
        return np.asarray(2 * j1(x) / x, np.float32)
    turn = np.deg2rad(angle)
    along = across * np.cos(turn) - down * np.sin(turn)
    return np.asarray(np.sinc(size * along), np.float32)


def _moved(one: Floats, other: Floats, shape: Size) -> Spectrum:
    """The turn of phases that lays the other on the one, to a quarter of a pixel."""
    side, fine = 128, 4
    both = transfer(one, (side, side)) * transfer(other, (side, side)).conj()
    wide = np.zeros((fine * side, fine * side // 2 + 1), np.complex128)
    half = side // 2
    wide[:half, : half + 1], wide[-half:, : half + 1] = both[:half], both[half:]
    agreed = fft.irfft2(wide, (fine * side, fine * side))
    at = np.unravel_index(int(agreed.argmax()), agreed.shape)
    down, across = ((int(n) + half * fine) % (side * fine) / fine - half for n in at)
    rows, columns = fft.fftfreq(shape[0])[:, None], fft.rfftfreq(shape[1])[None]
    turn = np.exp(-2j * np.pi * (rows * down + columns * across))
    return np.asarray(turn, np.complex64)
