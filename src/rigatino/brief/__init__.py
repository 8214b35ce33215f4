"""A question and its evidence, read from text or JSON."""

from rigatino.brief.json_form import brief_to_json
from rigatino.brief.reading import read_brief, read_brief_file
from rigatino.brief.record import Brief, Model, Notice, Paper, Segment, Source

__all__ = [
    "Brief",
    "Model",
    "Notice",
    "Paper",
    "Segment",
    "Source",
    "brief_to_json",
    "read_brief",
    "read_brief_file",
]
