"""Reading what was named on the command line, and writing so that nothing is ever half there."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from rigatino.errors import InputError, OutputError, UsageError
from rigatino.surfaces.screen import show

#: No brief and no answer is larger; a larger file is somebody's mistake.
MOST_BYTES = 8 * 1024 * 1024


def read_bytes(name: str) -> bytes:
    """The content of a file, or of standard input for ``-``."""
    try:
        data = _stdin() if name == "-" else _file(name)
    except OSError as error:
        raise InputError(
            f"{name or 'a file without a name'} cannot be read ({error.strerror or error})",
            "a readable file",
            "check the path",
        ) from error
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{name} is larger than {MOST_BYTES // 2**20} MiB",
            "one brief or one answer",
            "for many briefs use: rigatino batch answer",
        )
    return data


def _file(name: str) -> bytes:
    with Path(name).open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _stdin() -> bytes:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def write_text(name: str | None, text: str) -> None:
    """To standard output, or atomically to a file: written beside, then put in its place."""
    if name is None or name == "-":
        show(text)
        return
    write_bytes(name, text.encode("utf-8", "backslashreplace"))


def write_bytes(name: str, data: bytes) -> None:
    """Atomically to a file."""
    try:
        _write_file(Path(name), data)
    except OSError as error:
        raise OutputError(
            f"{name or 'a file without a name'} cannot be written ({error.strerror or error})",
            "a file in a folder that exists and is writable",
            "choose another place with -o",
        ) from error


def _write_file(named: Path, data: bytes) -> None:
    if named.exists() and not named.is_file():
        named.write_bytes(data)  # a device or a pipe has no place to be put in; a folder refuses
        return
    target = Path(os.path.realpath(named))  # through a link, so that the link stays one
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".rigatino.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(beside).chmod(permissions(target))
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def permissions(target: Path) -> int:
    """Those of the file that is replaced, or those that a plainly created file has."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def keep_apart(output: str | None, *inputs: str) -> None:
    """Refuse to write over what is read."""
    for name in inputs:
        if output not in (None, "-") and name != "-" and same_file(Path(output or ""), Path(name)):
            raise UsageError(
                f"{output} is both input and output",
                "another file to write to",
                "choose another with -o",
            )


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by whatever way; a missing file is none."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def made_folder(name: str, option: str) -> Path:
    """The folder of that name, made if it is not there; ``option`` is where it was named."""
    target = Path(name)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {name} cannot be made ({error.strerror or error})",
            "a folder that can be written to",
            f"choose another with {option}",
        ) from error
    return target
