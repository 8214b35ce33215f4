"""Diagnose a file: what it is, what is wrong with it, and what a JPEG still knows."""

from __future__ import annotations

from dataclasses import replace

from rigatino.diagnosis.clues import clues_of
from rigatino.diagnosis.diagnose import diagnose
from rigatino.diagnosis.facts import facts_of
from rigatino.diagnosis.record import Diagnosis
from rigatino.imaging import Source, load_with_coefficients


def inspect_file(source: Source, *, thorough: bool = False) -> Diagnosis:
    """Look at a picture file, given as a path or as bytes, with every detector."""
    picture, stored = load_with_coefficients(source)
    looked = diagnose(picture, thorough=thorough)
    broken = stored.warnings if stored else ()
    return replace(
        looked,
        file=facts_of(picture, source),
        clues=clues_of(stored) if stored else None,
        notes=tuple(dict.fromkeys((*picture.notices, *looked.notes, *broken))),
    )
