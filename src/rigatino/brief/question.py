"""Where the question stands in a text file.

The question begins after the line that introduces it ("A user has asked the following
question:", ``Question:``, ``## User question``). It ends before the first line that can
follow it: "Based on the following recommended models", a section heading, a rule, a
numbered heading, an item whose block grammar holds. If the question opens with a
quotation mark, the first such line whose foregoing text closes it is taken, so that
quoted text of any length may hold headings, field names and blank lines. Without any
introducing line the text before the first section is the question, and that is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rigatino.brief.drafts import Remark
from rigatino.brief.grammar import opens_item
from rigatino.brief.lines import (
    is_answer,
    is_based_on,
    is_preamble,
    is_rule,
    question_begins,
    read_field,
    read_section,
)
from rigatino.brief.page import Page
from rigatino.brief.traced import Traced
from rigatino.errors import BriefError

_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』", "'": "'", "‘": "’"}
_QUOTE_ENTITY = re.compile(r"&(?:quot|#34|#x22|ldquo);")
_QUOTE_SIGN = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+\S")
_NUMBERED = re.compile(r"\s*#{1,6}\s*\d{1,2}[.)]\s")
_CLOSES_A_WORD = re.compile(r"(?<=\S)[\"”](?=[\s.,;:!?)]|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question and the first line after it."""

    text: Traced
    line: int
    after: int
    remarks: tuple[Remark, ...]


def find_question(page: Page, name: str) -> Asked:
    """The question, or ``BriefError`` if the file asks nothing."""
    begun = _introduced(page)
    if begun is None:
        return _inferred(page, name)
    line, start = begun
    if not page.lines[line][start:].strip():
        filled = page.next_filled(line)
        if filled is None or read_section(page.lines[filled]):
            raise _nothing_asked(name, line)
        line, start = filled, 0
    return _bounded(page, line, start, name)


def _introduced(page: Page) -> tuple[int, int] | None:
    """Line and place right after the words that introduce the question."""
    for line, text in enumerate(page.lines):
        start = question_begins(text)
        if start is None:
            if read_section(text):
                return None
            continue
        following = page.next_filled(line)
        if not text[start:].strip() and following is not None:
            again = question_begins(page.lines[following])
            if again is not None:
                return following, again
        return line, start
    return None


def _bounded(page: Page, line: int, start: int, name: str) -> Asked:
    """The question that begins at a known place."""
    opening = page.lines[line][start:].lstrip(" \t*_>")[:1]
    closing = _PAIRS.get(opening, "")
    rest = range(line + 1, len(page))
    ends = [n for n in rest if _may_follow(page, n)] + [len(page)]
    after = ends[0]
    if closing:  # any heading ends a question that is quoted, and whose quotation is closed
        likely = sorted({*ends, *(n for n in rest if _HEADING.match(page.lines[n]))})
        closed = (
            n for n in likely if page.block(line, start, n - 1).text.rstrip("*_ ").endswith(closing)
        )
        after = next(closed, after)
    text = _without_quote_signs(page.block(line, start, after - 1))
    quoted, remarks = _unquoted(text, line)
    if not quoted.text.strip():
        raise _nothing_asked(name, line)
    return Asked(quoted, line + 1, after, remarks)


def _without_quote_signs(text: Traced) -> Traced:
    """A Markdown quotation without the ``>`` that begins each of its lines."""
    lines = [line for line in text.text.split("\n") if line.strip()]
    if not lines or not all(line.lstrip().startswith(">") for line in lines):
        return text
    return text.edited((m.start(), m.end(), "") for m in _QUOTE_SIGN.finditer(text.text)).strip()


def _may_follow(page: Page, line: int) -> bool:
    text = page.lines[line]
    return bool(
        is_based_on(text)
        or read_section(text)
        or is_rule(text)
        or _NUMBERED.match(text)
        or is_answer(text)
        or opens_item(page, line)
    )


def _unquoted(text: Traced, line: int) -> tuple[Traced, tuple[Remark, ...]]:
    """Without the pair of quotation marks that the form puts round it."""
    text = text.strip(" \t\n*_") if text.text[:1] in "*_" else text.strip()
    opening = _QUOTE_ENTITY.match(text.text)
    size = opening.end() if opening else 1
    closing = '"' if opening else _PAIRS.get(text.text[:1], "")
    missing = (Remark("question-unquoted", "the question is not in quotation marks", line + 1),)
    if not closing:
        return text, missing
    late = list(_QUOTE_ENTITY.finditer(text.text))[-1:] if opening else []
    if late and late[0].end() == len(text) and late[0].start() >= size:
        return text.slice(size, late[0].start()).strip(), ()
    if len(text) > size and text.text.endswith(closing):
        return text.slice(size, len(text) - 1).strip(), ()
    inner = text.text[size:]
    if closing in inner and _CLOSES_A_WORD.search(inner):
        return text, missing
    return text.slice(size, len(text)).strip(), missing


def _inferred(page: Page, name: str) -> Asked:
    """Without an introduction, what stands before the first section is the question."""
    end = next((n for n in range(len(page)) if _may_follow(page, n)), len(page))
    lines = [n for n in range(end) if not page.blank(n) and not _says_nothing(page.lines[n])]
    if not lines or end == len(page):
        raise _nothing_asked(name, 0)
    text, remarks = _unquoted(page.block(lines[0], 0, lines[-1]), lines[0])
    remark = Remark("question-inferred", "nothing introduces the question", lines[0] + 1)
    return Asked(text, lines[0] + 1, end, (remark, *remarks))


def _says_nothing(line: str) -> bool:
    return is_preamble(line) or line.lstrip().startswith("#") or bool(read_field(line))


def _nothing_asked(name: str, line: int) -> BriefError:
    return BriefError(
        f"{name} asks no question",
        'a question after "A user has asked the following question:"',
        "add the question, or use the JSON form",
        line=line + 1,
    )
