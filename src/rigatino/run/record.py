"""The record of this room: what was done to a picture, with what, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from rigatino.diagnosis import Binds, FileFacts
from rigatino.run.target import Target

SCHEMA = "rigatino/run/1"

#: ``mended``; ``nothing-to-repair``: the picture is fine; ``nothing-that-fits``: there is damage,
#: but no network here mends it
Outcome = Literal["mended", "nothing-to-repair", "nothing-that-fits"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    steps: tuple[str, ...] | None = None
    """Slugs of tasks; None: as diagnosis says."""
    model: str | None = None
    """None: what the package ships for each task."""
    strength: float = 1.0
    """0: as before, 1: as the network says."""
    evidence_only: bool = False
    """Whether the result must be a picture that the file's own numbers allow."""
    enlarge: Target | None = None
    """How large it is to become; None: as large as it is."""
    kernel: str | None = None
    """File of the kernel of a blur, if the user knows it."""
    radius: float | None = None
    """Radius of a blur that is a disk, pixels, if the user knows it."""
    force: bool = False
    """Whether a blur is undone even where its kernel is not sure."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A repair that the picture asks for and that was not made."""

    task: str
    why: str


@dataclass(frozen=True, slots=True)
class Cut:
    """How the picture was cut up for the network."""

    side: int
    """Of the part kept of each window."""
    overlap: int
    windows: int
    fade: int
    shortages: int
    """How often memory ran out and the side was halved."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A cell of a picture whose blur differs from place to place."""

    top: int
    left: int
    bottom: int
    right: int
    """Rows and columns as the picture is stored."""
    source: str
    """``read`` in its own window, ``borrowed`` from neighbours, or ``left`` as it is."""
    kind: str
    size: float
    confidence: float
    kernel: tuple[tuple[float, ...], ...]
    undone: float
    """The share of it that the kernel explains, and that was undone."""
    why: str
    """Why it was left as it is; else empty."""


@dataclass(frozen=True, slots=True)
class Deblurred:
    """The blur that was undone, and how."""

    kind: str
    """``free``: any path; ``disk``; ``line``; ``given``: by the user; ``none``: hardly any;
    ``varying``: differs from place to place, see ``windows``."""
    size: float
    """Radius of a disk, length of a line, else the farthest extent, pixels."""
    confidence: float
    """The least agreement among parts of the picture, 0…1; 1 where the user gave the kernel."""
    kernel: tuple[tuple[float, ...], ...]
    """Row by row, as the picture is stored; its sum is 1."""
    source: str
    """``estimated``, or what the user gave: ``file``, ``radius``."""
    noise: float
    """Taken to be there, of 255."""
    rounds: int
    light: bool
    """Whether the blur was taken to have happened in light, not in stored values."""
    forced: bool
    refusal: str
    """Why it would have been left alone, had it not been forced; else empty."""
    windows: tuple[Patch, ...] = ()
    """Where the blur differs from place to place: cell by cell; size and kernel above are then
    those of the surest."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One network, once over the whole picture."""

    tasks: tuple[str, ...]
    why: str
    model: str
    sha256: str
    """Of its weights."""
    licence: str
    runtime: str
    device: str
    told: Mapping[str, Any]
    """What the network was told: ``sigma`` (0…255) and ``tables``, each or null."""
    cut: Cut
    changed: float
    """Mean absolute change of a sample, on the scale 0…255; of an enlargement 0."""
    seconds: float
    factors: tuple[float, ...] | None = None
    """Of an enlargement by any factor, across and down, before the picture is turned upright."""
    blur: Deblurred | None = None
    """Where a blur was undone."""


@dataclass(frozen=True, slots=True)
class Projected:
    """The result was moved to the nearest picture that the file's own numbers allow."""

    assumes: str
    because: str
    margin: float
    """How far inside its interval each number was kept, at most."""
    integers: int
    """How many the file holds."""
    kept: int
    """How many of them a plain encoder would store again, given the result."""
    kept_before: int
    """The same of the network's result as it was."""
    moved: float
    """Mean absolute change of a sample by this, on the scale 0…255."""


@dataclass(frozen=True, slots=True)
class Consistent:
    """How an enlargement agrees with the pixels it was made of, once it is made small again.

    Errors on the scale 0…255; a pixel at 0 or at the top binds one side only.
    """

    convention: str
    """How it was made small."""
    binds: bool
    """Whether it is known that the picture was made small in this way."""
    because: str
    samples: int
    within: int
    """How many of them come back within one level."""
    worst: float
    error: float
    """Root of the mean square."""
    error_before: float
    """The same of the network's result as it was."""
    moved: float
    """Mean absolute change of a sample by this."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the result is."""

    width: int
    height: int
    mode: str
    bits: int
    sha256: str
    """Of its samples, row by row, upright, as numbers of the machine's byte order."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What was done to a picture."""

    outcome: Outcome
    sentence: str
    """The same in words."""
    source: FileFacts
    source_sha256: str
    asked: Asked
    verdict: str
    """What diagnosis says."""
    binds: Binds
    """Whether the file's tables bind the original."""
    passes: tuple[Pass, ...] = ()
    projected: Projected | None = None
    consistent: Consistent | None = None
    undone: tuple[Undone, ...] = ()
    result: Shape | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    version: str = ""
    """Of this program."""
    schema: str = SCHEMA

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        plain: dict[str, Any] = _plain(self)
        return {"schema": self.schema, **plain}


def _plain(value: Any) -> Any:
    """Dataclasses, tuples and mappings as JSON has them."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping | MappingProxyType):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value
