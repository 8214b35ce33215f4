"""``compare-writers``."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.errors import UsageError
from rigatino.surfaces.cli.answering import LlmTimeout, Out

if TYPE_CHECKING:
    from rigatino.brief import Brief


def compare_writers(
    *,
    briefs: Annotated[
        list[str], typer.Argument(metavar="BRIEF…", help="Briefs, or JSONL files of briefs.")
    ],
    llms: Annotated[
        list[str] | None,
        typer.Option("--llm", metavar="KIND:MODEL[@URL]", help="A model; say it once for each."),
    ] = None,
    llm_timeout: LlmTimeout = None,
    output: Out = None,
    as_json: Annotated[bool, typer.Option("--json", help="The comparison as JSON.")] = False,
) -> None:
    """Put the same briefs through several language models and the offline writer."""
    from rigatino import pipeline
    from rigatino.answer.modelled import table
    from rigatino.surfaces.files import keep_apart, write_text

    if not llms:
        raise UsageError("no language model", "--llm, once for each model", "name at least one")
    keep_apart(output, *briefs)
    given = [brief for name in briefs for brief in _read(name)]
    done = pipeline.compare_writers(given, llms, llm_timeout)
    text = json.dumps(done.to_json(), ensure_ascii=False, indent=2) + "\n"
    write_text(output, text if as_json else table(done))


def _read(name: str) -> list[Brief]:
    """A brief, or every brief of a JSONL file; a bad row stops the comparison."""
    from rigatino.brief import read_brief, read_rows
    from rigatino.surfaces.files import read_bytes

    if not name.endswith(".jsonl"):
        return [read_brief(read_bytes(name), "standard input" if name == "-" else name)]
    found = []
    for row in read_rows(BytesIO(read_bytes(name))):
        if isinstance(row.brief, Exception):
            raise row.brief
        found.append(row.brief)
    return found
