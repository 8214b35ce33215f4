"""Many briefs, one output file, and nothing lost when it is interrupted."""

from rigatino.surfaces.batch.answers import Progress, answer_rows

__all__ = ["Progress", "answer_rows"]
