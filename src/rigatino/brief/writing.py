"""A brief written in the founding text form, so that reading it gives back the record.

Most texts are written as they stand. A character that the reader would mend, strip, or
take for a field name, a heading or a line end is written as a six-digit reference such
as ``&#x00004D;``, which the reader takes for this very character, last of all (see
``markup``). Which characters need that is not guessed: every text is put through the
reader's own function, what comes out changed is written that way, and the finished file
is read back before it is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rigatino.brief.lines import (
    is_answer,
    is_based_on,
    is_heading,
    is_rule,
    question_begins,
    read_field,
    read_section,
)
from rigatino.brief.markup import literal, veil
from rigatino.brief.mojibake import mend_mojibake
from rigatino.brief.reading import read_brief
from rigatino.brief.record import Brief, Model, Paper
from rigatino.brief.traced import Traced
from rigatino.brief.values import read_link, read_name, read_summary, read_text
from rigatino.errors import BriefError, OutputError

_HEAD = """You are an AI scientist.

A user has asked the following question:
"{question}"

Based on the following recommended models, explain:

1. What task the user is trying to perform.
2. How the model(s) would work in a CNAPS AI-like workflow (input → model → output).
3. List relevant papers and tools (with GitHub or ArXiv links) that support your answer.

Use **only the provided models and papers**. Do not refer to outside sources.

"""
_PLAIN = re.compile(r"[A-Za-z0-9 ]")
_SCHEME = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_ALWAYS = re.compile("[\ufdd0\ufeff\x00-\x08\x0b-\x1f\x7f]|&(?=#x[0-9A-F]{6};)|^\\s+|\\s+$")

_VEILED_RUN = re.compile(r"^(?:&#x[0-9A-F]{6};)+")

#: What the reader makes of a text.
Reading = Callable[[Traced, str], Traced | None]


def write_brief(brief: Brief) -> str:
    """The founding text form of a brief; ``read_brief`` gives back an equal record.

    Raises ``OutputError`` for a record that no file can be read as: without a question,
    with ids out of order, with the same item twice.
    """
    for veiled in (_veiled_where_needed, _veiled_throughout):
        text = _written(brief, veiled)
        if _is_read_as(brief, text):
            return text
    raise OutputError(
        "the brief cannot be written as text",
        "a record as the reader makes it: a question, ids M1… and P1… in order, no item twice",
        "read it from its file, or write it as JSON",
    )


def _is_read_as(brief: Brief, text: str) -> bool:
    try:
        return read_brief(text) == brief
    except BriefError:
        return False


def _written(brief: Brief, veiled: Callable[[str, Reading, bool], str]) -> str:
    """The file, with a function that writes one text."""
    models = "\n".join(_model(model, veiled) for model in brief.models)
    papers = "\n".join(_paper(paper, veiled) for paper in brief.papers)
    return (
        _HEAD.format(question=veiled(brief.question, _as_text, True))
        + f"### Recommended AI Models:\n{models}\n### Related Papers:\n{papers}\n\nAnswer:\n"
    )


def _model(model: Model, veiled: Callable[[str, Reading, bool], str]) -> str:
    return (
        f"Model: {veiled(model.name, _as_name, False)}\n"
        f"Paper: {_link(model.paper, veiled)}\n"
        f"GitHub: {_link(model.github, veiled)}\n"
    )


def _paper(paper: Paper, veiled: Callable[[str, Reading, bool], str]) -> str:
    lines = [
        f"Model: {veiled(paper.title, _as_name, False)}",
        f"Paper: {_link(paper.url, veiled)}",
    ]
    if paper.github:
        lines.append(f"GitHub: {_link(paper.github, veiled)}")
    if paper.summary:
        lines.append(f"Summary: {veiled(paper.summary, _as_summary, True)}")
    return "\n".join(lines) + "\n"


def _link(link: str | None, veiled: Callable[[str, Reading, bool], str]) -> str:
    return veiled(link, _as_link, False) if link else "None"


def _as_text(text: Traced, original: str) -> Traced | None:
    return read_text(text, original, _silent)


def _as_name(text: Traced, original: str) -> Traced | None:
    named = read_name(text, original, _silent)
    return None if named.links else named.name


def _as_summary(text: Traced, original: str) -> Traced | None:
    return read_summary(text, original, _silent)


def _as_link(text: Traced, original: str) -> Traced | None:
    linked = read_link(text, original, _silent)
    return None if linked.more else linked.link


def _silent(code: str, message: str) -> None:
    """The writer tries readings out; what they would report is of no interest."""


def _veiled_where_needed(text: str, reading: Reading, lines: bool) -> str:
    """Only what would be read as something else is written as references."""
    written = _structure_veiled(text, lines)
    for _ in range(8):
        read = reading(mend_mojibake(veil(Traced.original(written)))[0], written)
        if read is not None and read.text == text:
            return written
        changed = _changed(read, written)
        if not changed:
            break
        for place in sorted(changed, reverse=True):
            written = written[:place] + literal(written[place]) + written[place + 1 :]
    return _veiled_throughout(text, reading, lines)


def _changed(read: Traced | None, written: str) -> set[int]:
    """Where the written text was mended: the first character of each such place."""
    if read is None:
        return set()
    places = set()
    for run in read.runs:
        raw = written[run.raw_at : run.raw_at + run.raw_length]
        rest = _VEILED_RUN.sub("", raw)
        if not run.verbatim and rest:
            places.add(run.raw_at + len(raw) - len(rest))
    return places


def _structure_veiled(text: str, lines: bool) -> str:
    """References for what the form itself would be read from, line by line."""
    if not lines:
        text = "".join(literal(c) if c == "\n" else c for c in text)
    text = _ALWAYS.sub(lambda m: "".join(literal(c) for c in m.group()), text)
    return "\n".join(
        literal(line[0]) + line[1:] if _is_form(line) else line for line in text.split("\n")
    )


def _is_form(line: str) -> bool:
    """Whether a line of running text could be taken for a line of the form."""
    return bool(line) and bool(
        read_field(line)
        or read_section(line)
        or is_heading(line)
        or is_based_on(line)
        or is_answer(line)
        or is_rule(line)
        or question_begins(line) is not None
        or line.lstrip().startswith("#")
    )


def _veiled_throughout(text: str, reading: Reading, lines: bool) -> str:
    """Everything but letters, figures and blanks between them is written as references."""
    del lines
    scheme = _SCHEME.match(text) if reading is _as_link else None
    if scheme:  # a link has to be known for one
        rest = "".join(c if c.isalnum() else literal(c) for c in text[scheme.end() :])
        return scheme.group() + rest
    return "".join(
        c if _PLAIN.fullmatch(c) and 0 < i < len(text) - 1 else literal(c)
        for i, c in enumerate(text)
    )
