"""The record of this room: how far a repair goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rigatino.limits.planes import Axis

SCHEMA = "rigatino/limits/1"
Verdict = Literal["reached", "missed", "unknown"]


@dataclass(frozen=True, slots=True)
class Target:
    """What counts as success."""

    metric: str
    value: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a damaged picture lies."""

    name: str
    across: float
    up: float
    """In the units of the axes."""
    inside: bool
    """Whether that lies in the plane."""
    probability: float
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """For every damage of a grid, how likely its repair reaches the target."""

    task: str
    target: Target
    across: Axis
    up: Axis
    probability: NDArray[np.float64]
    """(rows, columns), the least damage first in both directions."""
    unknown: NDArray[np.bool_]
    """(rows, columns): where the mean is within 1.96 standard deviations of the target."""
    measured: int
    """How many points were measured."""
    pictures: int
    differ: float
    """Standard deviation of the figure from picture to picture."""
    source: str
    """``shipped``, ``own pictures`` …"""
    assumes: str
    model: str
    sha256: str
    """Of the network's weights."""
    sentence: str
    places: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()
    schema: str = field(default=SCHEMA)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        rows, columns = self.probability.shape
        return {
            "schema": self.schema,
            "task": self.task,
            "target": {"metric": self.target.metric, "value": self.target.value},
            "across": _axis(self.across, columns),
            "up": _axis(self.up, rows),
            "probability": [[round(float(p), 4) for p in row] for row in self.probability],
            "unknown": [[bool(u) for u in row] for row in self.unknown],
            "measured": self.measured,
            "pictures": self.pictures,
            "differ": round(self.differ, 3),
            "source": self.source,
            "assumes": self.assumes,
            "model": self.model,
            "sha256": self.sha256,
            "sentence": self.sentence,
            "places": [{k: getattr(p, k) for k in Place.__dataclass_fields__} for p in self.places],
            "notes": list(self.notes),
        }


def _axis(axis: Axis, count: int) -> dict[str, Any]:
    values = [round(axis.value(share), 3) for share in np.linspace(0, 1, count)]
    return {"name": axis.name, "unit": axis.unit, "values": values}
