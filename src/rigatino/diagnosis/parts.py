"""Looking at part of a picture's pixels."""

from __future__ import annotations


def thinned(length: int, most: int) -> slice:
    """Every so-manieth index, so that at most ``most`` remain."""
    return slice(None, None, max(1, -(-length // most)))
