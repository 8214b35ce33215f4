"""``answer``, ``ask`` and ``audit``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.errors import UsageError

if TYPE_CHECKING:
    from rigatino.answer import Answer
    from rigatino.brief import Brief

Out = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there instead of to the screen."),
]
AsJson = Annotated[bool, typer.Option("--json", help="The proof object, with every quote's place.")]
AsHtml = Annotated[bool, typer.Option("--html", help="One self-contained page.")]
Image = Annotated[
    str | None,
    typer.Option("--image", metavar="FILE", help="The picture itself: what was measured is said."),
]


def answer(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="A brief; - for standard input.")],
    output: Out = None,
    as_json: AsJson = False,
    as_html: AsHtml = False,
    image: Image = None,
) -> None:
    """Answer the question of a brief, from the brief alone."""
    from rigatino import pipeline
    from rigatino.brief import read_brief
    from rigatino.surfaces.files import read_bytes

    given = read_brief(read_bytes(brief), brief)
    _deliver(pipeline.answer_brief(given, image), output, as_json, as_html)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In everyday words.")],
    output: Out = None,
    as_json: AsJson = False,
    as_html: AsHtml = False,
    image: Image = None,
) -> None:
    """Explain the task behind a question when there is no brief: no sources, no links."""
    from rigatino import pipeline

    _deliver(pipeline.ask(question, image), output, as_json, as_html)


def audit(
    answer_file: Annotated[
        str, typer.Argument(metavar="ANSWER", help="Any answer text; - for standard input.")
    ],
    brief: Annotated[str, typer.Option("--brief", metavar="BRIEF", help="The brief it answers.")],
    *,
    output: Out = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
    selftest: Annotated[
        bool,
        typer.Option("--selftest", help="Corrupt the answer in known ways; report what is missed."),
    ] = False,
    image: Annotated[
        str | None,
        typer.Option("--image", metavar="FILE", help="The file that the answer says it measured."),
    ] = None,
) -> None:
    """Check any answer against its brief. Exit code 1 when something is found."""
    from rigatino import pipeline
    from rigatino.answer.audit import answer_text, report_json, report_text
    from rigatino.brief import read_brief
    from rigatino.surfaces.files import read_bytes, write_text

    if answer_file == brief == "-":
        raise UsageError(
            "both ANSWER and --brief are standard input", "one of them as a file", "save one first"
        )
    text = answer_text(read_bytes(answer_file), answer_file)
    given = read_brief(read_bytes(brief), brief)
    if selftest:
        if image is not None:
            raise UsageError("--selftest and --image", "one of them", "leave one out")
        raise typer.Exit(_selftest(text, given, output, as_json))
    found = pipeline.audit(text, given, image)
    write_text(output, _json(report_json(found)) if as_json else report_text(found))
    raise typer.Exit(1 if found.findings else 0)


def _selftest(text: str, given: Brief, output: str | None, as_json: bool) -> int:
    from rigatino import pipeline
    from rigatino.answer.audit import selftest_json, selftest_text
    from rigatino.surfaces.files import write_text

    tested = pipeline.selftest(text, given)
    write_text(output, _json(selftest_json(tested)) if as_json else selftest_text(tested))
    return 1 if tested.missed else 0


def _deliver(done: Answer, output: str | None, as_json: bool, as_html: bool) -> None:
    from rigatino.answer import to_html, to_json, to_markdown
    from rigatino.surfaces.files import write_text

    if as_json and as_html:
        raise UsageError("--json and --html", "one of them", "leave one out")
    shown = to_html if as_html else to_markdown
    write_text(output, _json(to_json(done)) if as_json else shown(done))
    for line in done.reported:
        typer.echo(f"reported: {line}", err=True)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
