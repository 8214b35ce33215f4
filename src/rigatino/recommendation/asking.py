"""The asker's side: which tasks a question is about, and when to say "I do not know"."""

from __future__ import annotations

from rigatino.recommendation.record import TaskGuess
from rigatino.tasks import read, slugs

#: Below this, the question is said not to be understood.
KNOWN = 0.25
#: A second task is kept when it is about as likely as not.
SECOND = 0.45
#: Weaker readings worth mentioning as alternatives.
ALTERNATIVE = 0.08


def read_question(question: str) -> tuple[tuple[TaskGuess, ...], tuple[TaskGuess, ...]]:
    """The tasks of a question (main one first, at most two) and the weaker readings."""
    guesses = [
        TaskGuess(g.slug, g.confidence, g.because) for g in read(question, "question")
        if g.slug in slugs()
    ]  # fmt: skip
    if not guesses or guesses[0].confidence < KNOWN:
        return (), tuple(g for g in guesses[:3] if g.confidence >= ALTERNATIVE)
    taken = [guesses[0], *(g for g in guesses[1:2] if g.confidence >= SECOND)]
    others = [g for g in guesses[len(taken) : 4] if g.confidence >= ALTERNATIVE]
    return tuple(taken), tuple(others)
