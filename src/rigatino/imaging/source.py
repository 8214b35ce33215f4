"""Where a file comes from: a path or its bytes, within the limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rigatino.errors import ImageError, ImageLimitError
from rigatino.imaging.limits import Limits

Source = str | os.PathLike[str] | bytes


def read_source(source: Source, limits: Limits) -> bytes:
    """The bytes of ``source``; refused before reading where it is too large."""
    if isinstance(source, bytes):
        _check(len(source), limits)
        return source
    path = Path(source)
    try:
        if not path.is_file():
            raise ImageError(f"{path} is not a file", "a picture file", "check the path")
        _check(path.stat().st_size, limits)
        with path.open("rb") as stream:
            return stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise ImageError(f"{path} cannot be read: {error.strerror}", "a readable file",
                         "check the path and its permissions") from error  # fmt: skip


@contextmanager
def named(source: Source) -> Iterator[None]:
    """Put the path in front of what is wrong with a file's content."""
    try:
        yield
    except ImageError as error:
        if isinstance(source, bytes):
            raise
        raise type(error)(
            f"{os.fspath(source)}: {error.given}", error.expected, error.advice
        ) from error


def _check(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise ImageLimitError(f"a file of {size} bytes", f"at most {limits.file_bytes}",
                              "raise Limits.file_bytes")  # fmt: skip
