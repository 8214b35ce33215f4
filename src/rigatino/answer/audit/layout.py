"""The layout of an answer: its sections, blocks and sentences, each with its place.

Answers come in many shapes: headings with hashes, bold or bare numbered lines, lists,
tables or none of these. Nothing here looks at the brief.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rigatino.answer.audit.sections import SectionKind, heading_kind, kinds_in_order
from rigatino.answer.audit.splitting import sentence_spans


@dataclass(frozen=True, slots=True)
class Section:
    """``text[start:end]`` is the body, without its heading; the preamble has no heading."""

    kind: SectionKind
    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row.

    ``lead`` is what introduces it: its own bold opening, the bold line above it, or the
    line ending in a colon that opens its list; ``parent`` is the item it is nested in.
    """

    kind: str  # paragraph | item | row
    start: int
    end: int
    indent: int
    section: int
    lead: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` without list marks; ``block`` and ``section`` are indices."""

    text: str
    start: int
    end: int
    block: int
    section: int


@dataclass(frozen=True, slots=True)
class Layout:
    """An answer taken apart."""

    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]

    def kind_of(self, sentence: Sentence) -> SectionKind:
        """The kind of the section that the sentence stands in."""
        return self.sections[sentence.section].kind

    def in_block(self, block: int) -> list[Sentence]:
        """The sentences of a block in order."""
        return [s for s in self.sentences if s.block == block]

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence that covers an offset, if any."""
        for index, sentence in enumerate(self.sentences):
            if sentence.start <= offset < sentence.end:
                return index
        return None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    title: str
    level: int
    body: int  # offset where the text after it begins


_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"\s*(?:[^\w\s*]\s*)?(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
_BOLD_NUMBERED = re.compile(
    r"\s*(?:\*\*|__)\s*((?:section\s+)?[1-3]\s*[.):][^*_]*)(?:\*\*|__)", re.I
)
_BARE_NUMBERED = re.compile(r"\s{0,3}(?:section\s+)?([1-3])\s*[.):]\s+(\S.{1,90})$", re.I)
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$|\s*={3,}\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+•–]\s+|\d{1,2}[.)]\s+)(?=\S)")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]+\|[\s:|-]*$")
_BOLD_LEAD = re.compile(r"\s*(?:[-*+•–]\s+|\d{1,2}[.)]\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)")


def lay_out(text: str, titles: tuple[tuple[int, int], ...] = ()) -> Layout:
    """Take an answer apart; ``titles`` are spans inside which no sentence may end."""
    lines = _lines(text)
    headings = _headings(lines)
    sections = _sections(text, lines, headings)
    blocks = _blocks(lines, headings, sections)
    sentences = tuple(
        sentence
        for index, block in enumerate(blocks)
        for sentence in _sentences(text, index, block, titles)
    )
    return Layout(text, sections, blocks, sentences)


def _lines(text: str) -> list[_Line]:
    found, start = [], 0
    for part in text.splitlines(keepends=True):
        body = part.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        found.append(_Line(body, start, start + len(body)))
        start += len(part)
    return found


def _headings(lines: list[_Line]) -> list[_Heading]:
    """Hash headings; without them bold ones that name a section; else bare numbered ones."""
    hashed = [h for i, line in enumerate(lines) if (h := _hash_heading(i, line))]
    bold = [h for i, line in enumerate(lines) if (h := _bold_heading(i, line))]
    if any(heading_kind(h.title) != "other" for h in hashed):
        return hashed
    if len(bold) > 1:
        return sorted([*hashed, *bold], key=lambda h: h.line)
    bare = [h for i, line in enumerate(lines) if (h := _bare_heading(i, line, lines))]
    return sorted([*hashed, *bold, *bare], key=lambda h: h.line) if len(bare) > 1 else hashed


def _hash_heading(index: int, line: _Line) -> _Heading | None:
    match = _ATX.match(line.text)
    if not match:
        return None
    return _Heading(index, match.group(2).strip("*_ "), len(match.group(1)), line.end)


def _bold_heading(index: int, line: _Line) -> _Heading | None:
    """A line that is all bold and names a section, or starts with a bold section number."""
    whole = _BOLD_LINE.match(line.text)
    if whole and heading_kind(whole.group(1)) != "other":
        return _Heading(index, whole.group(1), 1, line.end)
    opening = _BOLD_NUMBERED.match(line.text)
    if opening:
        return _Heading(index, opening.group(1), 1, line.start + opening.end())
    return None


def _bare_heading(index: int, line: _Line, lines: list[_Line]) -> _Heading | None:
    """A short numbered or colon-ended line that names a section, with text below it."""
    below = next((other.text for other in lines[index + 1 :] if other.text.strip()), "")
    above = lines[index - 1].text.strip() if index else ""
    numbered = _BARE_NUMBERED.match(line.text)
    label = line.text.strip()
    if not below or above or "://" in label or len(label.split()) > 14:
        return None
    if numbered and not label.endswith(".") and heading_kind(label) != "other":
        return _Heading(index, label, 1, line.end)
    colon = label.endswith(":") and len(label.split()) < 9
    title = len(label.split()) < 6 and label[-1:].isalnum() and label[:1].isupper()
    alone = index + 1 < len(lines) and not lines[index + 1].text.strip()
    if heading_kind(label) != "other" and (colon or (title and alone)):
        return _Heading(index, label, 1, line.end)
    return None


def _sections(text: str, lines: list[_Line], headings: list[_Heading]) -> tuple[Section, ...]:
    """The preamble, then one section for each heading; deeper headings inherit the kind."""
    first = lines[headings[0].line].start if headings else len(text)
    found = [Section("other", "", 0, 0, first)]
    kinds = kinds_in_order([h.title for h in headings])
    for number, heading in enumerate(headings):
        after = headings[number + 1].line if number + 1 < len(headings) else None
        end = lines[after].start if after is not None else len(text)
        kind = kinds[number]
        upper = next((s for s in reversed(found) if s.kind != "other"), None)
        if upper and upper.level < heading.level:
            kind = upper.kind
            found.append(Section(kind, heading.title, heading.level, heading.body, end))
            continue
        found.append(Section(kind, heading.title, heading.level, heading.body, end))
    return tuple(found)


def _blocks(
    lines: list[_Line], headings: list[_Heading], sections: tuple[Section, ...]
) -> tuple[Block, ...]:
    """Consecutive lines make a paragraph; every list item and table row is a block."""
    by_line = {h.line: h for h in headings}
    builder = _BlockBuilder(sections)
    for index, line in enumerate(lines):
        heading = by_line.get(index)
        if heading is not None:
            builder.close()
            builder.lead = ""
            rest = line.text[heading.body - line.start :]
            if rest.strip():
                builder.open("paragraph", heading.body, line.end, 0)
        else:
            builder.feed(line)
    builder.close()
    return tuple(builder.blocks)


class _BlockBuilder:
    """Collects lines into blocks and remembers what introduces them."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self.sections = sections
        self.blocks: list[Block] = []
        self.current: Block | None = None
        self.current_text = ""
        self.lead = ""

    def feed(self, line: _Line) -> None:
        """Take in one line that is not a heading."""
        item = _ITEM.match(line.text)
        if not line.text.strip() or _RULE.match(line.text) or _TABLE_RULE.match(line.text):
            self.close()
        elif item:
            self.close()
            self.open("item", line.start + item.end(), line.end, len(item.group(1)), line.text)
        elif line.text.lstrip().startswith("|"):
            self.close()
            self.open("row", line.start, line.end, 0, line.text)
        elif self.current is None:
            self.open("paragraph", line.start, line.end, _indent(line.text), line.text)
        else:
            self.current = replace(self.current, end=line.end)
            self.current_text += "\n" + line.text

    def open(self, kind: str, start: int, end: int, indent: int, text: str = "") -> None:
        """Begin a block."""
        self.current = Block(kind, start, end, indent, self._section(start))
        self.current_text = text

    def close(self) -> None:
        """Finish the current block: find its parent and what introduces it."""
        block, self.current = self.current, None
        if block is None:
            return
        own = _BOLD_LEAD.match(self.current_text)
        text = self.current_text.strip()
        if _BOLD_LINE.match(text) and block.kind == "paragraph":
            self.lead = text
        parent = self._parent(block)
        lead = " ".join(part for part in (self.lead, own.group(1) if own else "") if part)
        self.blocks.append(replace(block, lead=lead, parent=parent))
        if block.kind == "paragraph" and text.endswith(":"):
            self.lead = text
        elif block.kind == "paragraph" and not _BOLD_LINE.match(text):
            self.lead = ""

    def _parent(self, block: Block) -> int | None:
        """The nearest item above that is less indented, in the same section."""
        if block.kind == "row" or (block.kind == "paragraph" and block.indent == 0):
            return None
        for index in range(len(self.blocks) - 1, -1, -1):
            other = self.blocks[index]
            if other.section != block.section or other.kind == "row":
                return None
            if other.kind == "item" and other.indent < block.indent:
                return index
        return None

    def _section(self, offset: int) -> int:
        for index in range(len(self.sections) - 1, 0, -1):
            if self.sections[index].start <= offset:
                return index
        return 0


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _sentences(
    text: str, index: int, block: Block, titles: tuple[tuple[int, int], ...]
) -> list[Sentence]:
    return [
        Sentence(text[start:end], start, end, index, block.section)
        for start, end in sentence_spans(text, block.start, block.end, titles)
    ]
