"""A network that undoes a blur: one kernel everywhere, or one for each cell of a picture.

The network only says what pictures are like; see ``deconvolution``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from rigatino.deconvolution import (
    EMPTY,
    ROUGHLY_EMPTY,
    Blur,
    Cell,
    Survey,
    gaps,
    unexplained,
)
from rigatino.imaging import luma
from rigatino.inference import NOTHING, Known, Network
from rigatino.inference.session import Floats
from rigatino.inference.tiling import Part
from rigatino.run.record import Deblurred, Patch
from rigatino.run.undoing import rounds_of, undone

#: floats for each pixel and channel that the turns hold at once
_HELD = 20 * 4 * 3
#: a result that, blurred again, leaves more than so many times the noise is not kept
LEFT = 1.6
#: below this share of a window nothing is undone in it
_HARDLY = 0.01


@dataclass(frozen=True, eq=False)
class Found:
    """The blur to be undone, and how."""

    blur: Blur
    noise: float
    light: bool
    forced: bool
    source: str
    """``estimated``, ``file`` or ``radius``."""
    survey: Survey | None = None
    """Where it differs from place to place."""

    @property
    def cell(self) -> int:
        """Side of the cells of such a picture; 0 where one kernel serves it all."""
        return 0 if self.survey is None else self.survey.side

    def record(self, rounds: int) -> Deblurred:
        """For the record of the run."""
        said = self.blur.to_json()
        return Deblurred(
            said["kind"], said["size"], said["confidence"], _rows(self.blur), self.source,
            round(self.noise, 2), rounds, self.light, self.forced, said["refusal"],
        )  # fmt: skip


class Undoing(Network, ABC):
    """Used like any network; needs nothing but the picture."""

    @abstractmethod
    def sharp(self, picture: Floats) -> Floats:
        """(H, W, 1 or 3) in 0…1 -> the same, sharp."""

    def apply(
        self,
        picture: Floats,
        known: Known = NOTHING,  # noqa: ARG002
        beside: Floats | None = None,  # noqa: ARG002
    ) -> Floats:
        """See :meth:`sharp`."""
        return self.sharp(picture)


@dataclass(frozen=True, eq=False)
class Sharpener(Undoing):
    """Undoes one kernel."""

    found: Found

    @property
    def rounds(self) -> int:
        """How many it takes."""
        return rounds_of(self.card)

    def sharp(self, picture: Floats) -> Floats:
        """(H, W, 1 or 3) in 0…1 -> the same, sharp."""
        return self.turned(picture, self.rounds)

    def turned(self, picture: Floats, rounds: int, where: Floats | None = None) -> Floats:
        """The same in a number of rounds, only ``where`` it is 1."""
        found = self.found
        return undone(
            self, picture, found.blur.kernel, found.noise,
            light=found.light, exact=found.source != "estimated", rounds=rounds, where=where,
        )  # fmt: skip

    def record(self) -> Deblurred:
        """What was undone."""
        return self.found.record(self.rounds)


@dataclass(frozen=True, eq=False)
class Careful(Sharpener):
    """Undoes a kernel where the picture can have been blurred by it, and leaves the rest."""

    note: Callable[[float, int], None]
    """Told how many pixels were undone, of how many."""

    def sharp(self, picture: Floats) -> Floats:
        """(H, W, 1 or 3) in 0…1 -> the same, sharp where that explains what was seen."""
        blur, noise = self.found.blur, self.found.noise
        where = gaps(grey(picture), blur.kernel, noise).explained(
            EMPTY if blur.kind == "disk" else ROUGHLY_EMPTY
        )
        share = float(where.mean())
        if share < _HARDLY:
            return self._kept(picture)
        result = self.turned(picture, self.rounds, where)
        if unexplained(picture, blur.kernel, result, self.found.light, where) > LEFT * noise:
            return self._kept(picture)
        self.note(share * where.size, where.size)
        return result

    def _kept(self, picture: Floats) -> Floats:
        self.note(0.0, picture.shape[0] * picture.shape[1])
        return picture


class Untouched(Undoing):
    """Leaves a part of a picture as it is."""

    def sharp(self, picture: Floats) -> Floats:
        """The same."""
        return picture


@dataclass(frozen=True, eq=False)
class Patchwork(Undoing):
    """Undoes the kernel of each cell of a picture in that cell."""

    found: Found
    survey: Survey
    done: dict[int, tuple[float, int]] = field(default_factory=dict)
    """By cell: pixels undone, and looked at."""

    def sharp(self, picture: Floats) -> Floats:
        """What one kernel everywhere would take: tells the time."""
        return Sharpener(self.card, self.session, self.found).sharp(picture)

    def at(self, part: Part) -> Network:
        """The one for the cell in which the middle of a part lies."""
        row, column = ((side.start + side.stop) // 2 for side in part)
        index = self.survey.at(row, column)
        cell = self.survey.cells[index]
        if cell.source == "left":
            return Untouched(self.card, self.session)
        found = replace(self.found, blur=cell.blur)

        def note(undone: float, of: int) -> None:
            before = self.done.get(index, (0.0, 0))
            self.done[index] = before[0] + undone, before[1] + of

        return Careful(self.card, self.session, found, note)

    def record(self) -> Deblurred:
        """What was undone, cell by cell."""
        patches = (self._patch(at, cell) for at, cell in enumerate(self.survey.cells))
        return replace(
            self.found.record(rounds_of(self.card)), kind="varying", windows=tuple(patches)
        )

    def _patch(self, at: int, cell: Cell) -> Patch:
        undone, of = self.done.get(at, (0.0, 0))
        share, source, why = undone / max(of, 1), cell.source, cell.why
        if source != "left" and not undone:
            source, why = "left", "the kernel does not explain what is there"
        return Patch(
            cell.rows.start, cell.columns.start, cell.rows.stop, cell.columns.stop, source,
            cell.blur.kind, round(cell.blur.size, 2), round(cell.blur.confidence, 3),
            _rows(cell.blur), round(share, 3), why,
        )  # fmt: skip


def sharpener(network: Network, found: Found) -> Sharpener | Patchwork:
    """Windows overlap by as much as a kernel reaches, and fade into each other."""
    card = replace(
        network.card, receptive_radius=None, bytes_per_pixel=network.card.bytes_per_pixel + _HELD
    )
    if found.survey is not None:
        return Patchwork(card, network.session, found, found.survey)
    return Sharpener(card, network.session, found)


def grey(picture: Floats) -> Floats:
    """(H, W, 1 or 3) -> (H, W)."""
    return np.asarray(picture[..., 0] if picture.shape[2] == 1 else luma(picture), np.float32)


def _rows(blur: Blur) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in blur.to_json()["kernel"])
