"""Sums over blocks and what they make: shares of the whole, of fine detail, per band, per block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence.record import NO_DETAIL, Shares

Sums = NDArray[np.float64]
_DOWN, _ACROSS = (n.reshape(64) for n in np.mgrid[:8, :8])
#: u + v of the 64 frequencies, row-major
ORDER = _DOWN + _ACROSS
#: mean square in grey levels below which there is no detail to speak of
LEAST = 1e-3
#: from here on detail is fine
FINE = 4
#: name -> which frequencies; the last also holds colour finer than the stored sampling
BANDS: dict[str, NDArray[np.bool_]] = {
    "u+v 1–3": (ORDER >= 1) & (ORDER <= 3),
    "u+v 4–6": (ORDER >= 4) & (ORDER <= 6),
    "u+v 7–9": (ORDER >= 7) & (ORDER <= 9),
    "u+v 10–14": ORDER >= 10,
}


@dataclass(eq=False)
class Tally:
    """One component's sums: energies in grey levels squared, weighted by sampling area."""

    frequencies: Sums = field(default_factory=lambda: np.zeros((3, 64)))
    """Recovered, filled in, contradicted."""
    finer: float = 0.0
    """Of detail finer than the stored sampling, all filled in."""
    outside: int = 0
    counted: int = 0
    pixels: int = 0
    """Of the picture that were looked at."""

    def add(self, other: Tally) -> None:
        """Another part of the same component."""
        self.frequencies += other.frequencies
        self.finer += other.finer
        self.outside += other.outside
        self.counted += other.counted
        self.pixels += other.pixels


def shares_of(sums: Iterable[float], pixels: int) -> Shares:
    """Recovered, filled in, contradicted, summed over ``pixels``."""
    parts = [float(value) for value in sums]
    total = sum(parts)
    if not pixels or total < LEAST * pixels:
        return NO_DETAIL
    return Shares(parts[0] / total, parts[1] / total, parts[2] / total, total / pixels)


def shares_by_name(tallies: list[Tally], colour: str) -> dict[str, Shares]:
    """``all`` and ``fine``, and of luma and chroma apart where there are both."""
    groups = {"": tallies}
    if len(tallies) == 3 and colour != "RGB":
        groups |= {"luma": tallies[:1], "chroma": tallies[1:]}
    named = {}
    for name, group in groups.items():
        named[name or "all"] = _selected(group, np.ones(64, np.bool_), True)
        named[f"{name} fine".strip()] = _selected(group, ORDER >= FINE, True)
    return named


def bands_of(tallies: list[Tally]) -> dict[str, Shares]:
    """From coarse to fine, all components together."""
    last = list(BANDS)[-1]
    return {name: _selected(tallies, which, name == last) for name, which in BANDS.items()}


def _selected(tallies: list[Tally], which: NDArray[np.bool_], finer: bool) -> Shares:
    sums = np.sum([tally.frequencies[:, which].sum(axis=1) for tally in tallies], axis=0)
    sums[1] += sum(tally.finer for tally in tallies) if finer else 0
    return shares_of(sums, max(tally.pixels for tally in tallies))
