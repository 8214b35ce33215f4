"""The founding examples, which ship with the package."""

from __future__ import annotations

from importlib import resources

from rigatino.errors import UsageError


def examples() -> tuple[str, ...]:
    """The names of the examples that may be given to ``example``."""
    folder = resources.files("rigatino.brief").joinpath("examples")
    return tuple(sorted(f.name.removesuffix(".txt") for f in folder.iterdir() if f.is_file()))


def example(name: str) -> bytes:
    """A founding example, byte for byte as it came."""
    if name not in examples():
        raise UsageError(f"there is no example {name}", ", ".join(examples()), "choose one")
    return resources.files("rigatino.brief").joinpath("examples", f"{name}.txt").read_bytes()
