"""The same briefs through several writers: what each one came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from rigatino.answer.audit import Audit
from rigatino.answer.markdown import to_markdown
from rigatino.answer.record import Answer, Sentence

SCHEMA = "rigatino/compare/1"


@dataclass(frozen=True, slots=True)
class Written:
    """One answer of one writer, audited, and what it took from asking to the verified answer."""

    answer: Answer
    audit: Audit
    seconds: float


@dataclass(frozen=True, slots=True)
class WriterRow:
    """One writer over all briefs; counts are sums, words and seconds medians of an answer."""

    writer: str
    answers: int
    #: answers that are the offline one because the model failed or too little of it held
    offline_instead: int
    claims: int
    #: claims that stand word for word
    kept: int
    changed: int
    findings: int
    score: float
    words: float
    seconds: float
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None
    currency: str | None
    #: answers to which the model added anything that the offline one does not say
    added_to: int
    #: its sentences that rest on words of the brief which the offline answer does not quote
    added_quotes: int
    #: its sentences of general background
    added_background: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The offline writer first, then the models in the order in which they were named."""

    briefs: int
    rows: tuple[WriterRow, ...]

    def to_json(self) -> dict[str, Any]:
        """As in the published schema."""
        return {
            "schema": SCHEMA,
            "briefs": self.briefs,
            "writers": [asdict(row) for row in self.rows],
        }


def row_of(
    writer: str,
    written: Sequence[Written],
    offline: Sequence[Written],
    price: tuple[float, str] | None = None,
) -> WriterRow:
    """What a writer came to; ``price`` is what all of it cost, where that is known."""
    answers = [w.answer for w in written]
    added = [_added(w.answer, o.answer) for w, o in zip(written, offline, strict=True)]
    return WriterRow(
        writer=writer,
        answers=len(written),
        offline_instead=sum(a.writer.asked is not None and a.writer.name == "offline"
                            for a in answers),
        claims=sum(a.writer.claims for a in answers),
        kept=sum(a.writer.kept for a in answers),
        changed=sum(len(a.changes) for a in answers),
        findings=sum(len(w.audit.findings) for w in written),
        score=round(median(w.audit.score for w in written), 1),
        words=median(len(to_markdown(a).split()) for a in answers),
        seconds=round(median(w.seconds for w in written), 4),
        tokens_in=_summed([a.writer.tokens_in for a in answers]),
        tokens_out=_summed([a.writer.tokens_out for a in answers]),
        cost=price[0] if price else None,
        currency=price[1] if price else None,
        added_to=sum(bool(quotes or background) for quotes, background in added),
        added_quotes=sum(quotes for quotes, _ in added),
        added_background=sum(background for _, background in added),
    )  # fmt: skip


def _summed(counts: list[int | None]) -> int | None:
    known = [c for c in counts if c is not None]
    return sum(known) if known else None


def _added(answer: Answer, offline: Answer) -> tuple[int, int]:
    """Model sentences on words that the offline answer does not quote, and background ones."""
    known = {(s.cites, s.span) for s in _sentences(offline) if s.span}
    ours = [s for s in _sentences(answer) if s.by == "model"]
    quotes = sum(s.span is not None and (s.cites, s.span) not in known for s in ours)
    return quotes, sum(s.source == "general" for s in ours)


def _sentences(answer: Answer) -> list[Sentence]:
    return [s for section in answer.sections for s in section.sentences]


def table(comparison: Comparison) -> str:
    """For reading at a terminal: a block for each writer."""
    parts = [f"{comparison.briefs} briefs"]
    for row in comparison.to_json()["writers"]:
        parts.append(f"\n{row['writer']}")
        parts += [f"  {name:<52} {value}" for name, value in _lines(row)]
    return "\n".join(parts) + "\n"


def _lines(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    lines = [
        ("findings of the auditor", str(row["findings"])),
        ("score, median", f"{row['score']:g}"),
        ("words of an answer, median", f"{row['words']:g}"),
        ("seconds of an answer, median", f"{row['seconds']:g}"),
    ]
    if row["writer"] == "offline":
        return lines
    answers = row["answers"]
    kept = f"{row['kept']} of {row['claims']}"
    money = "price unknown" if row["cost"] is None else f"{row['cost']:.6f} {row['currency']}"
    return [
        *lines,
        ("claims that stand word for word", kept),
        ("claims replaced, marked or dropped", str(row["changed"])),
        (
            "answers that are the offline one instead",
            f"{row['offline_instead']} of {row['answers']}",
        ),
        ("answers that say more than the offline one", f"{row['added_to']} of {answers}"),
        ("  sentences on words that it does not quote", str(row["added_quotes"])),
        ("  sentences of background", str(row["added_background"])),
        ("tokens in, out", f"{row['tokens_in']}, {row['tokens_out']}"),
        ("cost", money),
    ]
