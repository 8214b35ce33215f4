"""The records of this room: what one detector found, and the diagnosis they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.clues import Clues
from rigatino.diagnosis.facts import FileFacts

SCHEMA = "rigatino/diagnosis/1"

#: what an estimate may hold: numbers and words, and rows of them
Plain = str | int | float | bool | None | tuple["Plain", ...]
Binding = Literal["sure", "likely", "no"]
Map = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What one detector says about a picture."""

    name: str
    """The detector's name in the registry."""
    found: bool = False
    """Whether the damage is there, in a strength worth repairing."""
    estimate: Mapping[str, Plain] = field(default_factory=dict)
    """What was measured, under plain names; frozen."""
    confidence: float = 0.0
    """0 … 1: how far ``found`` and the estimate can be relied on."""
    refused: bool = False
    """Whether the detector declines to say; then nothing may be concluded from it."""
    reason: str = ""
    """Why it declines."""
    evidence: tuple[str, ...] = ()
    """What the statement rests on, in sentences for a layperson."""
    map: Map | None = field(default=None, repr=False)
    """Where: float32 in [0, 1], a row and a column per part of the picture; not in the JSON."""

    def __post_init__(self) -> None:
        """Freeze the estimate and hold the numbers to their ranges."""
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"a confidence lies between 0 and 1, not {self.confidence}")
        if self.refused and not self.reason:
            raise ValueError("a detector that refuses says why")
        object.__setattr__(self, "estimate", MappingProxyType(dict(self.estimate)))

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values; the map is named by its size only."""
        return {
            "name": self.name,
            "found": self.found,
            "estimate": dict(self.estimate),
            "confidence": round(self.confidence, 3),
            "refused": self.refused,
            "reason": self.reason,
            "evidence": list(self.evidence),
            "map": None if self.map is None else list(self.map.shape),
        }


def refusal(name: str, reason: str, **estimate: Plain) -> Finding:
    """A finding that declines, with what was measured all the same."""
    return Finding(name, estimate=estimate, refused=True, reason=reason)


@dataclass(frozen=True, slots=True)
class Step:
    """One repair: the damage, the task that mends it (a slug of ``tasks``), and why now."""

    finding: str
    task: str
    why: str

    def to_json(self) -> dict[str, str]:
        """As plain JSON values."""
        return {"finding": self.finding, "task": self.task, "why": self.why}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do: steps in order, or nothing at all."""

    steps: tuple[Step, ...]
    sentence: str
    told: bool = True
    """False where no detector could say anything."""

    @property
    def leave_alone(self) -> bool:
        """Whether the picture is fine as it is, as far as could be told."""
        return self.told and not self.steps

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "leave_alone": self.leave_alone,
            "steps": [step.to_json() for step in self.steps],
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Binds:
    """Whether the file's own tables bind the original, and why one may say so."""

    value: Binding
    reason: str

    def to_json(self) -> dict[str, str]:
        """As plain JSON values."""
        return {"value": self.value, "reason": self.reason}


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosis:
    """What is wrong with this very file."""

    findings: tuple[Finding, ...]
    verdict: Verdict
    binds: Binds
    notes: tuple[str, ...] = ()
    """What should be known when reading the rest: warnings of the file, parts not looked at."""
    schema: str = SCHEMA
    file: FileFacts | None = None
    """What the file is; None for a picture that was never one."""
    clues: Clues | None = None
    """What survived in a JPEG; None where there are no coefficients to be read."""

    def finding(self, name: str) -> Finding:
        """The finding of one detector; ``KeyError`` if it did not look."""
        for finding in self.findings:
            if finding.name == name:
                return finding
        raise KeyError(name)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, ready for ``json.dumps``."""
        return {
            "schema": self.schema,
            "file": self.file and self.file.to_json(),
            "verdict": self.verdict.to_json(),
            "binds": self.binds.to_json(),
            "findings": [finding.to_json() for finding in self.findings],
            "clues": self.clues and self.clues.to_json(),
            "notes": list(self.notes),
        }
