"""The command ``rigatino``: its parts, and how it ends.

Exit codes: 0 done (an answer saying that nothing fits is done), 1 an audit or check
found something wrong, 2 usage or unreadable input. Errors are one line on stderr.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from rigatino._version import __version__
from rigatino.errors import RigatinoError
from rigatino.surfaces.cli import answering, batching, inspecting, showing

app = typer.Typer(
    name="rigatino",
    help="Mend a picture, see what was invented, and have it explained from given sources only.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("answer")(answering.answer)
app.command("ask")(answering.ask)
app.command("audit")(answering.audit)
app.command("inspect")(inspecting.inspect)
app.command("demo")(showing.demo)
app.command("schema")(showing.schema)
app.add_typer(batching.app, name="batch")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rigatino {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Mend a picture, see what was invented, and have it explained from given sources only."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    sys.exit(_code(arguments))


def _code(arguments: list[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="rigatino", standalone_mode=False)
    except RigatinoError as error:
        return _complain(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return _complain("stopped; nothing was lost", 130)
    except BrokenPipeError:
        # The reader went away (`rigatino … | head`): say nothing, and keep the
        # interpreter from flushing into the closed pipe on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        # Typer's own complaints about options know how to phrase themselves.
        phrase = getattr(error, "format_message", None)
        if phrase is None:
            raise
        return _complain(f"{phrase()} Try: rigatino --help", 2)
    return code if isinstance(code, int) else 0


def _complain(line: str, code: int) -> int:
    sys.stderr.write(" ".join(f"rigatino: {line}".split()) + "\n")
    return code
