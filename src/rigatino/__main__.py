"""``python -m rigatino`` is the ``rigatino`` command."""

from rigatino.surfaces.cli import run

if __name__ == "__main__":  # the processes of a batch import this module again
    run()
