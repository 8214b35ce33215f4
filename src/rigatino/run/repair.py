"""Carry repairs out, and keep the record."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np

from rigatino._version import __version__
from rigatino.degradation import Resize
from rigatino.diagnosis import Diagnosis, diagnose, facts_of
from rigatino.errors import UsageError
from rigatino.imaging import (
    LIMITS,
    JpegCoefficients,
    Picture,
    Pixels,
    SaveReport,
    Source,
    from_float,
    load,
    read_source,
    save,
    saved_as_png,
    to_float,
    upright,
)
from rigatino.inference import Settings
from rigatino.run.estimate import Estimate, estimate
from rigatino.run.evidence_only import bound, kept_to_evidence
from rigatino.run.passes import Job, prepared
from rigatino.run.plan import Plan, plan
from rigatino.run.record import Asked, Outcome, Pass, Projected, RunRecord, Shape

#: orientation that undoes an orientation
_BACK = {6: 8, 8: 6}
Progress = Callable[[float], None]


def example_picture() -> bytes:
    """A small damaged JPEG of this project's own making (drawn by examples/draw_poster.py)."""
    return (files(__package__) / "examples" / "poster.jpg").read_bytes()


@dataclass(frozen=True, eq=False)
class Restored:
    """A result and its record; ``pixels, record = restored`` takes it apart."""

    picture: Picture
    """Upright, with the metadata of the file it came from."""
    record: RunRecord

    @property
    def pixels(self) -> Pixels:
        """(height, width, channels), 8 or 16 bits, read-only."""
        return self.picture.pixels

    def __iter__(self) -> Iterator[Any]:
        """Pixels and record."""
        return iter((self.pixels, self.record))

    def as_file(self) -> bytes:
        """The colours as a PNG file of 8 bits in memory, to be measured."""
        return saved_as_png(from_float(to_float(self.picture)).astype(np.uint8))

    def save(
        self, path: str | os.PathLike[str], *, overwrite: bool = False, quality: int | None = None
    ) -> SaveReport:
        """Write it atomically; see :func:`rigatino.imaging.save`."""
        return save(self.picture, path, overwrite=overwrite, quality=quality)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A file that was read, diagnosed and planned for; nothing is mended yet."""

    picture: Picture
    diagnosis: Diagnosis
    asked: Asked
    plan: Plan
    jobs: tuple[Job, ...]
    bound: JpegCoefficients | None
    source_sha256: str
    began: float

    def estimate(self) -> Estimate:
        """Time and memory, from a trial run of a second or less."""
        return estimate(self.picture, [(job.network, job.tiling) for job in self.jobs])

    def carry_out(self, progress: Progress = lambda _: None) -> Restored:
        """Mend it; ``progress`` gets the share that is done, 0…1."""
        try:
            picture, passes, projected = self._mended(progress)
        except MemoryError as error:
            raise UsageError(
                f"memory ran out at {self.picture.width}×{self.picture.height} pixels",
                "more memory, even for the smallest windows",
                "close other programs, or lower RIGATINO_MEMORY",
            ) from error
        return Restored(picture, self._record(picture, passes, projected))

    def _mended(self, progress: Progress) -> tuple[Picture, tuple[Pass, ...], Projected | None]:
        if not self.jobs:
            return self.picture, (), None
        orientation = self.picture.orientation
        colour = upright(self.picture.colour, _BACK.get(orientation, orientation))
        passes, projected = [], None
        for at, job in enumerate(self.jobs):
            colour, done = job.run(colour, _part(progress, at, len(self.jobs)))
            passes.append(done)
        if self.bound is not None:
            colour, projected = kept_to_evidence(colour, self.bound, self.diagnosis.binds.reason)
        pixels = _with_alpha(upright(colour, orientation), self.picture)
        return self.picture.with_pixels(pixels), tuple(passes), projected

    def _record(
        self, result: Picture, passes: tuple[Pass, ...], projected: Projected | None
    ) -> RunRecord:
        outcome, sentence = _said(self, passes, projected)
        return RunRecord(
            outcome, sentence, self.diagnosis.file or facts_of(self.picture, b""),
            self.source_sha256, self.asked, self.diagnosis.verdict.sentence, self.diagnosis.binds,
            passes, projected, self.plan.undone, _shape(result),
            tuple(dict.fromkeys((*self.picture.notices, *self.picture.warnings))),
            round(time.perf_counter() - self.began, 3), __version__,
        )  # fmt: skip


def prepare(source: Source, wanted: Asked, settings: Settings | None = None) -> Prepared:
    """Read, diagnose and plan; everything that can be refused is refused here."""
    began = time.perf_counter()
    data = read_source(source, LIMITS)
    picture = load(data)
    diagnosis = replace(diagnose(picture), file=facts_of(picture, source))
    planned = plan(diagnosis, wanted)
    stored = bound(data, diagnosis) if wanted.evidence_only and planned.passes else None
    jobs = prepared(
        planned.passes, picture, diagnosis, wanted.strength, settings or Settings.of_environment()
    )
    if stored is not None and any(job.network.card.scale > 1 for job in jobs):
        raise UsageError(
            "--evidence-only with a model that enlarges", "one that keeps the size", "leave one out"
        )
    digest = hashlib.sha256(data).hexdigest()
    return Prepared(picture, diagnosis, wanted, planned, jobs, stored, digest, began)


def _part(progress: Progress, at: int, of: int) -> Progress:
    return lambda share: progress((at + share) / of)


def _with_alpha(colour: Pixels, picture: Picture) -> Pixels:
    """Opacity as it was, enlarged if need be; what nobody sees keeps its colour."""
    if picture.alpha is None:
        return colour
    alpha = picture.alpha
    if colour.shape[:2] != alpha.shape:
        top = np.float32(np.iinfo(alpha.dtype).max)
        resize = Resize.between(alpha.shape[:2], colour.shape[:2])
        larger = resize.apply((alpha / top).astype(np.float32)[..., None])
        alpha = from_float(larger, bits=8 * alpha.dtype.itemsize)[..., 0]
    else:
        unseen = alpha == 0
        colour[unseen] = picture.colour[unseen]
    return np.concatenate([colour, alpha[..., None]], axis=2)


def _said(
    done: Prepared, passes: tuple[Pass, ...], projected: Projected | None
) -> tuple[Outcome, str]:
    """The outcome, and a sentence that says it."""
    if not passes and not done.plan.undone:
        return "nothing-to-repair", "Nothing to repair: nothing was found that would get better."
    if not passes:
        left = ", ".join(undone.task for undone in done.plan.undone)
        return "nothing-that-fits", f"Nothing was mended: no network here is for {left}."
    steps = ", then ".join(f"{' and '.join(p.tasks)} by {p.model}" for p in passes)
    kept = "" if projected is None else ", kept to what the file's own numbers allow"
    return "mended", f"Mended: {steps}{kept}."


def _shape(result: Picture) -> Shape:
    digest = hashlib.sha256(np.ascontiguousarray(result.pixels).data).hexdigest()
    return Shape(result.width, result.height, result.mode, result.bits, digest)
