"""What every operator of evidence is given: both pictures, how they lie, what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis import Diagnosis, Finding
from rigatino.evidence.blur.smear import Smear, Undecided
from rigatino.evidence.laying import Laid
from rigatino.evidence.record import Claim, Operator
from rigatino.evidence.registration.placing import Placing
from rigatino.evidence.registration.register import Registered
from rigatino.imaging import JpegCoefficients, Picture, Pixels

Floats = NDArray[np.float32]
#: pixels of error below which intervals are not widened for it
NEGLIGIBLE = 0.02


@dataclass(frozen=True, slots=True)
class Told:
    """What the asker says of how BEFORE came to be; nothing where nobody said."""

    downscaling: str | None = None
    """A name of ``downscaling.NAMES``."""
    kernel: tuple[str, float, float] | None = None
    """``("gaussian", σ, 0)``, ``("disk", radius, 0)`` or ``("motion", length, angle)``."""
    noise: float | None = None
    """σ of 0…255."""
    linear: bool = False
    """Whether a blur or a reduction happened in linear light."""


@dataclass(frozen=True, eq=False)
class Case:
    """One comparison; pixels are in the orientation in which BEFORE is stored."""

    before: Picture
    after: Picture
    diagnosis: Diagnosis
    stored: JpegCoefficients | None
    """BEFORE's own numbers, where they can be compared."""
    own: Pixels = field(repr=False)
    """BEFORE, (H, W, 1 or 3)."""
    result: Pixels = field(repr=False)
    """AFTER on its own grid, in BEFORE's colours."""
    registered: Registered
    gain: tuple[float, ...]
    """Of the change of colour that is undone; empty where none is."""
    offset: tuple[float, ...]
    laid: Laid
    """AFTER on BEFORE's grid."""
    mask: NDArray[np.bool_] | None = None
    """(H, W): where BEFORE is taken to hold nothing."""
    told: Told = Told()
    scaling: str = ""
    """The named downscaling by which an enlarged AFTER was laid on BEFORE."""
    smear: Smear | Undecided | None = None
    """The blur that AFTER undid, where there is one."""

    @property
    def placing(self) -> Placing:
        """Where AFTER lies."""
        return self.registered.placing

    @property
    def enlarged(self) -> bool:
        """Whether AFTER has more pixels for the same."""
        return max(self.placing.scale) > 1.02

    @property
    def reduced(self) -> bool:
        """Whether AFTER has fewer pixels for the same."""
        return min(self.placing.scale) < 0.98

    @property
    def size(self) -> tuple[int, int]:
        """Of BEFORE as stored."""
        return int(self.own.shape[0]), int(self.own.shape[1])

    def found(self, name: str) -> Finding | None:
        """What a detector found in BEFORE; None where it found nothing or declined."""
        finding = self.found_or_not(name)
        return finding if finding is not None and finding.found else None

    def found_or_not(self, name: str) -> Finding | None:
        """What a detector measured, also where it is not worth a repair; None if it declined."""
        for finding in self.diagnosis.findings:
            if finding.name == name and not finding.refused:
                return finding
        return None


@dataclass(frozen=True, eq=False)
class Judged:
    """A claim, and what the maps are drawn from."""

    claim: Claim
    energies: Floats | None = None
    """(3, ⌈H/8⌉, ⌈W/8⌉) per 8×8 pixels of BEFORE as stored: recovered, filled, contradicted."""
    looked: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class Judge:
    """One operator of evidence: what BEFORE still fixes if this damage made it."""

    name: Operator
    question: str
    judge: Callable[[Case], Judged | None]
    """None where it does not apply."""
