"""Keep a result to what the file's own numbers allow, where those bind the original."""

from __future__ import annotations

from rigatino.degradation.jpeg import MARGIN, Projection
from rigatino.diagnosis import Diagnosis
from rigatino.errors import ImageError, UsageError
from rigatino.imaging import JpegCoefficients, Pixels, Source, coefficients, from_float, to_float
from rigatino.run.passes import mean_change
from rigatino.run.record import Projected

ASSUMES = "the file was saved once, by a plain encoder, from the picture that is wanted back"
#: rows that are worked on at a time: a multiple of every MCU's height
_BAND = 256


def bound(source: Source, diagnosis: Diagnosis) -> JpegCoefficients:
    """The numbers of a file that surely bind the original; refused with the reason if not."""
    binds = diagnosis.binds
    if binds.value != "sure":
        raise _refused(f"whether this file binds the original is not sure: {binds.reason}")
    try:
        stored = coefficients(source)
    except ImageError as error:
        raise _refused(f"its numbers cannot be read: {error}") from error
    if not stored.complete:
        raise _refused("some of its numbers were not received")
    return stored


def _refused(reason: str) -> UsageError:
    return UsageError(
        f"--evidence-only: {reason}",
        "a JPEG saved once from the picture that is wanted back",
        "leave --evidence-only out",
    )


def keep_to_evidence(result: Pixels, stored: JpegCoefficients, because: str) -> Projected:
    """In place, band by band, in the file's own orientation, (H, W, 1 or 3) of 8 bits."""
    projection = Projection(stored)
    before, after, total, moved = 0, 0, 0, 0.0
    for top in range(0, len(result), _BAND):
        rows = slice(top, top + _BAND)
        band = to_float(result[rows])
        allowed = projection.into(band, top)
        before += projection.agreement(band, top)[0]
        kept, integers = projection.agreement(allowed, top)
        after, total = after + kept, total + integers
        there = from_float(allowed)
        moved += mean_change(result[rows], there) * len(there)
        result[rows] = there
    change = round(moved / len(result), 4)
    return Projected(ASSUMES, because, MARGIN, total, after, before, change)
