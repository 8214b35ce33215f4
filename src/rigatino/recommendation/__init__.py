"""Which task a question is about, and which models and papers fit it."""

from rigatino.recommendation.record import (
    ModelVerdict,
    PaperVerdict,
    Recommendation,
    TaskGuess,
)

__all__ = ["ModelVerdict", "PaperVerdict", "Recommendation", "TaskGuess"]
