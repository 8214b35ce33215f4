"""How well a shape of blur explains a spectrum.

The power of a sharp picture falls with frequency, a little differently per direction; blur
multiplies it, noise lies under it:

    log P(f) ≈ log( exp(b(f) · c) · H(f) + N ),    b = 1, log f, cos 2φ, sin 2φ, cos 4φ, sin 4φ, f²

c is found for every shape H at once by damped Gauss-Newton steps on a Huber loss, held near what
pictures usually have, so that it cannot bend into the shape of a blur.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.blur.frequencies import DOWN, RADIUS, RIGHT, Floats

#: usual c of pictures, and how far they stray from it; f² stands for the lens and the sensor
USUAL: Floats = np.array((0, -2.4, 0, 0, 0, 0, -5), np.float32)
STRAY: Floats = np.array((50, 0.5, 0.3, 0.3, 0.3, 0.3, 6), np.float32)
#: weight of straying against the mean loss
HOLD = 0.02
#: beyond this difference of logarithms the loss grows only linearly
KNEE = 0.7
_STEPS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """A spectrum to be explained, at some of the frequencies."""

    log_power: Floats
    """(f,)."""
    noise: Floats
    """(f,): the power under which nothing can be seen."""
    at: NDArray[np.int64]
    """(f,): which of the frequencies."""

    @property
    def base(self) -> Floats:
        """(f, 7): b."""
        radius, turn = RADIUS[self.at], np.arctan2(DOWN[self.at], RIGHT[self.at])
        waves = (np.cos(2 * turn), np.sin(2 * turn), np.cos(4 * turn), np.sin(4 * turn))
        columns = (np.ones_like(radius), np.log(radius / 0.1), *waves, radius**2)
        return np.stack(columns, 1).astype(np.float32)

    def thinned(self, step: int) -> Observed:
        """Every so-manieth frequency."""
        return Observed(self.log_power[::step], self.noise[::step], self.at[::step])


@dataclass(slots=True, eq=False)
class _Search:
    """The state of all shapes' searches, T of them."""

    c: Floats
    loss: Floats
    damping: Floats
    normal: Floats
    slope: Floats


def losses(observed: Observed, kept: Floats, steps: int = _STEPS) -> Floats:
    """The loss of each shape, given as (T, F) shares of power kept; (T,)."""
    base = observed.base
    log_kept = np.log(kept[:, observed.at] + np.float32(1e-6))
    search = _start(observed, base, log_kept)
    for _ in range(steps):
        _step(search, observed, base, log_kept)
    return search.loss


def _start(observed: Observed, base: Floats, log_kept: Floats) -> _Search:
    """The usual slopes, at the level of the low frequencies."""
    shapes = len(log_kept)
    c = np.tile(USUAL, (shapes, 1))
    low = base[:, 1] <= np.quantile(base[:, 1], 0.4)
    rest = observed.log_power - base @ USUAL
    c[:, 0] = np.median(rest[low] - log_kept[:, low], axis=1)
    search = _Search(c, *(np.zeros(0, np.float32),) * 4)
    search.loss, search.normal, search.slope = _evaluate(c, observed, base, log_kept)
    search.damping = np.full(shapes, 1e-3, np.float32)
    return search


def _step(search: _Search, observed: Observed, base: Floats, log_kept: Floats) -> None:
    """One step for every shape, taken back where it made things worse."""
    width = base.shape[1]
    diagonal = np.einsum("tii->ti", search.normal)[..., None] * np.eye(width, dtype=np.float32)
    held = search.normal + search.damping[:, None, None] * (diagonal + np.float32(1e-4))
    moved = search.c + np.linalg.solve(held, search.slope[..., None])[..., 0]
    loss, normal, slope = _evaluate(moved, observed, base, log_kept)
    better = loss < search.loss
    search.c = np.where(better[:, None], moved, search.c)
    search.loss = np.where(better, loss, search.loss)
    search.normal = np.where(better[:, None, None], normal, search.normal)
    search.slope = np.where(better[:, None], slope, search.slope)
    search.damping = search.damping * np.where(better, 0.3, 8).astype(np.float32)


def _evaluate(
    c: Floats, observed: Observed, base: Floats, log_kept: Floats
) -> tuple[Floats, Floats, Floats]:
    """Loss (T,), normal matrix (T, 7, 7) and slope (T, 7) at c (T, 7)."""
    signal = np.exp(np.minimum(c @ base.T + log_kept, 40))
    power = signal + observed.noise
    rest = observed.log_power - np.log(power)
    size = np.abs(rest)
    loss = np.where(size < KNEE, 0.5 * rest * rest, KNEE * (size - KNEE / 2)).mean(1)
    stray = (c - USUAL) / STRAY
    loss = loss + HOLD * 0.5 * (stray**2).sum(1)
    share = signal / power
    weight = share / np.maximum(1, size / KNEE)
    squares = (base[:, :, None] * base[:, None, :]).reshape(len(base), -1) / len(base)
    width = base.shape[1]
    normal = ((share * weight) @ squares).reshape(-1, width, width) + HOLD * np.diag(1 / STRAY**2)
    slope = (weight * rest) @ base / len(base) - HOLD * stray / STRAY
    return loss.astype(np.float32), normal.astype(np.float32), slope.astype(np.float32)
