"""A folder of pictures in, a folder of mended ones out: resumable, bad files passed over.

What was done stands in a ledger in the output folder, a line for each picture in the order of
their names. Interrupted, the ledger is left unfinished, and the next run goes on after its last
line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from rigatino._version import __version__
from rigatino.errors import InputError, OutputError, RigatinoError, UsageError
from rigatino.imaging import FORMATS, check_target
from rigatino.run import Asked, prepare
from rigatino.surfaces.batch.answers import Progress
from rigatino.surfaces.batch.resumable import ResumableLines

SCHEMA = "rigatino/restore-batch/1"
LEDGER = "rigatino-restore.jsonl"
_SUFFIXES = {suffix for form in FORMATS for suffix in form.suffixes}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to do with every picture."""

    asked: Asked
    suffix: str = "png"
    copy: bool = False
    overwrite: bool = False


def restore_folder(
    source: Path, target: Path, wanted: Wanted, report: Callable[[Progress], None] = lambda _: None
) -> Progress:
    """Mend every picture below ``source`` into ``target``; the last progress is returned."""
    files = _pictures(source, target)
    if _suffix(wanted) not in _SUFFIXES:
        raise UsageError(
            f"--format {wanted.suffix}", f"one of {' '.join(sorted(_SUFFIXES))}", "change it"
        )
    try:
        target.mkdir(parents=True, exist_ok=True)
        with ResumableLines(target / LEDGER, _made_from(source, files, wanted)) as ledger:
            done = _Batch(source, target, wanted, ledger).mend(files, report)
            ledger.finish()
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror or error})",
            "a folder that can be written to",
            "the pictures done so far are kept; repeat the command to go on",
        ) from error
    return done


def _suffix(wanted: Wanted) -> str:
    return f".{wanted.suffix.lstrip('.').lower()}"


class _Batch:
    """One run over a folder."""

    def __init__(self, source: Path, target: Path, wanted: Wanted, ledger: ResumableLines) -> None:
        self._source, self._target, self._wanted, self._ledger = source, target, wanted, ledger
        self._taken: set[str] = set()

    def mend(self, files: list[Path], report: Callable[[Progress], None]) -> Progress:
        """The pictures that no earlier run has done."""
        earlier = [json.loads(line) for line in self._ledger.earlier()]
        self._taken |= {row["target"] for row in earlier if row["target"]}
        first, bad = self._ledger.done, sum("error" in row for row in earlier)
        began, sizes = monotonic(), [file.stat().st_size for file in files]
        whole = max(sum(sizes[first:]), 1)
        for at in range(first, len(files)):
            # The run before may have been stopped between a picture and its line in the ledger.
            row = self._row(files[at], again=at == first > 0)
            line = {"schema": SCHEMA, "line": at + 1, **row}
            self._ledger.write(json.dumps(line, ensure_ascii=False).encode())
            bad += "error" in row
            past = sum(sizes[first : at + 1]) / whole
            report(Progress(at + 1, bad, first, past, monotonic() - began))
        return Progress(len(files), bad, first, 1.0, monotonic() - began)

    def _row(self, file: Path, again: bool) -> dict[str, Any]:
        """One picture: the record, or what was wrong."""
        name = file.relative_to(self._source)
        place = name.with_suffix(_suffix(self._wanted)).as_posix()
        head: dict[str, Any] = {"source": name.as_posix(), "target": None}
        try:
            if place in self._taken:
                raise UsageError(
                    f"{place} is the result of another picture", "names that differ", "rename one"
                )
            written, record = self._mended(file, self._target / place, again)
        except RigatinoError as error:
            return {**head, "error": str(error)}
        except Exception as error:
            # A fault of this program's own: it must be seen, and must not hold up the others.
            return {**head, "error": f"this program failed on it, please report it: {error!r}"}
        if written:
            self._taken.add(place)
            head["target"] = place
        return {**head, "run": record}

    def _mended(self, file: Path, place: Path, again: bool) -> tuple[bool, dict[str, Any]]:
        place.parent.mkdir(parents=True, exist_ok=True)
        overwrite = self._wanted.overwrite or again
        check_target(place, overwrite)
        done = prepare(file, self._wanted.asked).carry_out()
        writes = done.record.outcome == "mended" or self._wanted.copy
        if writes:
            done.save(place, overwrite=overwrite)
        return writes, done.record.to_json()


def _pictures(source: Path, target: Path) -> list[Path]:
    """Every file below with a suffix of a picture, by name; none below the output folder."""
    if not source.is_dir():
        raise InputError(f"{source} is not a folder", "a folder of pictures", "check the path")
    if target.exists() and source.samefile(target):
        raise UsageError(f"{target} is both input and output", "another folder", "choose another")
    inside = target.absolute()
    found = (
        file
        for file in source.rglob("*")
        if file.suffix.lower() in _SUFFIXES and file.is_file()
        and inside not in file.absolute().parents
    )  # fmt: skip
    return sorted(found)


def _made_from(source: Path, files: list[Path], wanted: Wanted) -> dict[str, object]:
    """What must be the same for an interrupted batch to be gone on with."""
    listed = [(f.relative_to(source).as_posix(), f.stat().st_size) for f in files]
    return {"files": listed, "wanted": asdict(wanted), "schema": SCHEMA, "version": __version__}
