"""From a brief to a recommendation."""

from __future__ import annotations

from rigatino.brief import Brief
from rigatino.recommendation.asking import read_question, support_of, surely_asked
from rigatino.recommendation.models import judge_model
from rigatino.recommendation.papers import judge_paper
from rigatino.recommendation.record import Recommendation


def recommend(brief: Brief) -> Recommendation:
    """Read the question, then judge every model and paper against it."""
    taken, alternatives = read_question(brief.question, support_of(brief))
    alone, _ = read_question(brief.question)
    tasks = surely_asked(taken)
    beside = tuple(guess.slug for guess in taken if guess.slug not in tasks)
    return Recommendation(
        tasks=taken,
        alternatives=alternatives,
        models=tuple(judge_model(brief, m, tasks, beside) for m in brief.models),
        papers=tuple(judge_paper(brief, p, tasks, beside) for p in brief.papers),
        tipped=bool(taken) and (not alone or alone[0].slug != taken[0].slug),
    )
