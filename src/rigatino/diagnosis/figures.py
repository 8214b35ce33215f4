"""How a figure of the record is put into words: one way for every text that shows it."""

from __future__ import annotations

#: lower bounds of a confidence and what to call it, the surest first
_SURENESS = (
    (0.95, "sure"),
    (0.8, "very likely"),
    (0.6, "likely"),
    (0.4, "perhaps"),
    (0.0, "a weak guess"),
)


def percent(share: float) -> str:
    """A share in per cent: whole ones, and as many decimals as a small one needs."""
    digits = 0 if share == 0 or share >= 0.01 else 1 if share >= 0.001 else 2
    return f"{100 * share:.{digits}f} %"


def sureness(confidence: float) -> str:
    """A confidence in words."""
    return next(word for bound, word in _SURENESS if confidence >= bound)
