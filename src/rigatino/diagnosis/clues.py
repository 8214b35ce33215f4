"""The clue map of a JPEG: what of each 8×8 square the file still knows.

A JPEG stores 64 numbers a square: its average, a few for coarse changes (edges) and many for
fine ones (texture). Saving divides each by a step and rounds; what rounds to zero is gone. A
number that the file did not send (a download that broke off) is neither kept nor rounded away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.figures import percent
from rigatino.imaging import ComponentCoefficients, JpegCoefficients, row_bands

#: of a square: nothing received; its average; coarse changes too; fine changes too
NOTHING, AVERAGE, EDGES, TEXTURE = range(4)
LEVELS = ("nothing", "average", "edges", "texture")
#: block rows looked at in one go: at most some megabytes of a usual picture
_BAND = 32
#: ``unread`` of a coefficient of which no bit was received
_MISSING = 255
_FREQUENCY = np.add.outer(np.arange(8), np.arange(8))
_COARSE = (_FREQUENCY > 0) & (_FREQUENCY < 4)
_FINE = _FREQUENCY >= 4


@dataclass(frozen=True, slots=True, eq=False)
class Clues:
    """What survived of a JPEG's picture, in stored orientation, by 8×8 square."""

    nonzero: float | None
    """Share of the received coefficients, of all components, that are not zero."""
    received: float
    """Share of all coefficients that were received in full."""
    squares: Mapping[str, float]
    """Share of the squares by what they still hold at best: the names of ``LEVELS``."""
    survived: NDArray[np.uint8] = field(repr=False)
    """(rows, columns): an index of ``LEVELS`` for every square of the brightness."""
    rounded: NDArray[np.float32] = field(repr=False)
    """(rows, columns): share of the square's received coefficients that are zero."""

    @property
    def sentence(self) -> str:
        """How much was rounded away, for a layperson."""
        if self.nonzero is None:
            return "Not one of the stored coefficients arrived with all its bits."
        return (
            f"{percent(self.nonzero)} of the stored coefficients are not zero; "
            "the rest was rounded away (or was nothing to begin with)."
        )

    @property
    def levels_sentence(self) -> str:
        """What the squares still hold, for a layperson."""
        share = {name: percent(value) for name, value in self.squares.items()}
        said = (
            f"Of its squares of eight by eight pixels, {share['texture']} still hold some texture, "
            f"{share['edges']} only coarse edges and {share['average']} only their average"
        )
        lost = f"; {share['nothing']} were not received" if self.squares["nothing"] else ""
        return f"{said}{lost}."

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values; the maps are named by their size only."""
        return {
            "nonzero": self.nonzero,
            "received": self.received,
            "squares": dict(self.squares),
            "sentences": [self.sentence, self.levels_sentence],
            "map": list(self.survived.shape),
        }


def clues_of(stored: JpegCoefficients) -> Clues:
    """Count and map what survived, by bands of block rows."""
    counts = np.zeros(3, np.int64)  # all, received, received and not zero
    for part in stored.components:
        for blocks, unread in _bands(part):
            known = unread == 0
            counts += blocks.size, known.sum(), (known & (blocks != 0)).sum()
    total, received, nonzero = (int(count) for count in counts)
    survived, rounded = _maps(_brightness(stored))
    shares = np.bincount(survived.ravel(), minlength=len(LEVELS)) / survived.size
    return Clues(
        round(nonzero / received, 4) if received else None,
        round(received / total, 4),
        MappingProxyType({n: round(float(s), 4) for n, s in zip(LEVELS, shares, strict=True)}),
        survived,
        rounded,
    )


def _brightness(stored: JpegCoefficients) -> ComponentCoefficients:
    """The component that says how bright it is: the first, or green."""
    return stored.components[1 if stored.colour == "RGB" else 0]


def _bands(
    part: ComponentCoefficients,
) -> Iterator[tuple[NDArray[np.int16], NDArray[np.uint8]]]:
    """Blocks and what is unread of them, some block rows at a time."""
    for rows in row_bands(len(part.blocks), _BAND):
        yield part.blocks[rows], part.unread[rows]


def _maps(part: ComponentCoefficients) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    bands = [_levels(blocks, unread) for blocks, unread in _bands(part)]
    survived, rounded = (np.concatenate(parts) for parts in zip(*bands, strict=True))
    survived.flags.writeable = rounded.flags.writeable = False
    return survived, rounded


def _levels(
    blocks: NDArray[np.int16], unread: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Level and rounded share of every square of a band.

    Of a number whose last bits are missing, a value other than zero is known to be there,
    but a zero is not known to be one.
    """
    there = (blocks != 0) & (unread != _MISSING)
    levels = np.where(unread[:, :, 0, 0] == _MISSING, NOTHING, AVERAGE)
    levels = np.where((there & _COARSE).any(axis=(2, 3)), EDGES, levels)
    levels = np.where((there & _FINE).any(axis=(2, 3)), TEXTURE, levels)
    known = (unread == 0).sum(axis=(2, 3))
    zeros = ((unread == 0) & (blocks == 0)).sum(axis=(2, 3))
    return levels.astype(np.uint8), (zeros / np.maximum(known, 1)).astype(np.float32)
