"""The damage of a file, found by diagnosis, made ready to be done to other pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation import Defocus, GaussianBlur, GaussianNoise, MotionBlur
from rigatino.diagnosis import Diagnosis, Finding
from rigatino.errors import UsageError
from rigatino.imaging import JpegHeader, Picture, from_float, saved_as_jpeg, saved_as_png, to_float

Floats = NDArray[np.float32]
Step = Callable[[Floats, np.random.Generator], Floats]


@dataclass(frozen=True, eq=False)
class Damage:
    """What was done to a file, in the order in which it was done."""

    words: tuple[str, ...]
    tasks: tuple[str, ...]
    """Slugs of the tasks that mend it."""
    steps: tuple[Step, ...]
    header: JpegHeader | None
    """Whose tables and sampling the last save has; None: kept without loss."""
    notes: tuple[str, ...] = ()

    def done(self, clean: NDArray[np.uint8], rng: np.random.Generator) -> bytes:
        """A file of (H, W, 1 or 3), damaged so."""
        picture = to_float(clean)
        for step in self.steps:
            picture = step(picture, rng)
        pixels = np.asarray(from_float(picture), np.uint8)
        if self.header is None:
            return saved_as_png(pixels)
        tables = [self.header.tables[part.table] for part in self.header.components]
        return saved_as_jpeg(pixels, tables, self.header.sampling)


def damage_of(picture: Picture, found: Diagnosis) -> Damage:
    """Blur, then noise, then the save, as far as each was found; refused where there is none."""
    words, steps, tasks = [], [], []
    if (blur := _found(found, "blur")) is not None:
        words.append(f"blurred ({blur.estimate['kind']})")
        steps.append(_blur(blur))
    if (noise := _found(found, "noise")) is not None:
        sigma = float(str(noise.estimate["sigma"]))
        words.append(f"noise of σ {sigma:.1f} of 255")
        tasks.append("denoising")
        steps.append(GaussianNoise(sigma / 255, clip=True).apply)
    header = picture.jpeg
    if header is not None and header.colour in ("grey", "YCbCr") and header.tables:
        quality = header.qualities[0]
        about = f", about quality {quality.value}" if quality else ""
        words.append(f"saved as a JPEG with the file's own tables{about}, {header.sampling}")
        tasks.insert(0, "jpeg-artifact-removal")
    elif header is not None:
        raise UsageError(
            f"a JPEG in {header.colour}", "grey or YCbCr", "its damage cannot be repeated here"
        )
    if not words:
        raise UsageError(
            "no damage was found in this file that could be done to other pictures",
            "a JPEG, or a noisy picture",
            "see: rigatino inspect",
        )
    return Damage(tuple(words), tuple(tasks), tuple(steps), header, tuple(_notes(found)))


def _found(found: Diagnosis, name: str) -> Finding | None:
    finding = found.finding(name)
    return finding if finding.found and not finding.refused else None


def _blur(found: Finding) -> Step:
    said = found.estimate
    if said["kind"] == "motion":
        return MotionBlur(float(str(said["length"])), float(str(said["angle"]))).apply
    if said["kind"] == "defocus":
        return Defocus(float(str(said["radius"]))).apply
    return GaussianBlur(float(str(said["sigma"]))).apply


def _notes(found: Diagnosis) -> list[str]:
    """What was found and is not repeated."""
    notes = []
    if _found(found, "enlargement") is not None:
        notes.append("the file was enlarged before it was saved; that is not repeated")
    said = found.finding("compression").estimate
    if said.get("savings") == 2:
        notes.append("the file was saved more than once; only the last save is repeated")
    return notes
