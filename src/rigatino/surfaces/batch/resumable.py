"""A line-by-line output that survives being killed.

Rows go to ``OUT.partial``, one line each, in the order of the input. What the partial
file was made from (the input's size and hash, the options) stands in ``OUT.partial.from``.
On the next start a torn last line is cut off, the whole lines are counted, and as many
input rows are passed over. When all is done, the partial file takes the place of OUT.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import IO

from rigatino.errors import UsageError


class ResumableLines:
    """Append whole lines; ``done`` says how many were there already."""

    def __init__(self, target: Path, made_from: dict[str, object]) -> None:
        """Open or reopen the partial file beside ``target``."""
        self._target = target
        self._partial = target.with_name(target.name + ".partial")
        self._from = target.with_name(target.name + ".partial.from")
        self.done = self._resume(made_from) if self._partial.exists() else self._begin(made_from)
        self._stream: IO[bytes] = self._partial.open("ab")

    def _begin(self, made_from: dict[str, object]) -> int:
        self._from.write_text(json.dumps(made_from, sort_keys=True), encoding="utf-8")
        self._partial.touch()
        return 0

    def _resume(self, made_from: dict[str, object]) -> int:
        before = self._from.read_text(encoding="utf-8") if self._from.exists() else ""
        if before != json.dumps(made_from, sort_keys=True):
            raise UsageError(
                f"{self._partial} was begun from another input or with other options",
                "the same input as when it was interrupted",
                f"delete {self._partial} to start anew, or choose another output",
            )
        return cut_torn_line(self._partial)

    def write(self, line: str) -> None:
        """One line, handed to the operating system whole before the next begins."""
        self._stream.write(line.encode("utf-8") + b"\n")
        self._stream.flush()

    def finish(self) -> None:
        """Everything is there: put it in its place."""
        os.fsync(self._stream.fileno())
        self._stream.close()
        os.replace(self._partial, self._target)
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
