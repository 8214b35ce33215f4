"""``compare``: what a result kept of a file, filled in, and contradicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.errors import UsageError
from rigatino.surfaces.files import keep_apart
from rigatino.surfaces.screen import note, show

if TYPE_CHECKING:
    pass

_KERNELS = ("gaussian", "disk", "motion")


def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The damaged file.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="What any tool made of it.")],
    *,
    mask: Annotated[
        str | None,
        typer.Option("--mask", metavar="FILE", help="White where BEFORE holds nothing."),
    ] = None,
    downscaling: Annotated[
        str | None,
        typer.Option("--downscaling", metavar="NAME", help="How BEFORE was made smaller."),
    ] = None,
    kernel: Annotated[
        str | None,
        typer.Option("--kernel", metavar="KIND:N[:ANGLE]", help="gaussian:2, disk:3, motion:9:45."),
    ] = None,
    noise: Annotated[
        float | None,
        typer.Option("--noise", min=0, max=255, help="The noise in BEFORE, of 255."),
    ] = None,
    linear: Annotated[
        bool, typer.Option("--linear", help="BEFORE was blurred in linear light.")
    ] = False,
    map_file: Annotated[
        str | None,
        typer.Option("--map", metavar="OUT.png", help="AFTER with what was invented drawn on it."),
    ] = None,
    page: Annotated[
        str | None,
        typer.Option("--html", metavar="OUT.html", help="All of it as one self-contained page."),
    ] = None,
    layers: Annotated[
        str | None,
        typer.Option("--layers", metavar="DIR", help="The parts of the map as PNG and NPZ files."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The same as JSON; see: rigatino schema evidence.")
    ] = False,
) -> None:
    """Say what of AFTER is fixed by BEFORE, what was filled in, and what contradicts BEFORE."""
    from rigatino import pipeline
    from rigatino.evidence import Told, report_text
    from rigatino.surfaces.evidence import Wanted

    wanted = Wanted(map_file, page, layers)
    wanted.check(before, after, mask)
    told = Told(downscaling, None if kernel is None else as_kernel(kernel), noise, linear)
    found = pipeline.compare(before, after, mask, told)
    written = wanted.write(found, before, after)
    if as_json:
        show(json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(report_text(found))
    for name in written:
        note(f"wrote {name}")


def as_kernel(text: str) -> tuple[str, float, float]:
    """``motion:9:45`` as its parts."""
    kind, *numbers = text.split(":")
    try:
        sizes = [float(number) for number in numbers]
    except ValueError:
        sizes = []
    right = 1 + (kind == "motion")
    if kind not in _KERNELS or len(sizes) != right or not 0 < sizes[0] <= 100:
        raise UsageError(
            f"--kernel {text!r}",
            "gaussian:SIGMA, disk:RADIUS or motion:LENGTH:ANGLE, in pixels and degrees",
            "for example: --kernel disk:3",
        )
    return kind, sizes[0], sizes[1] if right == 2 else 0.0


def project(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The damaged file.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="What any tool made of it.")],
    *,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="OUT", help="The result; its suffix says how."),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Even if BEFORE does not surely bind; recorded.")
    ] = False,
    downscaling: Annotated[
        str | None,
        typer.Option("--downscaling", metavar="NAME", help="How BEFORE was made smaller."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUT if it is there.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The record as JSON; see: rigatino schema projection.")
    ] = False,
) -> None:
    """Move AFTER to the nearest picture that BEFORE allows; say what that took away."""
    from rigatino import pipeline
    from rigatino.evidence import Told, projection_text
    from rigatino.imaging import check_target, save

    keep_apart(output, before, after)
    check_target(Path(output), overwrite)
    held = pipeline.project(before, after, force, Told(downscaling))
    report = save(held.picture, output, overwrite=overwrite)
    if as_json:
        show(json.dumps(held.record.to_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(projection_text(held.record))
    note("; ".join((f"wrote {output} ({report.format}, {report.bits} bits)", *report.notices)))


def prove(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The damaged file.")],
    clean: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLEAN]...", help="Clean pictures; else some drawn here."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The same as JSON; see: rigatino schema proof.")
    ] = False,
) -> None:
    """Damage clean pictures exactly as BEFORE was, mend them, and say how much came back."""
    from rigatino import pipeline
    from rigatino.evidence import proof_text

    proof = pipeline.prove(before, clean or ())
    if as_json:
        show(json.dumps(proof.to_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(proof_text(proof))
