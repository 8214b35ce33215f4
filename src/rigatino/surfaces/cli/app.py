"""The command ``rigatino``: its parts, and how it ends.

Exit codes: 0 done (an answer saying that nothing fits is done), 1 an audit or check
found something wrong, 2 usage or unreadable input, 130 stopped by Ctrl-C. Errors are
one line on stderr.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rigatino._version import __version__
from rigatino.errors import RigatinoError
from rigatino.surfaces.cli import (
    answering,
    batching,
    comparing,
    inspecting,
    limiting,
    modelling,
    restoring,
    showing,
    writers,
)
from rigatino.surfaces.screen import note, settle, show, speak_utf8, turn_away

#: What a shell expects of a program that was stopped by Ctrl-C.
INTERRUPTED = 130

app = typer.Typer(
    name="rigatino",
    help="Mend a picture, see what was invented, and have it explained from given sources only.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("answer")(answering.answer)
app.command("ask")(answering.ask)
app.command("audit")(answering.audit)
app.command("compare-writers")(writers.compare_writers)
app.command("compare")(comparing.compare)
app.command("project")(comparing.project)
app.command("prove")(comparing.prove)
app.command("inspect")(inspecting.inspect)
app.command("restore")(restoring.restore)
app.command("limits")(limiting.limits)
app.command("demo")(showing.demo)
app.command("schema")(showing.schema)
app.add_typer(batching.app, name="batch")
app.add_typer(modelling.app, name="models")


def _version(wanted: bool) -> None:
    if wanted:
        show(f"rigatino {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - done by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Mend a picture, see what was invented, and have it explained from given sources only."""
    if context.invoked_subcommand is None:
        show(context.get_help() + "\n")


def run(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    speak_utf8()
    code = _code(arguments)
    settle()
    sys.exit(code)


def _code(arguments: list[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="rigatino", standalone_mode=False)
    except RigatinoError as error:
        return _complain(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except SystemExit:
        # Typer's way of saying that the reader of a help text went away.
        turn_away()
        return 0
    except OSError as error:
        turn_away()
        return _complain(f"{error.strerror or error}; nothing was written", 2)
    except Exception as error:
        # Typer's own complaints about options know how to phrase themselves.
        phrase = getattr(error, "format_message", None)
        if phrase is None:
            raise
        return _complain(f"{phrase()} Try: rigatino --help", 2)
    if code == INTERRUPTED:
        return _complain("stopped; nothing was lost", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _complain(line: str, code: int) -> int:
    note(f"rigatino: {line}")
    return code
