"""What a detector is: a name, a question, a declared cost and a function that looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rigatino.diagnosis.record import Finding
from rigatino.diagnosis.subject import Earlier, Subject


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of damage, and how to tell it."""

    name: str
    asks: str
    """The question it answers, in plain words."""
    look: Callable[[Subject, Earlier], Finding]
    """The same picture and earlier findings always give the same finding."""
    seconds: float
    """Time for a picture of 12 megapixels on two cores, at most."""
    cannot: str
    """What it cannot do; shown in the docs."""
    fault: bool = True
    """Whether what it finds is damage; if not, it is shown as an observation."""
