"""The command line."""

from rigatino.surfaces.cli.app import run

__all__ = ["run"]
