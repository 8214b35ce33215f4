"""Damage clean pictures as the file was, mend them, and see how much came back.

What is learnt is how far a repair *of this damage* can be trusted on pictures whose truth is
known; of the file's own picture it says nothing directly.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino._version import __version__
from rigatino.diagnosis import Diagnosis, FileFacts, diagnose, facts_of, percent
from rigatino.errors import UsageError
from rigatino.evidence.damaging import Damage, damage_of
from rigatino.evidence.drawings import COUNT, drawing
from rigatino.evidence.jpeg.fixed import FileNumbers, unreadable
from rigatino.evidence.jpeg.reading import read
from rigatino.evidence.jpeg.tally import shares_by_name
from rigatino.evidence.laying import on_own_grid
from rigatino.evidence.record import Shares
from rigatino.imaging import (
    Pixels,
    Source,
    coefficients,
    from_float,
    load,
    to_float,
)
from rigatino.metrics import psnr
from rigatino.run import Asked, asked, prepare

SCHEMA = "rigatino/proof/1"
#: pixels of a clean picture that are used, from its middle
_SIDE = 768


@dataclass(frozen=True, slots=True)
class Trial:
    """One clean picture: damaged, mended, measured."""

    name: str
    psnr_before: float
    """Of the damaged picture against the clean one, in dB."""
    psnr_after: float
    came_back: float
    """Share of the squared error that the repair took away; below 0 it added some."""
    right: float | None
    """Of what the repair added, the share that points to the truth; 1 is all of it."""
    truth: Shares | None
    """Of the clean picture's fine detail beside the damaged file; None where it is no JPEG."""
    result: Shares | None
    """The same of the repair."""


@dataclass(frozen=True, slots=True)
class Proof:
    """All trials, and how the damage was made."""

    before: FileFacts
    damage: tuple[str, ...]
    steps: tuple[str, ...]
    """What the repair did, the same for every picture."""
    trials: tuple[Trial, ...]
    drawn: bool
    """Whether the clean pictures are drawn ones, for want of others."""
    sentences: tuple[str, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    version: str = ""
    schema: str = SCHEMA

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "schema": self.schema,
            "before": self.before.to_json(),
            "damage": list(self.damage),
            "steps": list(self.steps),
            "drawn": self.drawn,
            "trials": [_trial_json(trial) for trial in self.trials],
            "sentences": list(self.sentences),
            "notes": list(self.notes),
            "seconds": self.seconds,
            "version": self.version,
        }


def _trial_json(trial: Trial) -> dict[str, Any]:
    plain = {name: getattr(trial, name) for name in trial.__dataclass_fields__}
    return {
        name: value.to_json() if isinstance(value, Shares) else value
        for name, value in plain.items()
    }


def prove_file(before: Source, clean: Sequence[Source] = ()) -> Proof:
    """How much comes back of clean pictures that are damaged as ``before`` is."""
    began = time.perf_counter()
    picture = load(before)
    found = diagnose(picture, ("compression", "noise", "enlargement", "blur"))
    damage = damage_of(picture, found)
    wanted = _wanted(found, damage)
    trials = tuple(
        _tried(name, pixels, damage, wanted, seed)
        for seed, (name, pixels) in enumerate(_clean(clean, picture.colour.shape[2]))
    )
    return Proof(
        facts_of(picture, before), damage.words, wanted.steps or (), trials, not clean,
        _said(trials, not clean), damage.notes, round(time.perf_counter() - began, 3), __version__,
    )  # fmt: skip


def _wanted(found: Diagnosis, damage: Damage) -> Asked:
    """The same repair for every picture: what diagnosis advises for the file itself."""
    steps = [task for task in damage.tasks if task in ("jpeg-artifact-removal", "denoising")]
    if not steps:
        raise UsageError(
            f"nothing that is mended here was found in this file ({found.verdict.sentence})",
            "a JPEG or a noisy picture",
            "see: rigatino inspect",
        )
    return asked(steps, None, 1.0, False)


def _clean(sources: Sequence[Source], channels: int) -> list[tuple[str, NDArray[np.uint8]]]:
    if not sources:
        drawn = [(f"drawing {seed + 1}", drawing(seed)) for seed in range(COUNT)]
        return [(name, _fitted(pixels, channels)) for name, pixels in drawn]
    found = []
    for source in sources:
        picture = load(source)
        if min(picture.height, picture.width) < 64:
            raise UsageError(
                f"a clean picture of {picture.width}×{picture.height} pixels", "at least 64×64",
                "give a larger one",
            )  # fmt: skip
        name = facts_of(picture, source).name or "a picture"
        found.append((name, _fitted(from_float(to_float(picture)), channels)))
    return found


def _fitted(pixels: Pixels, channels: int) -> NDArray[np.uint8]:
    """The middle, in as many channels as the file has."""
    top, left = (max(0, (n - _SIDE) // 2) // 16 * 16 for n in pixels.shape[:2])
    middle = pixels[top : top + _SIDE, left : left + _SIDE]
    if channels == 1 and middle.shape[2] == 3:
        middle = np.rint(middle @ np.array((0.299, 0.587, 0.114)))[..., None]
    if channels == 3 and middle.shape[2] == 1:
        middle = np.repeat(middle, 3, axis=2)
    return np.ascontiguousarray(middle, np.uint8)


def _tried(name: str, clean: NDArray[np.uint8], damage: Damage, wanted: Asked, seed: int) -> Trial:
    file = damage.done(clean, np.random.default_rng(seed))
    plain = load(file)
    mended = prepare(file, wanted).carry_out().picture
    truth, own, result = (to_float(part) for part in (clean, plain.colour, mended.colour))
    before, after = psnr(truth, own), psnr(truth, result)
    errors = float(((own - truth) ** 2).sum()), float(((result - truth) ** 2).sum())
    added = (result - own).astype(np.float64)
    power = float((added * added).sum())
    right = float((added * (truth - own)).sum()) / power if power > 0 else None
    shares = _shares(file, clean), _shares(file, from_float(result))
    return Trial(
        name, round(before, 3), round(after, 3),
        round(1 - errors[1] / errors[0], 4) if errors[0] else 0.0,
        None if right is None else round(right, 4), *shares,
    )  # fmt: skip


def _shares(file: bytes, pixels: Pixels) -> Shares | None:
    if not file.startswith(b"\xff\xd8"):
        return None
    stored = coefficients(file)
    if unreadable(stored):
        return None
    fixed = FileNumbers(stored)
    return shares_by_name(read(fixed, on_own_grid(pixels)).tallies, fixed.colour)["fine"]


def _said(trials: tuple[Trial, ...], drawn: bool) -> tuple[str, ...]:
    """Averages in words."""
    count = len(trials)
    gain = sum(t.psnr_after - t.psnr_before for t in trials) / count
    back = sum(t.came_back for t in trials) / count
    kind = "drawn pictures" if drawn else "pictures of yours"
    said = [
        f"Damaged as your file is, {count} {kind} gained {gain:.2f} dB when they were mended: "
        f"{percent(max(back, 0))} of the squared error went away, the rest did not come back."
    ]
    rights = [t.right for t in trials if t.right is not None]
    if rights:
        share = sum(rights) / len(rights)
        said.append(
            f"Of what the model added, {percent(min(max(share, 0), 1))} agreed with the truth; "
            "the rest it made up."
        )
    against = [t.truth.contradicted for t in trials if t.truth and t.truth.contradicted is not None]
    if against:
        said.append(
            f"At worst {percent(max(against))} of the true fine detail counts as contradicting the "
            "damaged file: so far the claim itself is off."
        )
    return tuple(said)


def proof_text(proof: Proof) -> str:
    """On one screen."""
    lines = [*proof.sentences, "", "Damage: " + "; ".join(proof.damage) + "."]
    for trial in proof.trials:
        lines.append(
            f"- {trial.name}: {trial.psnr_before:.2f} → {trial.psnr_after:.2f} dB, "
            f"{100 * trial.came_back:.0f} % of the error went away"
        )
    return "\n".join((*lines, *(f"- {note}" for note in proof.notes))) + "\n"
