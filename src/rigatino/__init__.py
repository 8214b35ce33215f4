"""Rigatino mends pictures and says what came from the file and what from the model."""

from rigatino._version import __version__

__all__ = ["__version__"]
