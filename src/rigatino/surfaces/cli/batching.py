"""``batch``: the same over many."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rigatino.surfaces.batch import Progress

app = typer.Typer(help="Do it for many: resumable, flat in memory, bad rows passed over.",
                  no_args_is_help=True, rich_markup_mode=None)  # fmt: skip


@app.callback()
def _batch() -> None:
    """Do it for many: resumable, flat in memory, bad rows passed over."""


@app.command("answer")
def answer(
    source: Annotated[Path, typer.Argument(metavar="IN", help="JSONL, one brief a line.")],
    target: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="JSONL of answers.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Answer a JSONL file of briefs; repeat the command to go on after an interruption."""
    from rigatino.surfaces.batch import answer_rows

    meter = _Meter(quiet)
    done = answer_rows(source, target, meter)
    meter.clear()
    typer.echo(
        f"{done.done} briefs, {done.bad} bad rows (reported in {target} and passed over)"
        + (f", {done.resumed} of them from an earlier run" if done.resumed else ""),
        err=True,
    )


class _Meter:
    """A progress line on stderr: redrawn on a terminal, every ten seconds elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._every = 0.2 if sys.stderr.isatty() else 10.0
        self._last = monotonic()

    def __call__(self, p: Progress) -> None:
        if self._quiet or monotonic() - self._last < self._every:
            return
        self._last = monotonic()
        left = "" if p.remaining is None else f", about {_duration(p.remaining)} left"
        line = f"{p.done} done, {p.bad} bad, {p.fraction:.0%}{left}"
        sys.stderr.write(f"\r{line:<60}" if sys.stderr.isatty() else line + "\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Wipe the redrawn line."""
        if not self._quiet and sys.stderr.isatty():
            sys.stderr.write("\r" + " " * 60 + "\r")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{rest:02}"
