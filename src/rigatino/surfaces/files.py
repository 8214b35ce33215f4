"""Reading what was named on the command line, and writing so that nothing is ever half there."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from rigatino.errors import InputError, OutputError, RigatinoError

#: No brief and no answer is larger; a larger file is somebody's mistake.
MOST_BYTES = 8 * 1024 * 1024


def read_bytes(name: str) -> bytes:
    """The content of a file, or of standard input for ``-``."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{name} cannot be read ({error.strerror or error})", "a readable file", "check the path"
        ) from error
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{name} is larger than {MOST_BYTES // 2**20} MiB",
            "one brief or one answer",
            "for many briefs use: rigatino batch answer",
        )
    return data


def write_text(name: str | None, text: str) -> None:
    """To standard output, or atomically to a file: written beside, then put in its place."""
    if name is None or name == "-":
        sys.stdout.write(text)
        return
    target = Path(name)
    try:
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            _usual_permissions(beside)
            os.replace(beside, target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(
            f"{name} cannot be written ({error.strerror or error})",
            "a file in a folder that exists and is writable",
            "choose another place with -o",
        ) from error


def _usual_permissions(name: str) -> None:
    """What a plainly created file would have; a temporary file is the owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)


def hinted(name: str, error: RigatinoError) -> str:
    """The error with the name of the file in front, unless it says so already."""
    text = str(error)
    return text if name == "-" or name in text else f"{name}: {text}"
