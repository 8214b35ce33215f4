"""The views of an evidence that were asked for, as files."""

from __future__ import annotations

import hashlib
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from rigatino.errors import UsageError
from rigatino.evidence import Evidence
from rigatino.imaging.copies import png_bytes
from rigatino.surfaces.evidence.layers import write_layers
from rigatino.surfaces.evidence.page import Origin, evidence_page
from rigatino.surfaces.evidence.sheet import evidence_map
from rigatino.surfaces.files import keep_apart, write_bytes, write_text


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the map, the page and the layers go; None: not wanted."""

    map: str | None = None
    page: str | None = None
    layers: str | None = None

    def check(self, *inputs: str | None) -> None:
        """Refuse what cannot be written, before anything is measured."""
        given = [name for name in inputs if name is not None]
        for name in (self.map, self.page):
            keep_apart(name, *given)
        if self.map is not None and Path(self.map).suffix.lower() != ".png":
            raise UsageError(
                f"--map {self.map}", "a name that ends in .png", "write the map as a PNG file"
            )
        if self.page is not None and self.page == self.map:
            raise UsageError("--map and --html with one name", "two names", "change one of them")

    def write(self, evidence: Evidence, before: str, after: str) -> tuple[str, ...]:
        """Write each whole or not at all; the names of what was written."""
        written: list[str] = []
        if self.map is not None:
            write_bytes(self.map, png_bytes(evidence_map(evidence)))
            written.append(self.map)
        if self.page is not None:
            origin = Origin(command(before, after), _digest(before), _digest(after))
            write_text(self.page, evidence_page(evidence, origin))
            written.append(self.page)
        if self.layers is not None:
            written += map(str, write_layers(evidence, self.layers))
        return tuple(written)


def command(before: str, after: str) -> str:
    """What makes the page again; options that tell how BEFORE came to be are kept."""
    own = sys.argv[1:]
    if own[:1] == ["compare"]:
        return shlex.join(["rigatino", *own])
    return shlex.join(["rigatino", "compare", before, after, "--html", "evidence.html"])


def _digest(name: str) -> str:
    with Path(name).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
