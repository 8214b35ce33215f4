"""Walk the marker segments of a JPEG file; trust no length.

The walk ends at the first end-of-image marker (what follows belongs to other pictures)
or where the bytes end, and notes everything odd instead of failing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rigatino.errors import ImageError

SOI, EOI, SOS, DQT, DHT, DRI, DAC, COM = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD, 0xCC, 0xFE
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
#: start-of-frame markers and the coding process that each announces
FRAMES = {
    0xC0: "baseline",
    0xC1: "extended",
    0xC2: "progressive",
    0xC3: "lossless",
    0xC5: "hierarchical",
    0xC6: "hierarchical progressive",
    0xC7: "hierarchical lossless",
    0xC9: "arithmetic",
    0xCA: "arithmetic progressive",
    0xCB: "arithmetic lossless",
    0xCD: "arithmetic hierarchical",
    0xCE: "arithmetic hierarchical progressive",
    0xCF: "arithmetic hierarchical lossless",
}
# Inside entropy-coded data FF 00 is a stuffed FF, FF D0 … FF D7 restart, FF FF is fill.
_ENTROPY_END = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_MARKER = re.compile(rb"\xff+[\x01-\xfe]")
_ALONE = {0x01, *range(0xD0, 0xD9)}


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker with its payload; for SOS also the entropy-coded bytes that follow."""

    marker: int
    start: int
    body: bytes
    entropy: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Walk:
    """The segments in order, whether the end marker was met, and what was odd."""

    segments: list[Segment] = field(default_factory=list)
    ended: bool = False
    notes: list[str] = field(default_factory=list)


def walk(data: bytes) -> Walk:
    """All segments of the first picture in ``data``."""
    if data[:2] != b"\xff\xd8":
        raise ImageError("this file does not begin like a JPEG", "FF D8", "give a JPEG file")
    found, at = Walk(), 2
    while (match := _MARKER.search(data, at)) is not None:
        if match.start() != at:
            found.notes.append(f"{match.start() - at} stray bytes before offset {match.start()}")
        marker = data[match.end() - 1]
        if marker == EOI:
            found.ended = True
            break
        at = match.end() if marker in _ALONE else _take(data, match.end(), marker, found)
    return found


def _take(data: bytes, at: int, marker: int, found: Walk) -> int:
    """Append the segment whose length field lies at ``at``; where to look on."""
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2 or at + length > len(data):
        found.notes.append(f"segment {marker:02X} at offset {at - 2} states an impossible length")
        return at
    body, after = data[at + 2 : at + length], at + length
    if marker != SOS:
        found.segments.append(Segment(marker, at - 2, body))
        return after
    stop = _ENTROPY_END.search(data, after)
    end = len(data) if stop is None else stop.start()
    found.segments.append(Segment(marker, at - 2, body, (after, end)))
    return end
