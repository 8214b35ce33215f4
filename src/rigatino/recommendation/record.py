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


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What a related paper is about, and whether it explains the effect asked about."""

    id: str
    title: str
    fit: PaperFit
    why: str
    tasks: tuple[str, ...]
    misleading_word: str | None = None


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

    @property
    def fits_exist(self) -> bool:
        """Whether any model or paper is direct."""
        return any(v.fit == "direct" for v in (*self.models, *self.papers))
