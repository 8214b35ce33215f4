"""``batch``: the same over many."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

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
    source: Annotated[Path, typer.Argument(metavar="IN", help="JSONL, one brief a line.")],
    target: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="JSONL of answers.")
    ],
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, max=256, metavar="N", help="Processes; 1 if not said.")
    ] = 1,
) -> None:
    """Answer a JSONL file of briefs; repeat the command to go on after an interruption."""
    from rigatino.surfaces.batch import answer_rows

    meter = _Meter(quiet)
    done = answer_rows(source, target, meter, jobs)
    meter.clear()
    note(
        f"{done.done} rows, {done.bad} of them bad (reported in {target} and passed over)"
        + (f"; {done.resumed} rows are from an earlier run" if done.resumed else "")
    )


class _Meter:
    """A progress line on stderr: redrawn on a terminal, every ten seconds elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet or sys.stderr is None
        self._drawn = not self._quiet and sys.stderr.isatty()
        self._every = 0.2 if self._drawn else 10.0
        self._last = monotonic()

    def __call__(self, p: Progress) -> None:
        if self._quiet or monotonic() - self._last < self._every:
            return
        self._last = monotonic()
        left = "" if p.remaining is None else f", about {_duration(p.remaining)} left"
        line = f"{p.done} done, {p.bad} bad, {p.fraction:.0%}{left}"
        self._write(f"\r{line:<60}" if self._drawn else line + "\n")

    def clear(self) -> None:
        """Wipe the redrawn line."""
        if self._drawn:
            self._write("\r" + " " * 60 + "\r")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._quiet = True  # nobody watches any more; the work goes on


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{rest:02}"
