"""The facts in a JPEG's header, without decoding a pixel."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import ImageError
from rigatino.imaging import exif
from rigatino.imaging.jpeg import markers
from rigatino.imaging.jpeg.quality import Quality, estimate_quality
from rigatino.imaging.jpeg.zigzag import ZIGZAG

Table = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class HeaderComponent:
    """One colour component as the frame header declares it."""

    identifier: int
    h: int
    """Horizontal sampling factor, 1 … 4."""
    v: int
    """Vertical sampling factor, 1 … 4."""
    table: int
    """Number of its quantisation table, 0 … 3."""


@dataclass(frozen=True, slots=True, eq=False)
class JpegHeader:
    """What the header of a JPEG states."""

    width: int
    height: int
    precision: int
    """Bits per sample, 8 or 12."""
    process: str
    """``baseline``, ``extended``, ``progressive``, ``lossless``, ``arithmetic`` …"""
    components: tuple[HeaderComponent, ...]
    tables: dict[int, Table]
    """Quantisation tables by number, (8, 8), row = vertical frequency."""
    restart_interval: int = 0
    jfif: tuple[int, int] | None = None
    """Version of the JFIF marker."""
    adobe_transform: int | None = None
    """Colour transform of the Adobe marker: 0 none, 1 YCbCr, 2 YCCK."""
    comment: str = ""
    """The encoder's comment, at most 500 characters."""
    exif: bytes = field(default=b"", repr=False)
    """The EXIF block, beginning with its TIFF header."""
    scans: int = 0
    ended: bool = True
    """Whether the end marker is there."""
    notes: tuple[str, ...] = ()
    """What was odd about the markers."""

    @property
    def progressive(self) -> bool:
        """Whether the picture is built up by several refining scans."""
        return "progressive" in self.process

    @property
    def colour(self) -> str:
        """``grey``, ``YCbCr``, ``RGB``, ``CMYK``, ``YCCK`` or ``unknown``, as decoders agree."""
        return _colour(self)

    @property
    def sampling(self) -> str:
        """``4:2:0`` and the like; ``grey``; else the factors, ``2x2,1x2,1x1``."""
        return _sampling(self)

    @property
    def qualities(self) -> tuple[Quality | None, ...]:
        """The nearest standard quality of each component's table; None if it is missing."""
        stored = [self.tables.get(part.table) for part in self.components]
        return tuple(
            None if table is None else estimate_quality(table, first=at == 0)
            for at, table in enumerate(stored)
        )

    @property
    def thumbnail(self) -> bool:
        """Whether the EXIF block carries a small picture."""
        return exif.has_thumbnail(self.exif)

    @property
    def refusal(self) -> str:
        """Why coefficients cannot be read from such a file; empty if they can."""
        return _refusal(self)


def jpeg_header(data: bytes) -> JpegHeader:
    """Read the header of a JPEG file; :class:`ImageError` if it has no frame."""
    return header_of(markers.walk(data))


def header_of(walk: markers.Walk) -> JpegHeader:
    """The header from walked segments. Of tables sent twice the first is shown."""
    frames = [s for s in walk.segments if s.marker in markers.FRAMES]
    if not frames:
        raise _broken("no frame header")
    facts = _frame(frames[0])
    tables: dict[int, Table] = {}
    notes = list(walk.notes)
    for segment in walk.segments:
        if segment.marker == markers.DQT:
            for number, table in quantisation_tables(segment.body, notes):
                tables.setdefault(number, table)
    return JpegHeader(
        **facts, **_applications(walk.segments), tables=tables,
        restart_interval=_restart(walk.segments), ended=walk.ended, notes=tuple(notes),
        scans=sum(s.marker == markers.SOS for s in walk.segments),
    )  # fmt: skip


def _broken(reason: str) -> ImageError:
    return ImageError(f"this JPEG has {reason}", "a whole JPEG header", "check the file")


def _frame(segment: markers.Segment) -> dict[str, Any]:
    body = segment.body
    if len(body) < 6 or len(body) < 6 + 3 * body[5] or not body[5]:
        raise _broken("a frame header that is cut short")
    parts = tuple(
        HeaderComponent(body[at], body[at + 1] >> 4, body[at + 1] & 15, body[at + 2])
        for at in range(6, 6 + 3 * body[5], 3)
    )
    if any(not (1 <= part.h <= 4 and 1 <= part.v <= 4) for part in parts):
        raise _broken("impossible sampling factors")
    height, width = (int.from_bytes(body[at : at + 2], "big") for at in (1, 3))
    if not width or not height:
        raise _broken(f"a size of {width}×{height}")
    return {"width": width, "height": height, "precision": body[0], "components": parts,
            "process": markers.FRAMES[segment.marker]}  # fmt: skip


def quantisation_tables(body: bytes, notes: list[str]) -> list[tuple[int, Table]]:
    """The tables of one DQT segment: number, (8, 8) values."""
    found, at = [], 0
    while at < len(body):
        wide, number = body[at] >> 4, body[at] & 15
        size = 128 if wide else 64
        if number > 3 or wide > 1 or at + 1 + size > len(body):
            notes.append("a quantisation table is cut short or misnumbered")
            break
        raw = np.frombuffer(body, ">u2" if wide else "u1", 64, at + 1).astype(np.uint16)
        found.append((number, raw[ZIGZAG].reshape(8, 8)))
        at += 1 + size
    return found


def _restart(segments: list[markers.Segment]) -> int:
    bodies = [s.body for s in segments if s.marker == markers.DRI and len(s.body) >= 2]
    return int.from_bytes(bodies[0][:2], "big") if bodies else 0


def _applications(segments: list[markers.Segment]) -> dict[str, Any]:
    """JFIF, Adobe, EXIF and the comment; of each the first."""
    found: dict[str, Any] = {}
    for segment in segments:
        body = segment.body
        if segment.marker == markers.APP0 and body[:5] == b"JFIF\0" and len(body) >= 7:
            found.setdefault("jfif", (body[5], body[6]))
        elif segment.marker == markers.APP14 and body[:5] == b"Adobe" and len(body) >= 12:
            found.setdefault("adobe_transform", body[11])
        elif segment.marker == markers.APP1 and body[:6] == b"Exif\0\0":
            found.setdefault("exif", body[6:])
        elif segment.marker == markers.COM:
            found.setdefault("comment", body[:500].decode("utf-8", "replace").strip("\0 \n"))
    return found


def _colour(header: JpegHeader) -> str:
    letters = bytes(part.identifier for part in header.components)
    count, transform = len(letters), header.adobe_transform
    if count == 3:
        if header.jfif is None and (transform == 0 or (transform is None and letters == b"RGB")):
            return "RGB"
        return "YCbCr"
    if count == 4:
        return "YCCK" if transform == 2 else "CMYK"
    return "grey" if count == 1 else "unknown"


#: factors of the first component, the others being 1×1
_NOTATION = {
    (1, 1): "4:4:4", (2, 1): "4:2:2", (2, 2): "4:2:0",
    (1, 2): "4:4:0", (4, 1): "4:1:1", (4, 2): "4:1:0",
}  # fmt: skip


def _sampling(header: JpegHeader) -> str:
    factors = [(part.h, part.v) for part in header.components]
    if len(factors) == 1:
        return "grey"
    if len(factors) == 3 and all(a == b for a, b in pairwise(factors[1:])):
        (h, v), (ch, cv) = factors[0], factors[1]
        name = _NOTATION.get((h // ch, v // cv)) if not (h % ch or v % cv) else None
        if name:
            return name
    return ",".join(f"{h}x{v}" for h, v in factors)


def _refusal(header: JpegHeader) -> str:
    if header.process not in ("baseline", "extended", "progressive"):
        return f"its coding process ({header.process}) is not Huffman-coded DCT"
    if header.precision not in (8, 12):
        return f"it states {header.precision} bits per sample"
    missing = {part.table for part in header.components} - set(header.tables)
    return f"quantisation table {min(missing)} is missing" if missing else ""
