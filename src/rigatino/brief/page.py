"""A text file as the readers of the text forms see it: mended lines with their origin."""

from __future__ import annotations

import re
from bisect import bisect_right

from rigatino.brief.decoding import BOM
from rigatino.brief.markup import veil
from rigatino.brief.mojibake import mend_mojibake
from rigatino.brief.notebook import Notebook, shown
from rigatino.brief.traced import Edit, Traced

_LINE_END = re.compile(r"\r\n?")


class Page:
    """The lines of a file; line numbers here are 0-based, in notices 1-based."""

    def __init__(self, original: str, book: Notebook) -> None:
        self.original = original
        text = _without_mark(Traced.original(original))
        text = _plain_line_ends(veil(text), book)
        self.text = _without_mojibake(text, book)
        self.lines = self.text.text.split("\n")
        self.starts = _starts(self.lines)

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.lines)

    def blank(self, line: int) -> bool:
        """Whether a line holds nothing but white space."""
        return not self.lines[line].strip()

    def next_filled(self, line: int) -> int | None:
        """The first line after ``line`` that is not blank."""
        for later in range(line + 1, len(self.lines)):
            if not self.blank(later):
                return later
        return None

    def value(self, line: int, start: int = 0) -> Traced:
        """A line from ``start`` on, without white space round it."""
        at = self.starts[line]
        return self.text.slice(at + start, at + len(self.lines[line])).strip()

    def block(self, first: int, start: int, last: int) -> Traced:
        """From ``start`` in the line ``first`` to the end of the line ``last``, stripped."""
        end = self.starts[last] + len(self.lines[last])
        return self.text.slice(self.starts[first] + start, end).strip()

    def line_at(self, offset: int) -> int:
        """The line that an offset of the mended text lies in."""
        return bisect_right(self.starts, offset) - 1


def _starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _without_mark(text: Traced) -> Traced:
    start = len(text.text) - len(text.text.lstrip(BOM))
    return text.slice(start, len(text.text)) if start else text


def _plain_line_ends(text: Traced, book: Notebook) -> Traced:
    if "\r" not in text.text:
        return text
    edits = [(m.start(), m.end(), "\n") for m in _LINE_END.finditer(text.text)]
    book.note("line-ends", f"{len(edits)} line ends are not plain line feeds")
    return text.edited(edits)


def _without_mojibake(text: Traced, book: Notebook) -> Traced:
    mended, edits = mend_mojibake(text)
    if edits:
        first = edits[0]
        line = text.text.count("\n", 0, first[0]) + 1
        book.note("mojibake", repair_message(text.text, edits), line=line)
    if "\ufffd" in mended.text:
        line = mended.text[: mended.text.index("\ufffd")].count("\n") + 1
        lost = mended.text.count("\ufffd")
        book.note("lost-characters", f"{lost} characters were lost before", line=line)
    return mended


def repair_message(text: str, edits: list[Edit]) -> str:
    """How many places were mended, and the first of them."""
    start, end, new = edits[0]
    many = f"{len(edits)} places" if len(edits) > 1 else "1 place"
    return f"{many} mended, first {shown(text[start:end])} to {shown(new)}"
