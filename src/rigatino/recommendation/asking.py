"""The asker's side: which tasks a question is about, and when to say "I do not know".

Somebody matched the items of a brief to the question, if only by a word. So where the
question's own words leave several readings open, what the items are about may tip it.
"""

from __future__ import annotations

import math

from rigatino.brief import Brief, read_module_name
from rigatino.recommendation.items import read_paper
from rigatino.recommendation.record import TaskGuess
from rigatino.tasks import read, slugs

#: Below this, a question that comes alone is said not to be understood …
KNOWN = 0.4
#: … and below this, one that comes with items: nobody briefs a question about no task.
KNOWN_WITH_ITEMS = 0.1
#: A second task is kept when it is about as likely as not …
SECOND = 0.4
#: … and counts as asked for, rather than as a neighbour, from here on.
SURE = 0.6
#: Weaker readings worth mentioning as alternatives.
ALTERNATIVE = 0.08


#: How far a paper, or a module's name, that is certainly about a task can move a reading
#: (in logits). Chosen on the open half of our own briefs: an unsure reading is tipped, a
#: sure one is not moved. See docs/explanation/task-reading.md.
PAPER_WEIGHT, MODEL_WEIGHT = 2.0, 1.25

Taken = tuple[tuple[TaskGuess, ...], tuple[TaskGuess, ...]]


def read_question(question: str, support: dict[str, float] | None = None) -> Taken:
    """The tasks of a question (main one first, at most two) and the weaker readings.

    ``support`` says by task how strongly the items of the brief speak for it, in logits.
    """
    moved = support or {}
    guesses = sorted(
        (
            TaskGuess(g.slug, _moved(g.confidence, moved.get(g.slug, 0.0)), g.because)
            for g in read(question, "question")
            if g.slug in slugs()
        ),
        key=lambda g: -g.confidence,
    )
    least = KNOWN_WITH_ITEMS if moved else KNOWN
    if not guesses or guesses[0].confidence < least:
        return (), tuple(g for g in guesses[:3] if g.confidence >= ALTERNATIVE)
    taken = [guesses[0], *(g for g in guesses[1:2] if g.confidence >= SECOND)]
    others = [g for g in guesses[len(taken) : 4] if g.confidence >= ALTERNATIVE]
    return tuple(taken), tuple(others)


def surely_asked(taken: tuple[TaskGuess, ...]) -> tuple[str, ...]:
    """The main task, and a second one where it is sure."""
    return tuple(g.slug for i, g in enumerate(taken) if i == 0 or g.confidence >= SURE)


def support_of(brief: Brief) -> dict[str, float]:
    """By task: the most that any paper, and any module's name, says for it; empty without items."""
    if not (brief.models or brief.papers):
        return {}
    papers = [read_paper(p) for p in brief.papers]
    names = [read_module_name(m.name).tasks for m in brief.models]
    return {
        slug: PAPER_WEIGHT * max((p.chance(slug) for p in papers), default=0.0)
        + MODEL_WEIGHT * any(slug in tasks for tasks in names)
        for slug in slugs()
    }


def _moved(confidence: float, by: float) -> float:
    """A probability moved by so many logits."""
    bounded = min(max(confidence, 1e-6), 1 - 1e-6)
    odds = bounded / (1 - bounded) * math.exp(by)
    return round(odds / (1 + odds), 4)
