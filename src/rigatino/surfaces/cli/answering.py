"""``answer``, ``ask`` and ``audit``."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.errors import UsageError
from rigatino.surfaces.screen import note

if TYPE_CHECKING:
    from rigatino.answer import Answer
    from rigatino.brief import Brief


def chosen_model(given: str | None) -> str | None:
    """The model of the command line, else of the environment; none if that says "off".

    Nothing is imported for it: what a model needs to be asked is part of the time that it gets.
    """
    said = given if given is not None else os.environ.get("RIGATINO_LLM") or None
    return None if said == "off" else said


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was said about a language model."""

    llm: str | None
    timeout: float | None
    dry_run: bool

    def spec(self) -> str | None:
        """The model, from the command line or the environment."""
        return chosen_model(self.llm)


@dataclass(frozen=True, slots=True)
class _Form:
    """Where the answer goes, and as what."""

    output: str | None
    as_json: bool
    as_html: bool


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
After = Annotated[
    str | None,
    typer.Option("--after", metavar="FILE", help="What a tool made of it; else restored here."),
]

Llm = Annotated[
    str | None,
    typer.Option("--llm", metavar="KIND:MODEL[@URL]", help="Let a language model propose; or off."),
]
LlmTimeout = Annotated[
    float | None,
    typer.Option("--llm-timeout", metavar="S", help="Seconds it may take in all; 60 if not said."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="With --llm: print what would be sent; send nothing.")
]


def answer(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="A brief; - for standard input.")],
    *,
    output: Out = None,
    as_json: AsJson = False,
    as_html: AsHtml = False,
    image: Image = None,
    after: After = None,
    llm: Llm = None,
    llm_timeout: LlmTimeout = None,
    dry_run: DryRun = False,
) -> None:
    """Answer the question of a brief, from the brief alone."""
    from rigatino.brief import read_brief
    from rigatino.surfaces.files import keep_apart, read_bytes

    _one_form(as_json, as_html)
    keep_apart(output, brief, image or "-", after or "-")
    given = read_brief(read_bytes(brief), _called(brief))
    _written(
        given, (image, after), _Asked(llm, llm_timeout, dry_run), _Form(output, as_json, as_html)
    )


def ask(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="In everyday words; - for standard input.")
    ],
    *,
    output: Out = None,
    as_json: AsJson = False,
    as_html: AsHtml = False,
    image: Image = None,
    after: After = None,
    llm: Llm = None,
    llm_timeout: LlmTimeout = None,
    dry_run: DryRun = False,
) -> None:
    """Explain the task behind a question when there is no brief: no sources, no links."""
    from rigatino.brief import question_only
    from rigatino.surfaces.files import keep_apart

    _one_form(as_json, as_html)
    keep_apart(output, image or "-", after or "-")
    given = question_only(_asked(question))
    _written(
        given, (image, after), _Asked(llm, llm_timeout, dry_run), _Form(output, as_json, as_html)
    )


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
    after: After = None,
) -> None:
    """Check any answer against its brief. Exit code 1 when something is found."""
    from rigatino import pipeline
    from rigatino.answer.audit import answer_text, report_json, report_text
    from rigatino.brief import read_brief
    from rigatino.surfaces.files import keep_apart, read_bytes, write_text

    if answer_file == brief == "-":
        raise UsageError(
            "both ANSWER and --brief are standard input", "one of them as a file", "save one first"
        )
    keep_apart(output, answer_file, brief, image or "-", after or "-")
    text = answer_text(read_bytes(answer_file), _called(answer_file))
    given = read_brief(read_bytes(brief), _called(brief))
    if selftest:
        if image is not None:
            raise UsageError("--selftest and --image", "one of them", "leave one out")
        raise typer.Exit(_selftest(text, given, output, as_json))
    found = pipeline.audit(text, given, image, after)
    write_text(output, _json(report_json(found)) if as_json else report_text(found))
    raise typer.Exit(1 if found.findings else 0)


def _selftest(text: str, given: Brief, output: str | None, as_json: bool) -> int:
    from rigatino import pipeline
    from rigatino.answer.audit import selftest_json, selftest_text
    from rigatino.surfaces.files import write_text

    tested = pipeline.selftest(text, given)
    write_text(output, _json(selftest_json(tested)) if as_json else selftest_text(tested))
    return 1 if tested.missed else 0


def _one_form(as_json: bool, as_html: bool) -> None:
    if as_json and as_html:
        raise UsageError("--json and --html", "one of them", "leave one out")


def _called(name: str) -> str:
    return "standard input" if name == "-" else name


def _asked(question: str) -> str:
    """The question as text, whatever the locale made of the bytes of the command line."""
    from rigatino.surfaces.files import read_bytes

    data = read_bytes("-") if question == "-" else question.encode("utf-8", "surrogateescape")
    if not data.strip():
        raise UsageError(
            "the question is empty",
            "a question in everyday words",
            'for example: rigatino ask "Why is my photo so grainy?"',
        )
    return data.decode("utf-8", "replace")


def _written(
    given: Brief, pictures: tuple[str | None, str | None], asked: _Asked, form: _Form
) -> None:
    """Answered and delivered; or, on a dry run, what would be sent."""
    from rigatino import pipeline
    from rigatino.surfaces.files import write_text

    llm, (image, after) = asked.spec(), pictures
    if asked.dry_run and llm is None:
        raise UsageError("--dry-run without a language model", "--llm", "name the model")
    if asked.dry_run and llm is not None:
        request, estimate = pipeline.would_send(given, llm, image)
        write_text(form.output, request.shown() + "\n")
        note(estimate)
        return
    _deliver(pipeline.answer_brief(given, image, llm, asked.timeout, after), form)


def _deliver(done: Answer, form: _Form) -> None:
    from rigatino.answer import to_html, to_markdown
    from rigatino.surfaces.files import write_text

    text = _proof if form.as_json else to_html if form.as_html else to_markdown
    write_text(form.output, text(done))
    for line in done.reported:
        if done.brief.form != "question" or not line.startswith(("no-models", "no-papers")):
            note(f"reported: {line}")
    if done.writer.asked is not None:
        _account(done)


def _account(done: Answer) -> None:
    """Who wrote it and what was changed, on standard error: never in the way of the answer."""
    from rigatino.answer.modelled import account_lines
    from rigatino.language import cost_said

    for line in account_lines(done):
        note(line)
    writer = done.writer
    if writer.seconds is not None and writer.asked is not None:
        model = writer.asked.partition(" at ")[0]
        said = cost_said(model, writer.tokens_in, writer.tokens_out)
        note(f"language model: {writer.seconds:.1f} s; {said}")


def _proof(done: Answer) -> str:
    from rigatino.answer import to_json

    return _json(to_json(done))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
