"""``restore``: mend a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.errors import UsageError
from rigatino.surfaces.cli.meter import Meter, duration
from rigatino.surfaces.files import keep_apart
from rigatino.surfaces.screen import note, show

if TYPE_CHECKING:
    from rigatino.run import Estimate, Prepared, Restored

_MEGABYTE = 2**20


def restore(
    *,
    image: Annotated[str, typer.Argument(metavar="IN", help="A picture file.")],
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="OUT", help="The result; its suffix says how."),
    ],
    steps: Annotated[
        str | None,
        typer.Option("--steps", metavar="LIST", help="jpeg,denoise,deblur,enlarge …"),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="See: rigatino models list.")
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option("--scale", metavar="N", help="Enlarge: 1 to 8, or 2x3: width, height."),
    ] = None,
    size: Annotated[
        str | None, typer.Option("--size", metavar="WxH", help="Enlarge to these pixels.")
    ] = None,
    strength: Annotated[
        float, typer.Option("--strength", min=0, max=1, help="0: as before; 1: as mended.")
    ] = 1.0,
    evidence_only: Annotated[
        bool,
        typer.Option("--evidence-only", help="Only what the file's own numbers allow."),
    ] = False,
    several: Annotated[
        int | None,
        typer.Option(
            "--alternatives", metavar="K", help="Also write K ways that it may have been."
        ),
    ] = None,
    kernel: Annotated[
        str | None,
        typer.Option("--kernel", metavar="FILE", help="Path of the blur, if known: PNG or NPY."),
    ] = None,
    radius: Annotated[
        float | None,
        typer.Option("--radius", metavar="PIXELS", help="Out of focus by this much, if known."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Deblur even if the estimate is not sure.")
    ] = False,
    copy: Annotated[
        bool, typer.Option("--copy", help="Write OUT even if there is nothing to repair.")
    ] = False,
    quality: Annotated[
        int | None,
        typer.Option("--quality", min=1, max=100, help="Of a lossy OUT (JPEG, WebP, AVIF)."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUT if it is there, even if it is IN.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The record as JSON; see: rigatino schema run.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No estimate and no progress.")] = False,
) -> None:
    """Mend a picture: undo JPEG damage, noise and blur, as far as they are there.

    Nothing to repair is an answer: then nothing is written, unless --copy asks for it.
    """
    from rigatino import pipeline
    from rigatino.imaging import check_target
    from rigatino.run import as_factors, as_size, report_text

    if several is not None:
        _check_several(several, scale, size)
    if not overwrite:
        keep_apart(output, image)
    check_target(Path(output), overwrite)
    prepared = pipeline.prepare_restore(
        image, as_steps(steps), model, strength, evidence_only,
        scale=as_factors(scale), size=as_size(size),
        kernel=kernel, radius=radius, force=force,
    )  # fmt: skip
    if prepared.jobs and not quiet:
        note(_expected(prepared.estimate()))
    meter = Meter(quiet)
    done = prepared.carry_out(meter.share)
    meter.clear()
    written = _write(done, output, copy, overwrite, quality)
    if as_json:
        show(json.dumps(done.record.to_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(report_text(done.record))
    note(written)
    if several is not None:
        _write_several(image, prepared, done, several, output)


def _check_several(count: int, scale: str | None, size: str | None) -> None:
    from rigatino.run import check_count

    check_count(count)
    if scale is not None or size is not None:
        raise UsageError("--alternatives for an enlargement", "one of them", "leave one out")


def _write_several(image: str, prepared: Prepared, done: Restored, count: int, output: str) -> None:
    """Other pictures that it may have been, into a folder beside OUT."""
    from rigatino.run import alternatives
    from rigatino.surfaces.alternatives import write_alternatives

    if done.record.outcome != "mended":
        note("no alternatives: nothing was mended")
        return
    found = alternatives(image, prepared, done.picture, count)
    paths = write_alternatives(found, output)
    note(found.sentence)
    note(f"wrote {len(paths)} files into {paths[0].parent}; sheet.png shows them all")


def as_steps(text: str | None) -> list[str] | None:
    """``jpeg, denoise`` as a list."""
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise UsageError(f"--steps {text!r}", "names with commas between", "for example: jpeg")
    return names


def _expected(estimate: Estimate) -> str:
    windows = f"{estimate.windows} windows" if estimate.windows > 1 else "one piece"
    seconds = estimate.seconds
    takes = f"{seconds:.1f} s" if seconds < 60 else duration(seconds)
    return f"about {takes} and {estimate.memory // _MEGABYTE + 1} MiB for pictures, in {windows}"


def _write(done: Restored, output: str, copy: bool, overwrite: bool, quality: int | None) -> str:
    """Write the result, or not; what to say about it."""
    if done.record.outcome != "mended" and not copy:
        return f"{output} was not written; --copy writes the picture as it is"
    report = done.save(output, overwrite=overwrite, quality=quality)
    said = "; ".join((f"wrote {output} ({report.format}, {report.bits} bits)", *report.notices))
    return said
