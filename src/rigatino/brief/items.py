"""The models and papers of a text file, block by block.

Which lines open an item or a section is ruled by ``grammar``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rigatino.brief.drafts import Draft, Remark
from rigatino.brief.grammar import has_block, is_sound, is_titled, opens_item
from rigatino.brief.lines import (
    Field,
    Section,
    is_answer,
    is_heading,
    is_other_field,
    is_preamble,
    is_rule,
    read_field,
    read_section,
)
from rigatino.brief.links import find_links, is_repository
from rigatino.brief.notebook import shown
from rigatino.brief.page import Page
from rigatino.brief.values import is_link_value

_ENTRY = re.compile(
    r"[ \t]*(?:[-*+•·‣–][ \t]+|\d{1,3}[.)][ \t]+|\[[MP]?\d{1,3}\][ \t]*|#{1,6}[ \t]*|(?=\*\*|__))"
)
_LINKED_WORDS = re.compile(r"\s*\[([^\[\]]+)\]\(")
_NOTHING_LISTED = re.compile(
    r"\W*(?:there (?:are|were) )?no(?:ne| (?:\w+ ){0,3}(?:models?|papers?|matches|results))"
    r"(?: (?:was|were|are|is)?\s*(?:found|provided|available|listed|given))?\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """The items of a file, and how they were set."""

    drafts: list[Draft]
    remarks: list[Remark]
    headings: set[Section]
    decorated: bool
    answered: bool


class ItemReader:
    """Goes through the lines after the question once."""

    def __init__(self, page: Page, first: int) -> None:
        self.page = page
        self.first = first
        self.section: Section | None = None
        self.item: Draft | None = None
        self.found = Found([], [], set(), decorated=False, answered=False)
        #: place where the current summary begins and its last line so far
        self.summary_at: tuple[int, int] | None = None
        self.summary_end = 0
        self.unread: list[int] = []

    def read(self) -> Found:
        """Every item from the first line on."""
        end = self._last_answer_line()
        for line in range(self.first, len(self.page) if end is None else end):
            if not self.page.blank(line):
                self._in_summary(line) if self.summary_at else self._between(line)
        if end is not None:
            self._end(end)
        self._close_summary()
        self._report_unread()
        return self.found

    def _end(self, line: int) -> None:
        """The ``Answer:`` line: whatever follows is not part of the brief."""
        self.found.answered = True
        rest = self.page.next_filled(line)
        if rest is not None:
            message = f"not read from here on: {shown(self.page.lines[rest])}"
            self.found.remarks.append(Remark("after-answer", message, rest + 1))

    def _last_answer_line(self) -> int | None:
        """The last ``Answer:`` line, unless an item follows it."""
        for line in range(len(self.page) - 1, self.first - 1, -1):
            if is_answer(self.page.lines[line]):
                return line
            if opens_item(self.page, line):
                return None
        return None

    # Inside a summary.

    def _in_summary(self, line: int) -> None:
        text = self.page.lines[line]
        section = read_section(text)
        if section and self._section_holds(line, section):
            self._open_section(section)
        elif opens_item(self.page, line):
            self._open_item(line)
        elif self._is_late_field(line):
            self._close_summary_before(line)
        elif self._is_nameless_block(line):
            self._close_summary()
            self._begin(line, None)
            self._take_field(line, read_field(text))
        elif not (is_rule(text) and self._closes(line)):
            if section or read_field(text) or text.lstrip().startswith("#"):
                self._item().remark("field-in-summary", f"{shown(text)} is text", line + 1)
            self.summary_end = line

    def _section_holds(self, line: int, section: Section) -> bool:
        following = self.page.next_filled(line)
        if following is None or is_answer(self.page.lines[following]):
            return section not in self.found.headings
        return opens_item(self.page, following) or (
            section not in self.found.headings
            and bool(_NOTHING_LISTED.fullmatch(self.page.lines[following]))
        )

    def _is_late_field(self, line: int) -> bool:
        """A link line after the summary that the item lacks, with only such lines after it."""
        field = read_field(self.page.lines[line])
        if field is None or field.key not in ("link", "github") or not is_sound(self.page, line):
            return False
        return getattr(self._item(), field.key) is None and self._only_fields_until_next(line)

    def _only_fields_until_next(self, line: int) -> bool:
        following = self.page.next_filled(line)
        while following is not None and not self._closes_here(following):
            field = read_field(self.page.lines[following])
            if field is None or field.key not in ("link", "github"):
                return False
            following = self.page.next_filled(following)
        return True

    def _closes(self, line: int) -> bool:
        following = self.page.next_filled(line)
        return following is None or self._closes_here(following)

    def _closes_here(self, line: int) -> bool:
        text = self.page.lines[line]
        section = read_section(text)
        return (
            opens_item(self.page, line)
            or is_answer(text)
            or bool(section and self._section_holds(line, section))
        )

    def _is_nameless_block(self, line: int) -> bool:
        """A block whose name line is missing: blank line, ``Paper: link``, ``Summary:``."""
        field = read_field(self.page.lines[line])
        if field is None or field.key != "link" or not self.page.blank(line - 1):
            return False
        following = line + 1
        while following < len(self.page):
            later = read_field(self.page.lines[following])
            if later is None or not is_sound(self.page, following):
                return False
            if later.key == "summary":
                return is_sound(self.page, line)
            following += 1
        return False

    def _close_summary(self) -> None:
        if self.summary_at:
            first, start = self.summary_at
            self._item().summary = self.page.block(first, start, self.summary_end)
            self.summary_at = None

    def _close_summary_before(self, line: int) -> None:
        self._close_summary()
        self._take_field(line, read_field(self.page.lines[line]))

    # Between summaries.

    def _between(self, line: int) -> None:
        text = self.page.lines[line]
        section = read_section(text)
        field = read_field(text)
        if section:
            self._open_section(section)
        elif self.section is None and self.item is None and not opens_item(self.page, line):
            self._pass_over(line)
        elif field is None:
            self._unlabelled(line)
        elif field.key == "name" or is_titled(self.page, line, field):
            self._open_item(line)
        else:
            self._take_field(line, field)

    def _open_section(self, section: Section) -> None:
        self._close_summary()
        self.section = section
        self.item = None
        self.found.headings.add(section)

    def _open_item(self, line: int) -> None:
        """A name line, or a heading that stands for one."""
        self._close_summary()
        text = self.page.lines[line]
        field = read_field(text)
        if field:
            start = field.value
            self.found.decorated |= field.decorated
        else:
            entry = _ENTRY.match(text)
            start = entry.end() if entry else 0
            self.found.decorated = True
        self._begin(line, start)

    def _begin(self, line: int, name_at: int | None) -> None:
        self.item = Draft(self.section, line + 1)
        self.found.drafts.append(self.item)
        if name_at is not None:
            self.item.name = self.page.value(line, name_at)

    def _take_field(self, line: int, field: Field | None) -> None:
        if field is None:
            return
        if self.item is None or self._starts_over(line, field):
            self._begin(line, None)
        item = self._item()
        if field.key == "summary":
            if item.summary is None:
                self.summary_at = (line, field.value)
                self.summary_end = line
                return
        elif field.key in ("link", "github") and getattr(item, field.key) is None:
            setattr(item, field.key, self._link_value(line, field))
            return
        message = f"{shown(self.page.lines[line])} was not read"
        item.remark("repeated-field", message, line + 1)

    def _link_value(self, line: int, field: Field) -> object:
        """The value of a link line, or the next line if that holds the link."""
        value = self.page.value(line, field.value)
        following = line + 1
        if value.text or following >= len(self.page):
            return value
        below = self.page.lines[following]
        if read_field(below) is None and find_links(below) and is_link_value(below):
            self._item().remark("line-joined", "the link stands on a line of its own", line + 2)
            return self.page.value(following)
        return value

    def _starts_over(self, line: int, field: Field) -> bool:
        """After a blank line, a field that the item has already begins a nameless one."""
        item = self._item()
        taken = getattr(item, field.key if field.key != "name" else "link") is not None
        return taken and line > 0 and self.page.blank(line - 1)

    def _unlabelled(self, line: int) -> None:
        """A line without a field name where no summary is open."""
        text = self.page.lines[line]
        if is_rule(text) or is_preamble(text) or self._is_second_half(line):
            return
        if _NOTHING_LISTED.fullmatch(text) and self.item is None:
            return
        if self.item and self._takes_name(line):
            return
        if self._is_entry(line):
            self._open_entry(line)
        elif self.item and self._takes_link(line):
            return
        elif self._takes_summary(line):
            self._item().remark("summary-inferred", "read as the summary", line + 1)
            self.summary_at, self.summary_end = (line, 0), line
        else:
            self.unread.append(line)

    def _is_second_half(self, line: int) -> bool:
        """A link that ``_link_value`` has taken from below its field name."""
        field = read_field(self.page.lines[line - 1]) if line else None
        if field is None or field.key not in ("link", "github") or self.item is None:
            return False
        taken: object = getattr(self.item, field.key)
        empty = not self.page.lines[line - 1][field.value :].strip()
        return (
            empty
            and taken is not None
            and getattr(taken, "text", "") == self.page.lines[line].strip()
        )

    def _takes_name(self, line: int) -> bool:
        """A name broken over lines: text directly below the name line, before any field."""
        item = self._item()
        begun = item.name is not None and not (item.link or item.github or item.labelled is False)
        if not begun or item.line != line or _ENTRY.match(self.page.lines[line]):
            return False
        if find_links(self.page.lines[line]) or is_other_field(self.page.lines[line]):
            return False
        above = read_field(self.page.lines[line - 1])
        item.name = self.page.block(line - 1, above.value if above else 0, line)
        item.remark("line-joined", "the name goes on in the next line", line + 1)
        return True

    def _is_entry(self, line: int) -> bool:
        """A list entry or heading that names an item without a field name."""
        text = self.page.lines[line]
        entry = _ENTRY.match(text)
        if not entry or not text[entry.end() :].strip(" *_-"):
            return False
        if is_heading(text):
            return has_block(self.page, line)
        indented = text[:1] in " \t" and self.item is not None
        return self.section in ("models", "papers") and not indented

    def _open_entry(self, line: int) -> None:
        """``- Title, https://…``: the words are the name, the links go where they belong."""
        text = self.page.lines[line]
        entry = _ENTRY.match(text)
        start = entry.end() if entry else 0
        self.found.decorated = True
        self._begin(line, start)
        item = self._item()
        links = find_links(text)
        words = _LINKED_WORDS.match(text, start)
        if links:
            begin, end = words.span(1) if words else (start, links[0].start)
            at = self.page.starts[line]
            item.name = self.page.text.slice(at + begin, at + end).strip(" \t\n-–—:|(<,")
        item.labelled = False
        item.remark("item-inferred", f"read as an item: {shown(text)}", line + 1)
        self._place_links(line)

    def _takes_link(self, line: int) -> bool:
        """A line that is nothing but a link."""
        text = self.page.lines[line]
        if not find_links(text) or not is_link_value(text):
            return False
        self._item().remark("link-inferred", f"taken for the item's: {shown(text)}", line + 1)
        self._place_links(line)
        return True

    def _place_links(self, line: int) -> None:
        """Give the links of a line to the fields that are still free."""
        item = self._item()
        at = self.page.starts[line]
        for link in find_links(self.page.lines[line]):
            key = "github" if is_repository(link.url) else "link"
            if getattr(item, key) is None:
                setattr(item, key, self.page.text.slice(at + link.start, at + link.end))
            else:
                item.remark("extra-link", f"{shown(link.url)} was not read", line + 1)

    def _takes_summary(self, line: int) -> bool:
        """A paragraph below the fields of a paper."""
        item = self.item
        if item is None or self.section != "papers" or item.summary is not None:
            return False
        return len(self.page.lines[line]) >= 60

    def _pass_over(self, line: int) -> None:
        if not is_preamble(self.page.lines[line]) and not is_rule(self.page.lines[line]):
            self.unread.append(line)

    def _report_unread(self) -> None:
        """One remark for every run of lines that were not read."""
        previous = -2
        for line in self.unread:
            if line > previous + 1:
                message = f"not read: {shown(self.page.lines[line])}"
                self.found.remarks.append(Remark("unread-line", message, line + 1))
            previous = line

    def _item(self) -> Draft:
        if self.item is None:
            raise AssertionError("only called where an item is open")
        return self.item
