"""What the file is, before asking what is wrong with it."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rigatino.imaging import Picture, Source


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is stated of a picture file; sizes are those of the upright picture."""

    name: str
    """Without its folder; empty for a picture that came as bytes."""
    size: int
    """Bytes."""
    format: str
    width: int
    height: int
    mode: str
    """``grey``, ``grey+alpha``, ``rgb`` or ``rgba``."""
    bits: int
    """Per sample, as in the file."""
    frames: int
    orientation: int
    """EXIF orientation; the maps are in the stored one, 1 being upright."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)


def facts_of(picture: Picture, source: Source) -> FileFacts:
    """The facts of a picture that was read from ``source``."""
    return FileFacts(
        name="" if isinstance(source, bytes) else _name(source),
        size=len(source) if isinstance(source, bytes) else Path(source).stat().st_size,
        format=picture.format,
        width=picture.width,
        height=picture.height,
        mode=picture.mode,
        bits=picture.source_bits,
        frames=picture.frames,
        orientation=picture.orientation,
    )


def _name(source: str | os.PathLike[str]) -> str:
    """As text that can be printed and sent, also where the file system has other bytes."""
    return os.fsencode(Path(source).name).decode("utf-8", "replace")
