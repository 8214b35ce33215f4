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
from rigatino.diagnosis import Diagnosis, diagnose, facts_of
from rigatino.errors import UsageError
from rigatino.imaging import (
    LIMITS,
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
from rigatino.run.consistency import kept_to_pixels
from rigatino.run.deblurring import settled
from rigatino.run.enlarging import EnlargingJob, enlarged_alpha
from rigatino.run.estimate import Estimate, estimate
from rigatino.run.evidence_only import bound, keep_to_evidence
from rigatino.run.jobs import BACK, prepared
from rigatino.run.passes import Job
from rigatino.run.plan import Plan, plan
from rigatino.run.record import Asked, Consistent, Outcome, Pass, Projected, RunRecord, Shape

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
    jobs: tuple[Job | EnlargingJob, ...]
    binding: bytes | None
    """The file whose numbers the result is kept to; read twice, since they would weigh as much as
    the picture while the network works."""
    source_sha256: str
    began: float

    def estimate(self) -> Estimate:
        """Time and memory, from a trial run of a second or less."""
        return estimate(self.picture, self.jobs)

    def carry_out(self, progress: Progress = lambda _: None) -> Restored:
        """Mend it; ``progress`` gets the share that is done, 0…1."""
        try:
            done = self._mended(progress)
        except MemoryError as error:
            raise UsageError(
                f"memory ran out at {self.picture.width}×{self.picture.height} pixels",
                "more memory, even for the smallest windows",
                "close other programs, or lower RIGATINO_MEMORY",
            ) from error
        return Restored(done.picture, self._record(done))

    def _mended(self, progress: Progress) -> _Done:
        if not self.jobs:
            return _Done(self.picture)
        orientation = self.picture.orientation
        given = upright(self.picture.colour, BACK.get(orientation, orientation))
        colour, passes = given, []
        for at, job in enumerate(self.jobs):
            colour, done = job.run(colour, _part(progress, at, len(self.jobs)))
            passes.append(done)
        projected = consistent = None
        if self.binding is not None:
            stored = bound(self.binding, self.diagnosis)
            projected = keep_to_evidence(colour, stored, self.diagnosis.binds.reason)
        elif self.asked.evidence_only:
            colour, consistent = kept_to_pixels(colour, given, self.picture)
        pixels = _with_alpha(upright(colour, orientation), self.picture)
        picture = self.picture.with_pixels(pixels)
        return _Done(picture, tuple(passes), projected, consistent)

    def _record(self, done: _Done) -> RunRecord:
        outcome, sentence = _said(self, done)
        notes = (note for job in self.jobs for note in job.notes())
        return RunRecord(
            outcome, sentence, self.diagnosis.file or facts_of(self.picture, b""),
            self.source_sha256, self.asked, self.diagnosis.verdict.sentence, self.diagnosis.binds,
            done.passes, done.projected, done.consistent, self.plan.undone, _shape(done.picture),
            tuple(dict.fromkeys((*notes, *self.picture.notices, *self.picture.warnings))),
            round(time.perf_counter() - self.began, 3), __version__,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Done:
    """What came of it."""

    picture: Picture
    passes: tuple[Pass, ...] = ()
    projected: Projected | None = None
    consistent: Consistent | None = None


def prepare(source: Source, wanted: Asked, settings: Settings | None = None) -> Prepared:
    """Read, diagnose and plan; everything that can be refused is refused here."""
    began = time.perf_counter()
    data = read_source(source, LIMITS)
    picture = load(data)
    diagnosis = replace(diagnose(picture), file=facts_of(picture, source))
    chosen = settings or Settings.of_environment()
    planned, blur = settled(plan(diagnosis, wanted), picture, diagnosis, wanted, chosen)
    jobs = prepared(planned.passes, picture, diagnosis, wanted, chosen, blur=blur)
    binding = None
    if wanted.evidence_only and jobs and not _only_enlarges(jobs, picture):
        bound(data, diagnosis)  # refused now rather than after the work
        binding = data
    digest = hashlib.sha256(data).hexdigest()
    return Prepared(picture, diagnosis, wanted, planned, jobs, binding, digest, began)


def _only_enlarges(jobs: tuple[Job | EnlargingJob, ...], picture: Picture) -> bool:
    """Whether evidence is the pixels; refused where it would have to be two things at once."""
    by_factor = [isinstance(job, EnlargingJob) for job in jobs]
    if any(isinstance(job, Job) and job.network.card.scale > 1 for job in jobs):
        raise UsageError(
            "--evidence-only with a model that enlarges", "one that keeps the size", "leave one out"
        )
    if any(by_factor) and (len(jobs) > 1 or picture.alpha is not None):
        raise UsageError(
            "--evidence-only with " + ("several steps" if len(jobs) > 1 else "opacity"),
            "one step, enlarge, on a picture without opacity, or steps that keep the size",
            "do one after the other",
        )
    return by_factor[0]


def _part(progress: Progress, at: int, of: int) -> Progress:
    return lambda share: progress((at + share) / of)


def _with_alpha(colour: Pixels, picture: Picture) -> Pixels:
    """Opacity as it was, enlarged if need be; what nobody sees keeps its colour."""
    if picture.alpha is None:
        return colour
    alpha = picture.alpha
    if colour.shape[:2] != alpha.shape:
        alpha = enlarged_alpha(alpha, (colour.shape[0], colour.shape[1]))
    else:
        unseen = alpha == 0
        colour[unseen] = picture.colour[unseen]
    return np.concatenate([colour, alpha[..., None]], axis=2)


def _said(prepared: Prepared, done: _Done) -> tuple[Outcome, str]:
    """The outcome, and a sentence that says it."""
    if not done.passes and not prepared.plan.undone:
        return "nothing-to-repair", "Nothing to repair: nothing was found that would get better."
    if not done.passes:
        left = ", ".join(undone.task for undone in prepared.plan.undone)
        return "nothing-that-fits", f"Nothing was mended: {left} was left undone; see why below."
    mended = [p for p in done.passes if p.factors is None]
    parts = []
    if mended:
        steps = ", then ".join(f"{' and '.join(p.tasks)} by {p.model}" for p in mended)
        parts.append(f"Mended: {steps}")
    for enlarged in done.passes[len(mended) :]:
        size = f"{done.picture.width} × {done.picture.height}"
        parts.append(f"{'e' if parts else 'E'}nlarged to {size} pixels by {enlarged.model}")
    kept = "" if done.projected is None else ", kept to what the file's own numbers allow"
    kept = kept if done.consistent is None else ", kept to the pixels it was made of"
    return "mended", f"{'; then '.join(parts)}{kept}."


def _shape(result: Picture) -> Shape:
    digest = hashlib.sha256(np.ascontiguousarray(result.pixels).data).hexdigest()
    return Shape(result.width, result.height, result.mode, result.bits, digest)
