"""A question and its evidence, read from text or JSON."""

from rigatino.brief.record import Brief, Model, Notice, Paper, Segment, Source

__all__ = ["Brief", "Model", "Notice", "Paper", "Segment", "Source"]
