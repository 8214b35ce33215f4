"""Do the header's tables bind the original, or only the file's own last input?

The intervals of a JPEG confine what was *saved*. That is the original only if nothing was
done to it before: no earlier saving, no noise that is to be removed, no enlargement, and an
encoder that rounds to the nearest step. The rules are tried in order; the first that applies
speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from rigatino.diagnosis.record import Binding, Binds, Finding
from rigatino.diagnosis.subject import Earlier, Subject
from rigatino.imaging import JpegHeader

#: noise below this is no more than what photographs have anyway
_QUIET = 4.0
_Rule = tuple[Binding, str]


def binds(subject: Subject, findings: Earlier) -> Binds:
    """Sure, likely or no, and why."""
    header = subject.header
    if header is None or not header.tables:
        return Binds("no", "the file has no JPEG tables that could bind anything")
    compression = findings.get("compression")
    if compression is None or compression.refused:
        return Binds("no", "the file's history was not read, so nothing speaks for its tables")
    for rules in (_against, _doubts):
        for value, reason in rules(header, compression, findings):
            return Binds(value, reason)
    return Binds(
        "sure",
        "standard tables, plain rounding, no trace of an earlier saving, of noise or of "
        "an enlargement",
    )


def _against(header: JpegHeader, compression: Finding, findings: Earlier) -> Iterator[_Rule]:
    """What rules it out."""
    said = compression.estimate
    if said["savings"] is None:
        yield "no", f"the history of a JPEG in {header.colour} cannot be read"
    elif said["savings"] == 2:
        yield (
            "no",
            (
                f"the picture was saved before, at about quality {said['earlier_quality']}: the "
                "tables bind that earlier saving, not the original"
            ),
        )
    if _is_found(findings, "noise"):
        yield "no", "the picture was noisy before it was saved: the tables bind the noisy picture"
    if _is_found(findings, "enlargement"):
        yield "no", "the picture was enlarged before it was saved: the tables bind the enlargement"


def _doubts(header: JpegHeader, compression: Finding, findings: Earlier) -> Iterator[_Rule]:
    """What leaves it open."""
    said = compression.estimate
    if not said["standard_table"]:
        yield (
            "likely",
            (
                "the tables are not standard ones, as with cameras and with encoders that do not "
                "round to the nearest step"
            ),
        )
    if header.progressive:
        yield "likely", "progressive files often come from encoders that drop small coefficients"
    if not header.ended:
        yield "likely", "the file is cut short"
    if not said["telling"]:
        yield "likely", "there are too few stored numbers to tell whether it was saved before"
    if _measured(findings, "noise") >= _QUIET:
        yield "likely", "there is a little noise, which was there before saving"
    unheard = [name for name in ("noise", "enlargement") if _is_unheard(findings, name)]
    if unheard:
        yield "likely", f"nothing is known of {' and '.join(unheard)} before saving"


def _is_found(findings: Earlier, name: str) -> bool:
    return name in findings and findings[name].found and not findings[name].refused


def _is_unheard(findings: Earlier, name: str) -> bool:
    return name not in findings or findings[name].refused


def _measured(findings: Earlier, name: str, key: str = "sigma") -> float:
    if _is_unheard(findings, name):
        return 0.0
    value = findings[name].estimate.get(key)
    return float(value) if isinstance(value, int | float) else 0.0
