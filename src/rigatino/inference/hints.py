"""How a network is told what is known about a picture beforehand.

A scheme turns what is known into the numbers of a network's second input; all zero means that
nothing is known. Add one: a function and a line in ``SCHEMES``; cards name schemes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging import JpegHeader

Floats = NDArray[np.float32]
Steps = NDArray[np.uint16]
#: share of the two directions in which colour is stored at half density; others are not told
_HALVED = {"grey": 0.0, "4:4:4": 0.0, "4:2:2": 0.5, "4:4:0": 0.5, "4:2:0": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The quantisation steps of a file whose block grid begins at the picture's first pixel."""

    luma: Steps
    """(8, 8)."""
    chroma: Steps | None
    """(8, 8); None for a grey file."""
    halved: float
    """0: colour stored in full, 0.5: at half density in one direction, 1: in both."""

    def to_json(self) -> dict[str, Any]:
        """The mean steps."""
        chroma = None if self.chroma is None else round(float(self.chroma.mean()), 1)
        return {
            "luma_mean_step": round(float(self.luma.mean()), 1),
            "chroma_mean_step": chroma,
            "chroma_halved": self.halved,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known about a picture before it is mended."""

    sigma: float | None = None
    """Standard deviation of white noise, on the scale 0…255."""
    tables: Tables | None = None
    worn: bool | None = None
    """Whether it is soft, noisy or was saved with losses; None where nobody asks."""
    inversion: Floats | None = None
    """(6,), of a blurred picture and its inversion (see ``deconvolution.sharpening``)."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        told = {"sigma": self.sigma, "tables": self.tables and self.tables.to_json()}
        return told if self.worn is None else told | {"worn": self.worn}


NOTHING = Known()


def tables_of(header: JpegHeader | None) -> Tables | None:
    """What the header of the very file tells; None where a network has not learnt such files."""
    if header is None or header.precision != 8 or header.colour not in ("grey", "YCbCr"):
        return None
    steps = [header.tables.get(part.table) for part in header.components]
    halved = _HALVED.get(header.sampling)
    if halved is None or any(table is None for table in steps):
        return None
    luma, chroma = steps[0], steps[1] if len(steps) == 3 else None
    return None if luma is None else Tables(luma, chroma, halved)


def noise_and_tables(known: Known, coloured: bool) -> Floats:
    """(8,): σ known, σ / 50; tables known, log₂ of the mean steps (coarse, fine) / 8; halved.

    Coarse are the six steps with u + v < 3, fine all others; first luma, then chroma, which is 0
    for a grey picture.
    """
    out = np.zeros(8, np.float32)
    if known.sigma:
        out[:2] = 1, known.sigma / 50
    if known.tables is not None:
        out[2] = 1
        out[3:5] = _log_steps(known.tables.luma)
    if known.tables is not None and known.tables.chroma is not None and coloured:
        out[5:7] = _log_steps(known.tables.chroma)
        out[7] = known.tables.halved
    return out


def wear(known: Known, coloured: bool) -> Floats:  # noqa: ARG001
    """(1,): 1 for a picture that is soft, noisy or was saved with losses; 0 for a clean one."""
    return np.array([float(bool(known.worn))], np.float32)


def inversion(known: Known, coloured: bool) -> Floats:  # noqa: ARG001
    """(6,): noise / 10; 1 if the kernel is known, if in light, if not the first; what was left."""
    return np.zeros(6, np.float32) if known.inversion is None else known.inversion


def _log_steps(table: Steps) -> tuple[float, float]:
    coarse = np.add.outer(np.arange(8), np.arange(8)) < 3
    means = (max(1.0, float(table[part].mean())) for part in (coarse, ~coarse))
    first, second = (float(np.log2(mean)) / 8 for mean in means)
    return first, second


#: every scheme a card may name, with how many numbers it tells
SCHEMES: dict[str, tuple[int, Callable[[Known, bool], Floats]]] = {
    "noise-and-tables": (8, noise_and_tables),
    "wear": (1, wear),
    "inversion": (6, inversion),
}
