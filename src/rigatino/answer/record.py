"""The answer: sentences that each say where they come from.

A sentence is *brief* (it contains a verbatim quote from a source of the brief, at a span of
that source's repaired text; or, written by a language model, it restates such a quote),
*measured* (it points to a figure of the diagnosis of the asker's file) or *general* (background
from a task card, the program speaking of itself, or plain words of a model; it names no outside
source). Links are not text: a sentence refers to a link of a brief record, and only the renderer
puts it in, so a link that is not in the brief cannot be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rigatino.brief import Brief
from rigatino.recommendation import Recommendation
from rigatino.workflow import Workflow

if TYPE_CHECKING:
    from rigatino.diagnosis import Diagnosis
    from rigatino.evidence import Evidence

SCHEMA = "rigatino/answer/1"

Origin = Literal["brief", "measured", "general"]


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A link by reference: which item of the brief, and which of its links."""

    item: str  # M1, P2 …
    which: Literal["paper", "github"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or list line) and where it comes from."""

    text: str
    source: Origin
    cites: tuple[str, ...] = ()
    quote: str | None = None
    #: of the quote, in the repaired text of the source ``cites[0]``
    span: tuple[int, int] | None = None
    links: tuple[LinkRef, ...] = ()
    #: of a measured sentence: a JSON Pointer into the diagnosis that holds the figure, or several
    #: with blanks between; beginning with /evidence, into the evidence
    measure: str | None = None
    #: a model's sentence restates its quote, which need not stand in it, and is held to it
    by: Literal["program", "model"] = "program"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list item with an optional label in front."""

    kind: Literal["paragraph", "item"]
    sentences: tuple[Sentence, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One of the three sections."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the section, in order."""
        return tuple(s for block in self.blocks for s in block.sentences)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a restoration kept of the asker's file, and whether it was made here."""

    evidence: Evidence
    restored_here: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a model's claim that could not stand as it was written.

    ``what``: its quote (or a measured sentence) took its place, it stays as background that is
    marked *general*, or it was dropped.
    """

    what: Literal["quoted", "general", "dropped"]
    section: str
    #: the source that it named
    source: str | None
    before: str
    #: empty where it was dropped
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote the explanation, and what became of what a model wrote."""

    #: "offline", or the endpoint's name
    name: str = "offline"
    #: the model that was asked, whether or not its answer was used
    asked: str | None = None
    #: why the answer is the offline one although a model was asked
    why: str = ""
    claims: int = 0
    #: claims that stand word for word
    kept: int = 0
    seconds: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer with everything it rests on."""

    brief: Brief
    recommendation: Recommendation
    workflow: Workflow
    language: str
    #: why the answer is not in the asker's language, in that language; empty if it is
    language_note: str
    sections: tuple[Section, ...]
    #: what was mended, inferred or found suspicious, for the reader of the answer
    reported: tuple[str, ...]
    #: what was measured in the asker's file, where there is one
    measured: Diagnosis | None = None
    #: what was measured in a restoration of that file
    evidence: Evidence | None = None
    writer: Writer = Writer()
    #: what had to be changed in what a model wrote
    changes: tuple[Change, ...] = ()
