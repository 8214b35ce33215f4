"""The record of this room: what AFTER kept of BEFORE, filled in, and contradicted.

::

    Evidence ─┬─ Relation     how the two pictures lie on each other
              ├─ Claim …      one per assumed damage: shares, what they assume, whether that binds
              ├─ Place …      where to look first
              ├─ Alarm …      letters and faces that changed
              ├─ Maps         per block of BEFORE (not in the JSON)
              └─ Pair         both pictures on AFTER's grid (not in the JSON)

Boxes are (top, left, height, width) in pixels of the upright BEFORE.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis import Binds, FileFacts

SCHEMA = "rigatino/evidence/1"
#: said once wherever shares are shown
CONSISTENT = "“Fixed by the file” means that the file agrees with it, not that it is true."

Box = tuple[int, int, int, int]
Map = NDArray[np.float32]
Bytes = NDArray[np.uint8]
#: ``same``: pixel on pixel, the same size
Kind = Literal["same", "shifted", "cropped", "enlarged", "reduced"]
Operator = Literal["jpeg", "enlarged", "blurred", "noisy", "masked", "none"]


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the detail in AFTER: shares of ``energy`` that add up to 1; None without any detail."""

    recovered: float | None
    filled: float | None
    contradicted: float | None
    energy: float
    """Mean square per pixel of BEFORE, in grey levels; what the shares are shares of."""

    def to_json(self) -> dict[str, float | None]:
        """As plain JSON values."""
        return {name: _rounded(getattr(self, name)) for name in self.__dataclass_fields__}


NO_DETAIL = Shares(None, None, None, 0.0)


@dataclass(frozen=True, slots=True)
class Relation:
    """How AFTER lies on BEFORE, both upright: place in BEFORE = shift + place in AFTER / scale."""

    kind: Kind
    scale: tuple[float, float]
    """(down, across): pixels of AFTER per pixel of BEFORE."""
    shift: tuple[float, float]
    """(down, across) in pixels of BEFORE: where AFTER's upper left corner lies."""
    box: Box
    """What both show, in BEFORE."""
    gain: tuple[float, ...]
    """Per channel, undone: AFTER ≈ gain · BEFORE + offset, before undoing."""
    offset: tuple[float, ...]
    """In grey levels 0…255."""
    uncertainty: float
    """Pixels of BEFORE by which the placing may be off."""
    likeness: float
    """0…1: how far the two agree in what is coarse."""
    words: str
    """The same for a layperson."""

    @property
    def recoloured(self) -> bool:
        """Whether a change of colour was undone."""
        return any(g != 1 for g in self.gain) or any(o != 0 for o in self.offset)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for a layperson, and the numbers it says."""

    text: str
    cites: tuple[str, ...] = ()
    """Paths into the claim's JSON, as ``shares/fine/filled``, in the order of the text."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"text": self.text, "cites": list(self.cites)}


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be said under one assumption of how BEFORE came to be."""

    operator: Operator
    assumes: tuple[str, ...]
    """What is taken to be true of BEFORE; without it nothing here holds."""
    binds: Binds
    """Whether that is so: ``sure``, ``likely`` or ``no``, and why."""
    shares: Mapping[str, Shares] = field(default_factory=dict)
    """Of AFTER: ``all``, ``fine``; for colour pictures also ``luma`` and ``chroma``."""
    plain: Mapping[str, Shares] = field(default_factory=dict)
    """The same of BEFORE as it is (the plain decode, the plain enlargement): the anchor."""
    bands: Mapping[str, Shares] = field(default_factory=dict)
    """Of AFTER, from coarse to fine; the names say how fine."""
    figures: Mapping[str, float | str | None] = field(default_factory=dict)
    """What else was measured or set, under plain names."""
    sentences: tuple[Sentence, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the mappings."""
        for name in ("shares", "plain", "bands", "figures"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "operator": self.operator,
            "assumes": list(self.assumes),
            "binds": self.binds.to_json(),
            **{name: _plain(getattr(self, name)) for name in ("shares", "plain", "bands")},
            "figures": _plain(self.figures),
            "sentences": [sentence.to_json() for sentence in self.sentences],
        }


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places most worth looking at."""

    box: Box
    why: str
    filled: float
    """Shares of the detail there."""
    contradicted: float

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Alarm:
    """Letters or a face that AFTER shows otherwise than BEFORE."""

    box: Box
    kind: Literal["text", "face"]
    confidence: float
    words: str

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """Per block of the upright BEFORE, (rows, columns), read-only."""

    filled: Map
    """0…1: how much of what one sees there is filled in; it fades where there is no detail."""
    contradicted: Map
    """0…1: the same of what contradicts the file."""
    detail: Map
    """Root mean square of AFTER's detail there, in grey levels."""
    covered: NDArray[np.bool_]
    """Where AFTER shows BEFORE at all, and something could be said."""
    block: int = 8
    """Pixels of BEFORE per block, either way; the last row and column may be cut."""

    def __post_init__(self) -> None:
        """Read-only."""
        for name in ("filled", "contradicted", "detail", "covered"):
            getattr(self, name).flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Both pictures on AFTER's upright grid, (H, W, 3), read-only; what is laid side by side."""

    before: Bytes
    """Enlarged or shifted so that it lies on AFTER; black where it does not reach."""
    after: Bytes

    def __post_init__(self) -> None:
        """Read-only."""
        self.before.flags.writeable = self.after.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What AFTER kept of BEFORE, what it filled in, what it contradicts."""

    before: FileFacts
    after: FileFacts
    relation: Relation
    claims: tuple[Claim, ...]
    """The first is the main one: the maps and the places are of it."""
    places: tuple[Place, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    notes: tuple[str, ...] = ()
    """What should be known when reading the rest."""
    seconds: float = 0.0
    version: str = ""
    """Of this program."""
    schema: str = SCHEMA
    maps: Maps | None = field(default=None, repr=False)
    pair: Pair | None = field(default=None, repr=False)

    @property
    def main(self) -> Claim:
        """The claim that the maps are of."""
        return self.claims[0]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, ready for ``json.dumps``; without maps and pixels."""
        return {
            "schema": self.schema,
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "relation": self.relation.to_json(),
            "claims": [claim.to_json() for claim in self.claims],
            "places": [place.to_json() for place in self.places],
            "alarms": [alarm.to_json() for alarm in self.alarms],
            "says": CONSISTENT,
            "map": None if self.maps is None else list(self.maps.filled.shape),
            "notes": list(self.notes),
            "seconds": self.seconds,
            "version": self.version,
        }


def _plain(value: Any) -> Any:
    """Records, tuples and mappings as JSON has them; floats short."""
    if hasattr(value, "to_json"):
        return value.to_json()
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return _rounded(value) if isinstance(value, float) else value


def _rounded(value: float | None) -> float | None:
    """Six digits; what is not a number is none."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")
