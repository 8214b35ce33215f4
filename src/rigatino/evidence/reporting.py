"""The evidence on one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rigatino.diagnosis import FileFacts, percent
from rigatino.evidence.record import CONSISTENT, Box, Claim, Evidence

_WIDTH = 88
_TITLES = {
    "jpeg": "Against the numbers stored in the JPEG",
    "enlarged": "Against the smaller picture",
    "blurred": "Against the blurred picture",
    "noisy": "Against the noisy picture",
    "masked": "Under the mask",
    "none": "Against your file as it is",
}


def report_text(evidence: Evidence) -> str:
    """For whoever asked for the comparison."""
    return "\n".join(_lines(evidence)) + "\n"


def _lines(evidence: Evidence) -> Iterator[str]:
    yield _file("BEFORE", evidence.before)
    yield _file("AFTER", evidence.after)
    yield _filled(evidence.relation.words)
    for claim in evidence.claims:
        yield ""
        yield f"{_TITLES[claim.operator]}:"
        yield from _claim(claim)
    yield ""
    yield from _where(evidence)
    yield _filled(CONSISTENT)
    for note in evidence.notes:
        yield _filled(f"- {note}")


def _file(name: str, facts: FileFacts) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in facts.name) or "a picture"
    return f"{name}: {shown}, {facts.format}, {facts.width} × {facts.height} pixels"


def _claim(claim: Claim) -> Iterator[str]:
    for sentence in claim.sentences:
        yield _filled(f"- {sentence.text}")
    yield _filled(f"- Assumed: {'; '.join(claim.assumes)}.")


def _where(evidence: Evidence) -> Iterator[str]:
    """Changed letters and faces, then where to look first."""
    for alarm in evidence.alarms:
        yield _filled(f"! {alarm.words} {_at(alarm.box)}; how sure: {percent(alarm.confidence)}.")
    if evidence.places:
        yield "Where to look first:"
    for place in evidence.places:
        yield _filled(f"- {_at(place.box)}: {place.why}")
    if evidence.places or evidence.alarms:
        yield ""


def _at(box: Box) -> str:
    top, left, height, width = box
    return f"{width} × {height} pixels at column {left}, row {top}"


def _filled(line: str) -> str:
    return textwrap.fill(
        line, _WIDTH, subsequent_indent="  " if line.startswith(("- ", "! ")) else ""
    )
