"""JSONL of briefs in, JSONL of answers out: flat memory, resumable, bad rows passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import IO, Any

from rigatino import pipeline
from rigatino._version import __version__
from rigatino.answer import to_json
from rigatino.brief import RawRow, Row, raw_rows, read_row
from rigatino.errors import InputError, OutputError, RigatinoError, UsageError
from rigatino.surfaces.batch.crew import in_order
from rigatino.surfaces.batch.resumable import ResumableLines, fingerprint
from rigatino.surfaces.files import same_file

SCHEMA = "rigatino/batch/1"

#: one row and where it ends -> its output line, and the same
_Work = Callable[[tuple[RawRow, int]], tuple[bytes, int]]
#: The head of an output row that reports a bad row, as ``_finished`` writes it.
_BAD = re.compile(rb'\{"schema": "[^"]*", "line": \d+, "id": (?:null|"(?:[^"\\]|\\.)*"), "error": ')


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; ``fraction`` is the share of the bytes that this run has to read."""

    done: int
    bad: int
    resumed: int
    fraction: float
    seconds: float

    @property
    def remaining(self) -> float | None:
        """Estimated seconds to go, once there is something to estimate from."""
        if self.done == self.resumed or self.fraction <= 0:
            return None
        return self.seconds * (1 - self.fraction) / self.fraction


def answer_rows(
    source: Path,
    target: Path,
    report: Callable[[Progress], None] = lambda _: None,
    jobs: int = 1,
    *,
    llm: str | None = None,
    llm_timeout: float | None = None,
) -> Progress:
    """Answer every row of ``source`` into ``target``; the last progress is returned."""
    _check(source, target)
    made_from = _made_from(source)
    if llm is not None:
        _check_model(llm, llm_timeout)
        made_from |= {"llm": llm}
    work = partial(_finished, llm=llm, llm_timeout=llm_timeout)
    try:
        with ResumableLines(target, made_from) as out, source.open("rb") as stream:
            done = _answer_rest(stream, source.stat().st_size, out, report, (work, jobs))
            out.finish()
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror or error})",
            "a place that can be written to",
            "the rows done so far are kept; repeat the command to go on",
        ) from error
    return done


def _answer_rest(
    stream: IO[bytes],
    size: int,
    out: ResumableLines,
    report: Callable[[Progress], None],
    work: tuple[_Work, int],
) -> Progress:
    """The rows that no earlier run has answered."""
    rows = raw_rows(stream)
    for _ in islice(rows, out.done):
        pass  # passed over unread
    began, first, done = monotonic(), stream.tell(), out.done
    bad = sum(1 for line in out.earlier() if _BAD.match(line))
    with closing(_answered(rows, stream, *work)) as answered:
        for line, at in answered:
            out.write(line)
            done, bad = done + 1, bad + bool(_BAD.match(line))
            share = (at - first) / max(size - first, 1)
            report(Progress(done, bad, out.done, min(share, 1.0), monotonic() - began))
    return Progress(done, bad, out.done, 1.0, monotonic() - began)


def _answered(
    rows: Iterator[RawRow], stream: IO[bytes], work: _Work, jobs: int
) -> Generator[tuple[bytes, int], None, None]:
    """Each row's output line, and where in the input the row ended."""
    yield from in_order(work, ((row, stream.tell()) for row in rows), jobs)


def _finished(
    row_and_end: tuple[RawRow, int], llm: str | None, llm_timeout: float | None
) -> tuple[bytes, int]:
    raw, end = row_and_end
    row = _row(read_row(raw), llm, llm_timeout)
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace"), end


def _row(row: Row, llm: str | None, llm_timeout: float | None) -> dict[str, Any]:
    """One output row: the answer, or what was wrong with the brief."""
    head = {"schema": SCHEMA, "line": row.line, "id": row.id}
    if isinstance(row.brief, RigatinoError):
        return {**head, "error": str(row.brief)}
    try:
        answer = pipeline.answer_brief(row.brief, llm=llm, llm_timeout=llm_timeout)
        return {**head, "answer": to_json(answer)}
    except RigatinoError as error:
        return {**head, "error": str(error)}
    except Exception as error:
        # A fault of this program's own: it must be seen, and must not hold up the other rows.
        return {**head, "error": f"this program failed on the row, please report it: {error!r}"}


def _check_model(llm: str, llm_timeout: float | None) -> None:
    """What is wrong with the call is said once and at once, not in every row."""
    from rigatino.language import chosen_seconds, open_endpoint

    open_endpoint(llm)
    chosen_seconds(llm_timeout)


def _check(source: Path, target: Path) -> None:
    if same_file(source, target):
        raise UsageError(
            f"{target} is both input and output", "another file to write to", "choose another"
        )
    if target.exists() and not target.is_file():
        raise OutputError(
            f"{target} is not a file", "a file, which an interrupted batch can resume", "name one"
        )
    if source.exists() and not source.is_file():
        raise InputError(
            f"{source} is not a file",
            "a file, which can be read again after an interruption",
            "save the briefs in one first",
        )


def _made_from(source: Path) -> dict[str, object]:
    try:
        print_ = fingerprint(source)
    except OSError as error:
        raise InputError(
            f"{source} cannot be read ({error.strerror or error})",
            "a JSONL file of briefs, one a line",
            "check the path",
        ) from error
    return {"sha256": print_, "schema": SCHEMA, "version": __version__}
