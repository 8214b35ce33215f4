"""``limits``: how far a repair can go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rigatino.surfaces.cli.meter import Meter
from rigatino.surfaces.screen import note, show


def limits(
    *,
    images: Annotated[
        list[str] | None,
        typer.Argument(metavar="[IMAGE]…", help="Clean pictures; else as shipped, at once."),
    ] = None,
    task: Annotated[
        str, typer.Option("--task", metavar="NAME", help="deblur, denoise, jpeg or enlarge.")
    ],
    target: Annotated[
        str, typer.Option("--target", metavar="METRIC:VALUE", help="psnr:30 or ssim:0.9, say.")
    ] = "psnr:30",
    mine: Annotated[
        list[str] | None,
        typer.Option("--mine", metavar="FILE", help="A damaged picture: where does it lie?"),
    ] = None,
    grid: Annotated[
        str, typer.Option("--grid", metavar="CxR", help="Columns and rows of the answer.")
    ] = "24x16",
    evaluations: Annotated[
        int, typer.Option("--evaluations", min=6, max=100, help="Measurements on own pictures.")
    ] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="The same as JSON; see: rigatino schema limits.")
    ] = False,
    plot: Annotated[
        str | None, typer.Option("--plot", metavar="OUT.png", help="The plane as a picture.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the plot if it is there.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Say for which damage this program's repair still reaches a target, and for which not.

    With --mine, also where your own picture lies in that, from its diagnosis.
    """
    from rigatino import limits as room
    from rigatino.imaging import check_target, save
    from rigatino.surfaces.files import keep_apart
    from rigatino.surfaces.limits_plot import plotted

    if plot is not None:
        keep_apart(plot, *(images or ()), *(mine or ()))
        check_target(Path(plot), overwrite)
    meter = Meter(quiet)
    found = room.limits(
        task, room.target_of(target), images or (), mine or (),
        grid=room.grid_of(grid), evaluations=evaluations, progress=meter.share,
    )  # fmt: skip
    meter.clear()
    if as_json:
        show(json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        show(room.report_text(found))
    if plot is not None:
        save(plotted(found), plot, overwrite=overwrite)
        note(f"wrote {plot}")
