"""What the readers of the single forms hand over: items in the order of the file.

A draft still knows where each of its texts came from. ``values`` mends the texts,
``assembly`` makes the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rigatino.brief.lines import Section
from rigatino.brief.traced import Traced


@dataclass(frozen=True, slots=True)
class Remark:
    """A notice that does not know yet which source id it is about."""

    code: str
    message: str
    line: int | None = None


@dataclass(slots=True)
class Draft:
    """A model or paper as found; ``name`` is None where the file gives none."""

    section: Section | None
    line: int
    name: Traced | None = None
    link: Traced | None = None
    github: Traced | None = None
    summary: Traced | None = None
    #: the item had field names, rather than being a bare list entry
    labelled: bool = True
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, code: str, message: str, line: int | None = None) -> None:
        """Keep a remark about this item."""
        self.remarks.append(Remark(code, message, line or self.line))


@dataclass(slots=True)
class Sheet:
    """Everything found in one file."""

    question: Traced
    question_line: int
    drafts: list[Draft]
    form: str
    remarks: list[Remark] = field(default_factory=list)
    id: str | None = None
