"""``python -m rigatino`` is the ``rigatino`` command."""

from rigatino.surfaces.cli import run

run()
