"""A line-by-line output that survives being killed.

Rows go to ``OUT.partial``, one line each, in the order of the input. What the partial
file was made from (the input's hash, the program's version) stands in ``OUT.partial.from``.
On the next start a torn last line is cut off, the whole lines are counted, and as many
input rows are passed over. When all is done, the partial file takes the place of OUT.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from rigatino.errors import UsageError
from rigatino.surfaces.files import permissions


class ResumableLines:
    """Append whole lines; ``done`` says how many were there already."""

    def __init__(self, target: Path, made_from: dict[str, object]) -> None:
        """Open or reopen the partial file beside ``target``."""
        self._target = Path(os.path.realpath(target))
        self._partial = self._target.with_name(self._target.name + ".partial")
        self._from = self._target.with_name(self._target.name + ".partial.from")
        statement = json.dumps(made_from, sort_keys=True).encode()
        if not self._partial.exists():
            self._from.write_bytes(statement)
        self._stream: IO[bytes] = self._partial.open("ab")
        try:
            self._check(statement)
            self.done = cut_torn_line(self._partial)
        except BaseException:
            self._stream.close()
            raise

    def _check(self, statement: bytes) -> None:
        if not lock(self._stream):
            raise UsageError(
                f"{self._partial} is being written by another batch",
                "one batch for one output",
                "wait for it, or choose another output",
            )
        if not self._from.exists() or self._from.read_bytes() != statement:
            raise UsageError(
                f"{self._partial} was begun from another input or by another version",
                "the same input as when it was interrupted",
                f"delete {self._partial} to start anew, or choose another output",
            )

    def earlier(self) -> Iterator[bytes]:
        """The lines that were there already."""
        with self._partial.open("rb") as stream:
            yield from stream

    def write(self, line: bytes) -> None:
        """One line, handed to the operating system whole before the next begins."""
        self._stream.write(line + b"\n")
        self._stream.flush()

    def finish(self) -> None:
        """Everything is there: put it in its place."""
        os.fsync(self._stream.fileno())
        self._partial.chmod(permissions(self._target))
        self._stream.close()
        self._partial.replace(self._target)
        self._from.unlink(missing_ok=True)

    def __enter__(self) -> ResumableLines:
        """Use as a context: left by an exception, the partial file stays for the next start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close; only ``finish`` moves the file."""
        self._stream.close()


def lock(stream: IO[bytes]) -> bool:
    """Claim the file for this process until it is closed, by whatever end; False: it is taken."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def cut_torn_line(path: Path) -> int:
    """Cut whatever follows the last newline; return the number of whole lines."""
    lines, whole, at = 0, 0, 0
    with path.open("r+b") as stream:
        while block := stream.read(1 << 20):
            lines += block.count(b"\n")
            last = block.rfind(b"\n")
            whole = at + last + 1 if last >= 0 else whole
            at += len(block)
        stream.truncate(whole)
    return lines


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
