"""``demo`` and ``schema``."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.errors import UsageError
from rigatino.surfaces.screen import show

if TYPE_CHECKING:
    from rigatino.answer import Answer


def demo(
    folder: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Where the answers are written.")
    ] = "rigatino-demo",
) -> None:
    """Answer the founding questions, audit a poor answer, mend a picture, show its invention."""
    from rigatino import pipeline
    from rigatino.answer import to_html, to_json, to_markdown
    from rigatino.answer.audit import answer_text, report_text
    from rigatino.brief import example, examples, read_brief
    from rigatino.surfaces.files import made_folder, write_text

    target = made_folder(folder, "-o")
    show("The founding questions, answered from their briefs alone:\n\n")
    for name in examples():
        done = pipeline.answer_brief(read_brief(example(name), name))
        write_text(str(target / f"{name}.md"), to_markdown(done))
        write_text(str(target / f"{name}.html"), to_html(done))
        proof = json.dumps(to_json(done), ensure_ascii=False, indent=2)
        write_text(str(target / f"{name}.json"), proof + "\n")
        show(_summary(name, done) + "\n")
    show(f"Answers, pages and proofs: {target}/\n\n")
    show("One of the founding files is an answer. Audited against its own material:\n\n")
    poor = example("web-image-answer")
    text = answer_text(poor, "web-image-answer")
    show(report_text(pipeline.audit(text, read_brief(poor, "web-image-answer"))) + "\n")
    _mend(target)


def _mend(target: Path) -> None:
    """The example picture, before and after, with the record and the evidence."""
    from rigatino import pipeline
    from rigatino.run import example_picture, report_text
    from rigatino.surfaces.files import write_text

    before, after = target / "poster.jpg", target / "poster-mended.png"
    show("A poster that was saved too small, mended:\n\n")
    before.write_bytes(example_picture())
    done = pipeline.restore(before)
    done.save(after, overwrite=True)
    record = json.dumps(done.record.to_json(), ensure_ascii=False, indent=2)
    write_text(str(target / "poster-mended.json"), record + "\n")
    show(f"{report_text(done.record)}\nBefore and after: {before}, {after}\n")
    _evidence(before, after)


def _evidence(before: Path, after: Path) -> None:
    """What of the mended picture the file fixes, and a page to see it on."""
    from rigatino import pipeline
    from rigatino.evidence.telling import told
    from rigatino.surfaces.evidence import Wanted

    found = pipeline.compare(before, after)
    names = (str(after.with_name("poster-evidence" + end)) for end in (".png", ".html"))
    picture, page = Wanted(*names).write(found, str(before), str(after))
    said = "".join(f"- {sentence.text}\n" for sentence in told(found))
    show(f"\nWhat of it is the file's, and what was invented:\n\n{said}\n")
    show(f"Drawn on it, and as a page to look at: {picture}, {page}\n")


def _summary(name: str, done: Answer) -> str:
    rec = done.recommendation
    tasks = ", ".join(f"{g.slug} ({g.confidence:.0%})" for g in rec.tasks) or "not understood"
    lines = [f"{name}", f"  task    {tasks}"]
    lines += [f"  {v.id:<6}  {v.fit:<12} {v.name}" for v in rec.models]
    lines += [f"  {v.id:<6}  {v.fit:<12} {v.title}" for v in rec.papers]
    return "\n".join([*lines, ""])


def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="answer, audit, brief, diagnosis …")
    ] = None,
) -> None:
    """Print the JSON Schema of an output; without NAME, list them."""
    show("\n".join(_schemas()) + "\n" if name is None else schema_text(name))


def _schemas() -> list[str]:
    names = (f.name for f in (files("rigatino.surfaces") / "schemas").iterdir())
    return sorted(n.removesuffix(".json") for n in names if n.endswith(".json"))


def schema_text(name: str) -> str:
    """A published schema; an error that lists them for a name that is none."""
    if name not in _schemas():
        raise UsageError(f"no schema named {name!r}", " or ".join(_schemas()), "name one of these")
    return (files("rigatino.surfaces") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
