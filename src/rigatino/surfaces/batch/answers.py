"""JSONL of briefs in, JSONL of answers out: flat memory, resumable, bad rows passed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from rigatino import pipeline
from rigatino._version import __version__
from rigatino.answer import to_json
from rigatino.brief import Row, read_rows
from rigatino.errors import InputError, OutputError, RigatinoError
from rigatino.surfaces.batch.resumable import ResumableLines, fingerprint

SCHEMA = "rigatino/batch/1"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; ``fraction`` counts bytes of the input."""

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
        return self.seconds * (1 - self.fraction) / max(self.fraction, 1e-9)


def answer_rows(
    source: Path, target: Path, report: Callable[[Progress], None] = lambda _: None
) -> Progress:
    """Answer every row of ``source`` into ``target``; the last progress is returned."""
    size, made_from = _made_from(source)
    began = monotonic()
    try:
        with ResumableLines(target, made_from) as out, source.open("rb") as stream:
            rows = read_rows(stream)
            for _ in islice(rows, out.done):
                pass  # answered before the interruption
            bad, done, first = 0, out.done, 0.0
            for row in rows:
                first = first or stream.tell() / size
                line = _row(row)
                bad += "error" in line
                out.write(json.dumps(line, ensure_ascii=False))
                done += 1
                share = _share(stream.tell() / size, first)
                report(Progress(done, bad, out.done, share, monotonic() - began))
            out.finish()
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror or error})",
            "a place that can be written to",
            "the rows done so far are kept; repeat the command to go on",
        ) from error
    return Progress(done, bad, out.done, 1.0, monotonic() - began)


def _share(now: float, first: float) -> float:
    """Share of what this run has to read that it has read."""
    return min(1.0, (now - first) / (1 - first)) if first < 1 else 1.0


def _made_from(source: Path) -> tuple[int, dict[str, object]]:
    try:
        size = source.stat().st_size
        print_ = fingerprint(source)
    except OSError as error:
        raise InputError(
            f"{source} cannot be read ({error.strerror or error})",
            "a JSONL file of briefs, one a line",
            "check the path",
        ) from error
    return max(size, 1), {"sha256": print_, "schema": SCHEMA, "version": __version__}


def _row(row: Row) -> dict[str, Any]:
    """One output row: the answer, or what was wrong with the brief."""
    head = {"schema": SCHEMA, "line": row.line, "id": row.id}
    if isinstance(row.brief, RigatinoError):
        return {**head, "error": str(row.brief)}
    try:
        return {**head, "answer": to_json(pipeline.answer_brief(row.brief))}
    except RigatinoError as error:
        return {**head, "error": str(error)}
