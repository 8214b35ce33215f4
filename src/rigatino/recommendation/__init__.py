"""Which task a question is about, and which models and papers fit it."""

from rigatino.recommendation.asking import read_question
from rigatino.recommendation.items import ranked
from rigatino.recommendation.models import lacking
from rigatino.recommendation.papers import words_for
from rigatino.recommendation.recommend import recommend
from rigatino.recommendation.record import (
    ModelVerdict,
    PaperVerdict,
    Recommendation,
    TaskGuess,
)

__all__ = [
    "ModelVerdict",
    "PaperVerdict",
    "Recommendation",
    "TaskGuess",
    "lacking",
    "ranked",
    "read_question",
    "recommend",
    "words_for",
]
