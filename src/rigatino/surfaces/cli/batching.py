"""``batch``: the same over many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.surfaces.cli.answering import Llm, LlmTimeout, chosen_model
from rigatino.surfaces.cli.meter import Meter, duration
from rigatino.surfaces.cli.restoring import as_steps
from rigatino.surfaces.screen import note, show

if TYPE_CHECKING:
    from rigatino.surfaces.batch import Progress

app = typer.Typer(
    help="Do it for many: resumable, flat in memory, bad rows passed over.", rich_markup_mode=None
)


@app.callback(invoke_without_command=True)
def _batch(context: typer.Context) -> None:
    """Do it for many: resumable, flat in memory, bad rows passed over."""
    if context.invoked_subcommand is None:
        show(context.get_help() + "\n")


@app.command("answer")
def answer(
    *,
    source: Annotated[Path, typer.Argument(metavar="IN", help="JSONL, one brief a line.")],
    target: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="JSONL of answers.")
    ],
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, max=256, metavar="N", help="Processes; 1 if not said.")
    ] = 1,
    llm: Llm = None,
    llm_timeout: LlmTimeout = None,
) -> None:
    """Answer a JSONL file of briefs; repeat the command to go on after an interruption."""
    from rigatino.surfaces.batch import answer_rows

    meter = Meter(quiet)
    model = chosen_model(llm)
    done = answer_rows(
        source, target, lambda p: meter.say(_line(p)), jobs, llm=model, llm_timeout=llm_timeout
    )
    meter.clear()
    note(
        f"{done.done} rows, {done.bad} of them bad (reported in {target} and passed over)"
        + (f"; {done.resumed} rows are from an earlier run" if done.resumed else "")
    )


@app.command("restore")
def restore(
    *,
    source: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of pictures.")],
    target: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where the results go.")
    ],
    steps: Annotated[
        str | None, typer.Option("--steps", metavar="LIST", help="As in: rigatino restore.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="As in: rigatino restore.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option("--scale", metavar="N", help="As in: rigatino restore.")
    ] = None,
    strength: Annotated[
        float, typer.Option("--strength", min=0, max=1, help="0: as before; 1: as mended.")
    ] = 1.0,
    evidence_only: Annotated[
        bool, typer.Option("--evidence-only", help="Refuse files that do not bind the original.")
    ] = False,
    suffix: Annotated[
        str, typer.Option("--format", metavar="SUFFIX", help="Of the results: png, tif, webp …")
    ] = "png",
    copy: Annotated[
        bool, typer.Option("--copy", help="Also write pictures that need no repair.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace results that are there.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Mend every picture of a folder; repeat the command to go on after an interruption."""
    from rigatino.run import as_factors, asked
    from rigatino.surfaces.batch.pictures import LEDGER, Wanted, restore_folder

    order = asked(as_steps(steps), model, strength, evidence_only, scale=as_factors(scale))
    wanted = Wanted(order, suffix, copy, overwrite)
    meter = Meter(quiet)
    done = restore_folder(source, target, wanted, lambda p: meter.say(_line(p)))
    meter.clear()
    note(
        f"{done.done} pictures, {done.bad} of them bad (reported in {target / LEDGER} and passed "
        "over)" + (f"; {done.resumed} are from an earlier run" if done.resumed else "")
    )


def _line(p: Progress) -> str:
    left = "" if p.remaining is None else f", about {duration(p.remaining)} left"
    return f"{p.done} done, {p.bad} bad, {p.fraction:.0%}{left}"
