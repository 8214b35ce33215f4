"""Let every detector look at a picture, and draw the conclusion."""

from __future__ import annotations

from collections.abc import Collection

from rigatino.diagnosis.binding import binds
from rigatino.diagnosis.record import Diagnosis, Finding, refusal
from rigatino.diagnosis.registry import DETECTORS
from rigatino.diagnosis.subject import Subject
from rigatino.diagnosis.verdict import verdict
from rigatino.errors import UsageError
from rigatino.imaging import Picture

#: below this nothing can be measured
SMALLEST = 48


def diagnose(picture: Picture, only: Collection[str] = (), *, thorough: bool = False) -> Diagnosis:
    """What is wrong with this picture; ``only`` names the detectors to ask (default: all).

    ``thorough``: also draw what takes long and changes no verdict.
    """
    _check(only)
    subject = Subject(picture, thorough)
    findings: dict[str, Finding] = {}
    for detector in DETECTORS.values():
        if only and detector.name not in only:
            continue
        if min(subject.height, subject.width) < SMALLEST:
            findings[detector.name] = refusal(detector.name, _too_small(subject))
        else:
            findings[detector.name] = detector.look(subject, findings)
    found = tuple(findings.values())
    return Diagnosis(found, verdict(found), binds(subject, findings), picture.warnings)


def _check(only: Collection[str]) -> None:
    unknown = [name for name in only if name not in DETECTORS]
    if unknown:
        raise UsageError(
            f"the detector {unknown[0]!r}", f"one of {', '.join(DETECTORS)}", "pick from these"
        )


def _too_small(subject: Subject) -> str:
    return (
        f"the picture has {subject.width}×{subject.height} pixels; "
        f"at least {SMALLEST}×{SMALLEST} are needed"
    )
