"""The brief: one question with the models and papers that came with it.

Identity is content: where a text stood in the file and what had to be repaired
on the way are kept beside it, but two briefs that say the same are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA = "rigatino/brief/1"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of repaired text and the run of the original that it came from.

    ``text[at : at + length]`` was read from ``original[raw_at : raw_at + raw_length]``;
    offsets count characters of the file as decoded. Where both lengths are equal the
    run is verbatim; otherwise it is the outcome of one repair. A repair that keeps the
    length is written as two segments, what came in (``raw_length`` 0) and what went out
    (``length`` 0), so that equal lengths always mean verbatim.
    """

    at: int
    length: int
    raw_at: int
    raw_length: int


def _raw_start(segment: Segment, start: int) -> int:
    """Where ``start`` lies in the original, if the segment is verbatim."""
    verbatim = segment.length == segment.raw_length
    return segment.raw_at + (max(0, start - segment.at) if verbatim else 0)


def _raw_end(segment: Segment, end: int) -> int:
    """Where ``end`` lies in the original, if the segment is verbatim."""
    verbatim = segment.length == segment.raw_length
    over = max(0, segment.at + segment.length - end) if verbatim else 0
    return segment.raw_at + segment.raw_length - over


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the brief that may be quoted: ``Q``, ``M1`` …, ``P1`` ….

    The text of ``Q`` is the question, of a model its name, of a paper its title, a
    newline and its summary (the title alone where there is no summary).
    """

    id: str
    text: str
    origin: tuple[Segment, ...] = field(default=(), compare=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` was read from.

        It is as tight as verbatim runs allow and holds mended runs whole.
        """
        hit = [s for s in self.origin if s.at < end and start < s.at + s.length]
        hit = hit or [s for s in self.origin if s.at <= start <= s.at + s.length]
        if not hit:
            return (0, 0)
        ends = [_raw_end(s, end) for s in hit]
        return min(_raw_start(s, start) for s in hit), max(ends)


@dataclass(frozen=True, slots=True)
class Model:
    """A recommended model: a name and perhaps two links."""

    id: str
    name: str
    paper: str | None = None
    github: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A related paper: a title, perhaps links, perhaps a summary (empty if none)."""

    id: str
    title: str
    url: str | None = None
    github: str | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader mended, inferred or found suspicious; never silent.

    ``code`` is stable (see docs/reference/brief.md), ``where`` a source id or
    ``brief``, ``line`` the 1-based line of the file where known.
    """

    code: str
    message: str
    where: str = "brief"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """A question and its evidence."""

    question: str
    models: tuple[Model, ...]
    papers: tuple[Paper, ...]
    sources: tuple[Source, ...] = field(default=(), compare=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)
    #: founding | markdown | json | answer | question
    form: str = field(default="founding", compare=False)
    #: the row's own name in a JSONL file
    id: str | None = field(default=None, compare=False)

    def source(self, source_id: str) -> Source:
        """The quotable text with that id; ``KeyError`` if the brief has none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def links(self) -> dict[str, tuple[str, ...]]:
        """Every link of the brief by the id of the model or paper that it belongs to."""
        of_models = {m.id: tuple(x for x in (m.paper, m.github) if x) for m in self.models}
        of_papers = {p.id: tuple(x for x in (p.url, p.github) if x) for p in self.papers}
        return of_models | of_papers
