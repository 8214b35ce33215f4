"""The recommendation: which task the question is about, and what fits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA = "rigatino/recommendation/1"

ModelFit = Literal["direct", "partial", "none"]
PaperFit = Literal["direct", "adjacent", "keyword-only", "unrelated"]


@dataclass(frozen=True, slots=True)
class TaskGuess:
    """One reading of a text: a task, how probable it is, and the words that decided it."""

    slug: str
    confidence: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelVerdict:
    """What a recommended model is, and whether it does what the question is about."""

    id: str
    name: str
    fit: ModelFit
    why: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    tasks: tuple[str, ...]
    misleading_word: str | None = None
    #: id of the brief's paper that describes this module, where one does
    described_by: str | None = None
    #: what the verdict rests on: task | lacks | scale | blind | neighbour | other | unread
    ground: str = "other"
    #: of the grounds ``scale`` and ``lacks``: the factor, or what is lacking
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What a related paper is about, and whether it explains the effect asked about.

    ``span`` marks, in the text of the paper's source, the words on which the verdict
    rests: a sentence saying what it is about, or the word that misled.
    """

    id: str
    title: str
    fit: PaperFit
    why: str
    tasks: tuple[str, ...]
    misleading_word: str | None = None
    span: tuple[int, int] | None = None
    #: what the verdict rests on: task | benchmark | field | neighbour | near | word | nothing
    ground: str = "nothing"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The asker's tasks (first the main one) and a verdict on every item of the brief.

    ``tasks`` is empty where the question could not be read; ``alternatives`` are
    weaker readings that were not taken.
    """

    tasks: tuple[TaskGuess, ...]
    alternatives: tuple[TaskGuess, ...]
    models: tuple[ModelVerdict, ...]
    papers: tuple[PaperVerdict, ...]
    #: whether the question's words alone would have been read otherwise
    tipped: bool = False

    @property
    def fits_exist(self) -> bool:
        """Whether any model or paper is direct."""
        fits: list[str] = [v.fit for v in self.models]
        fits += [v.fit for v in self.papers]
        return "direct" in fits
