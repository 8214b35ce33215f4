"""What to repair, and in which order: what was done last is undone first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rigatino.diagnosis.record import Finding, Step, Verdict


@dataclass(frozen=True, slots=True)
class Repair:
    """How a kind of damage is mended; the place in the list is its turn."""

    finding: str
    task: str
    why: str


#: By the name of the detector, in the order of repair. Compression comes first: it was done
#: last, and every other repair would take its squares for content. What is only a fact
#: about the picture and no damage (text, an enlargement that nobody wants undone) is not here.
REPAIRS: tuple[Repair, ...] = (
    Repair(
        "compression",
        "jpeg-artifact-removal",
        "saving came last; any later step would take its squares and ringing for content",
    ),
    Repair("noise", "denoising", "sharpening and enlarging would sharpen and enlarge the noise"),
    Repair("blur", "deblurring", "a smear is reversed only where squares and noise are gone"),
    Repair("shake", "deblurring", "a smear is reversed only where squares and noise are gone"),
    Repair(
        "dust", "inpainting", "grains are filled in from beside them, once what is there is clean"
    ),
    Repair(
        "fading",
        "old-photo-restoration",
        "spreading the tones lifts whatever faults are left, so it comes late",
    ),
    Repair(
        "enlargement",
        "super-resolution",
        "its pixels were only interpolated: shrink it to its true size and enlarge from there",
    ),
)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Steps for what was found, in order; none if the picture is fine."""
    findings = tuple(findings)
    if findings and all(finding.refused for finding in findings):
        return Verdict((), "No advice: nothing at all could be told about this picture.", False)
    found = {finding.name for finding in findings if finding.found and not finding.refused}
    steps = tuple(
        Step(repair.finding, repair.task, repair.why)
        for repair in REPAIRS
        if repair.finding in found
    )
    repairable = {repair.finding for repair in REPAIRS}
    unseen = any(finding.refused and finding.name in repairable for finding in findings)
    return Verdict(steps, _sentence(steps, unseen))


def _sentence(steps: tuple[Step, ...], unseen: bool) -> str:
    if not steps:
        limit = ", as far as could be told" if unseen else ""
        return f"Leave it alone: nothing was found that a repair would make better{limit}."
    return "Repair, in this order: " + ", ".join(step.finding for step in steps) + "."
