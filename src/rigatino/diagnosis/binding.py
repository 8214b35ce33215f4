"""Do the header's tables bind the original, or only the file's own last input?"""

from __future__ import annotations

from rigatino.diagnosis.record import Binds
from rigatino.diagnosis.subject import Earlier, Subject


def binds(subject: Subject, findings: Earlier) -> Binds:
    """Sure, likely or no, and why."""
    if subject.header is None or not subject.header.tables:
        return Binds("no", "the file has no JPEG tables that could bind anything")
    if "compression" not in findings:
        return Binds("no", "compression was not looked at, so nothing speaks for it")
    return Binds("likely", "the header's tables are there and nothing contradicts them")
