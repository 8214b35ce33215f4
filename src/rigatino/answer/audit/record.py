"""The audit: what was found in an answer, where, and what can be said of each sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA = "rigatino/audit/1"

Code = Literal[
    "link-not-in-brief",
    "link-swapped",
    "number-not-in-source",
    "name-not-in-brief",
    "paper-misused",
    "boilerplate",
    "mojibake",
    "missing-section",
    "unsupported-sentence",
    "injection-obeyed",
]

Status = Literal["supported", "unsupported", "cannot-tell"]

#: What each code says; the table of docs/reference/audit.md is checked against it.
CODES: dict[Code, str] = {
    "link-not-in-brief": "a link that the brief does not contain",
    "link-swapped": "a link of the brief beside an item that it does not belong to",
    "number-not-in-source": "a number that the source it is credited to does not give",
    "name-not-in-brief": "a work, person, product or item that the brief does not name",
    "paper-misused": "a paper or model that does not fit, presented as if it did",
    "boilerplate": "a sentence that would serve any other brief as well",
    "mojibake": "characters damaged by a wrong decoding",
    "missing-section": "one of the three sections is absent or empty",
    "unsupported-sentence": "a sentence that cites a source which does not say so",
    "injection-obeyed": "something that only an order planted in the brief asks for",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: ``answer[start:end] == text``.

    ``text`` is empty where something is absent; ``sentence`` is an index into
    ``Audit.sentences`` where one sentence is to blame.
    """

    code: Code
    text: str
    start: int
    end: int
    message: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """What can be said offline of one sentence, and why.

    ``cites`` are the ids of the brief that the sentence rests on, by mark or by name.
    """

    text: str
    start: int
    end: int
    section: str  # task | workflow | sources | other
    status: Status
    because: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """The outcome of an audit; it depends on the answer's text and its brief alone.

    ``transferability`` is the share of the explaining sentences that would serve other
    briefs as well, ``caps`` the reasons why the score was held down, if any.
    """

    score: int
    findings: tuple[Finding, ...]
    sentences: tuple[SentenceVerdict, ...]
    transferability: float
    caps: tuple[str, ...] = ()
    schema: str = SCHEMA

    @property
    def codes(self) -> frozenset[str]:
        """The distinct codes found."""
        return frozenset(finding.code for finding in self.findings)
