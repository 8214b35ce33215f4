"""``inspect``: what is wrong with a picture file."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from rigatino.surfaces.screen import note, show


def inspect(
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="A picture file.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="The same as JSON; see: rigatino schema diagnosis.")
    ] = False,
    maps: Annotated[
        str | None,
        typer.Option("--maps", metavar="DIR", help="Write pictures of where the damage is."),
    ] = None,
) -> None:
    """Say what is wrong with a picture, what to repair first, and what could not be told."""
    from rigatino import pipeline
    from rigatino.diagnosis import report_text
    from rigatino.surfaces.maps import write_maps

    found = pipeline.inspect(image, thorough=maps is not None)
    written = write_maps(found, maps, image) if maps is not None else ()
    if as_json:
        show(json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(report_text(found))
    for path in written:
        note(f"wrote {path}")
