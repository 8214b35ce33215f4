"""Blur is undone by its kernel; a network repairs what that leaves.

::

    settled(plan, …)   -> Plan, Found    kernel read, given or refused; then left undone
    sharpener(…)       -> Network        a network that undoes that kernel, window by window
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rigatino.deconvolution import Blur, given, judged, read_kernel, unexplained
from rigatino.degradation import Defocus
from rigatino.diagnosis import Diagnosis
from rigatino.errors import UsageError
from rigatino.imaging import Picture, Pixels, luma, to_float, upright
from rigatino.inference import NOTHING, Known, Network, tables_of
from rigatino.inference.session import Floats
from rigatino.run.plan import DEBLURRING, Plan, Planned
from rigatino.run.record import Asked, Deblurred, Undone
from rigatino.run.undoing import rounds_of, undone

#: rounding, and what a repair before this one may have left or added, of 255
_QUIET, _MENDED = 1.0, 2.0
#: what a saving does is like noise of this share of its mean step, before and after its repair
_BEFORE, _AFTER = 0.18, 0.1
#: floats for each pixel and channel that the turns hold at once
_HELD = 20 * 4 * 3
#: pixels along a side that a kernel is looked for in
_MOST = 1536
#: side of the part on which both kinds of light are tried, and in how many rounds
_TRIAL, _ROUNDS = 192, 4
#: light is taken if it leaves less than so many times what stored values leave: where it is
#: wrong, it leaves far more
_NEARLY = 1.08
_BACK = {6: 8, 8: 6}


@dataclass(frozen=True, eq=False)
class Found:
    """The blur to be undone, and how."""

    blur: Blur
    noise: float
    light: bool
    forced: bool
    source: str
    """``estimated``, ``file`` or ``radius``."""

    def record(self, rounds: int) -> Deblurred:
        """For the record of the run."""
        said = self.blur.to_json()
        return Deblurred(
            said["kind"], said["size"], said["confidence"],
            tuple(tuple(row) for row in said["kernel"]), self.source,
            round(self.noise, 2), rounds, self.light, self.forced, said["refusal"],
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sharpener(Network):
    """Undoes a kernel with a network's help; used like any network."""

    found: Found

    @property
    def rounds(self) -> int:
        """How many it takes."""
        return rounds_of(self.card)

    def apply(
        self,
        picture: Floats,
        known: Known = NOTHING,  # noqa: ARG002
        beside: Floats | None = None,  # noqa: ARG002
    ) -> Floats:
        """(H, W, 1 or 3) in 0…1 -> the same, sharp."""
        return self.turned(picture, self.rounds)

    def turned(self, picture: Floats, rounds: int) -> Floats:
        """The same in a number of rounds."""
        found = self.found
        return undone(
            self, picture, found.blur.kernel, found.noise,
            light=found.light, exact=found.source != "estimated", rounds=rounds,
        )  # fmt: skip


def sharpener(network: Network, found: Found) -> Sharpener:
    """Windows overlap by as much as a kernel reaches, and fade into each other."""
    card = replace(
        network.card, receptive_radius=None, bytes_per_pixel=network.card.bytes_per_pixel + _HELD
    )
    return Sharpener(card, network.session, found)


def lit(found: Found, network: Network, picture: Picture) -> Found:
    """Whether a kernel that the user gave blurred light or stored values: what explains more.

    An estimated one was read from stored values, and fits them.
    """
    if found.source == "estimated":
        return found
    part = _trial(picture)
    left = []
    for light in (False, True):
        tried = sharpener(network, replace(found, light=light))
        result = tried.turned(part, min(_ROUNDS, tried.rounds))
        left.append(unexplained(part, found.blur.kernel, result, light))
    return replace(found, light=left[1] < _NEARLY * left[0])


def _trial(picture: Picture) -> Floats:
    stored = upright(picture.colour, _BACK.get(picture.orientation, picture.orientation))
    top, left = (max(0, n - _TRIAL) // 2 for n in stored.shape[:2])
    return to_float(stored[top : top + _TRIAL, left : left + _TRIAL])


def settled(
    plan: Plan, picture: Picture, diagnosis: Diagnosis, wanted: Asked
) -> tuple[Plan, Found | None]:
    """The plan with the kernel it needs; without its pass where the kernel is refused."""
    step = next((one for one in plan.passes if one.prior), None)
    if step is None:
        return plan, None
    if wanted.evidence_only:
        raise UsageError(
            "--evidence-only with the step deblur",
            "repairs that the file's own numbers bind: of a blur they hold the blurred picture",
            "leave one out",
        )
    found = _found(picture, diagnosis, wanted, plan.passes.index(step) > 0)
    why = _why_not(found)
    if why:
        left = (*plan.undone, Undone(DEBLURRING, why))
        return Plan(_without(plan.passes, step), left), None
    return plan, found


def _without(passes: tuple[Planned, ...], step: Planned) -> tuple[Planned, ...]:
    """Noise that would have gone with the blur still goes."""
    rest = tuple(task for task in step.tasks if task != DEBLURRING)
    kept = (replace(step, tasks=rest, prior=False),) if rest else ()
    return tuple(one for old in passes for one in (kept if old is step else (old,)))


def _why_not(found: Found) -> str:
    if found.forced or found.source != "estimated":
        return ""
    if found.blur.refusal:
        return f"how it was blurred is not sure: {found.blur.refusal}"
    return "it is sharp as it is" if found.blur.sharp else ""


def _found(picture: Picture, diagnosis: Diagnosis, wanted: Asked, later: bool) -> Found:
    noise = max(_noise(diagnosis, later), _coarseness(picture) * (_AFTER if later else _BEFORE))
    if wanted.kernel is not None:
        blur, source = given(read_kernel(wanted.kernel)), "file"
    elif wanted.radius is not None:
        blur, source = given(Defocus(wanted.radius).kernel(), "disk", wanted.radius), "radius"
    else:
        blur, source = _estimated(picture, diagnosis, noise, wanted.force), "estimated"
    return Found(blur, noise, False, wanted.force and bool(blur.refusal or blur.sharp), source)


def _estimated(picture: Picture, diagnosis: Diagnosis, noise: float, insist: bool) -> Blur:
    """As diagnosis read it; read anew where it declined and one is wanted all the same."""
    seen = next((f for f in diagnosis.findings if f.name == "shake"), None)
    rows = None if seen is None else seen.estimate.get("kernel")
    if seen is not None and seen.refused and not insist:
        return Blur(np.ones((1, 1), np.float32), "none", 0.0, seen.confidence, seen.reason)
    if seen is None or insist or not isinstance(rows, tuple):
        stored = upright(picture.colour, _BACK.get(picture.orientation, picture.orientation))
        return judged(_luma(stored), noise, insist)
    kernel = np.array(rows, np.float32)
    kind, size = seen.estimate["kind"], seen.estimate["size"]
    shown: Any = {"kind": kind, "size": size}
    return Blur(kernel / kernel.sum(), shown["kind"], float(shown["size"]), seen.confidence)


def _luma(stored: Pixels) -> Floats:
    """Of the whole, or of the middle of a very large picture."""
    colour = to_float(stored[_middle(stored.shape[0]), _middle(stored.shape[1])])
    return np.asarray(colour[..., 0] if colour.shape[2] == 1 else luma(colour), np.float32)


def _middle(length: int) -> slice:
    start = max(0, length - _MOST) // 2
    return slice(start, start + min(length, _MOST))


def _coarseness(picture: Picture) -> float:
    """Mean step of a JPEG's brightness, of 255; 0 where there was no saving."""
    tables = tables_of(picture.jpeg)
    return 0.0 if tables is None else float(tables.luma.mean())


def _noise(diagnosis: Diagnosis, later: bool) -> float:
    """As measured, of 255; what an earlier repair took away is gone."""
    if later:
        return _MENDED
    noise = next((f for f in diagnosis.findings if f.name == "noise"), None)
    measured = None if noise is None or noise.refused else noise.estimate.get("sigma")
    return max(_QUIET, float(measured)) if isinstance(measured, int | float) else _QUIET
