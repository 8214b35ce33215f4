"""Which blur is undone: read, given or refused.

::

    settled(plan, …)   -> Plan, Found    kernel read, given or refused; then left undone
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rigatino.deconvolution import (
    Blur,
    Survey,
    edges_at,
    given,
    judged,
    read_kernel,
    roomy,
    surveyed,
    unexplained,
)
from rigatino.degradation import Defocus
from rigatino.diagnosis import Diagnosis
from rigatino.errors import UsageError
from rigatino.imaging import Picture, Pixels, to_float, upright
from rigatino.inference import Network, Settings, open_network, tables_of
from rigatino.inference.session import Floats
from rigatino.run.plan import DEBLURRING, Plan, Planned
from rigatino.run.record import Asked, Undone
from rigatino.run.sharpening import LEFT, Found, Sharpener, grey

#: rounding, and what a repair before this one may have left or added, of 255
_QUIET, _MENDED = 1.0, 2.0
#: what a saving does is like noise of this share of its mean step, before and after its repair
_BEFORE, _AFTER = 0.18, 0.1
#: pixels along a side that a kernel is looked for in
_MOST = 1536
#: side of the part on which a kernel and both kinds of light are tried, and in how many rounds
_TRIAL, _ROUNDS = 192, 4
#: of a kernel that was given, light is taken if it leaves less than so many times what stored
#: values leave (where it is wrong, it leaves far more); of one that was read from stored values,
#: only if it leaves clearly less
_NEARLY, _CLEARLY = 1.08, 0.95
_UNEVEN = (
    "it differs from place to place, as behind a sharp subject; --force undoes it cell by cell, "
    "which can harm what was sharp"
)
_APART = "windows of the picture, read one by one, do not all tell this path"
_BACK = {6: 8, 8: 6}


@dataclass(frozen=True, eq=False)
class _Reader:
    """The luma of a picture as it is stored, part by part."""

    stored: Pixels

    def __call__(self, rows: slice, columns: slice) -> Floats:
        return grey(to_float(self.stored[rows, columns]))

    @property
    def size(self) -> tuple[int, int]:
        return self.stored.shape[0], self.stored.shape[1]

    @property
    def middle(self) -> tuple[slice, slice]:
        """The whole, or the middle of a very large picture."""
        return _middle(self.stored.shape[0]), _middle(self.stored.shape[1])


def _reader(picture: Picture) -> _Reader:
    return _Reader(upright(picture.colour, _BACK.get(picture.orientation, picture.orientation)))


def settled(
    plan: Plan, picture: Picture, diagnosis: Diagnosis, wanted: Asked, settings: Settings
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
    if not why:
        found = _tried(found, open_network(step.model, settings), _reader(picture))
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


def _tried(found: Found, network: Network, reader: _Reader) -> Found:
    """Undone on a small part: in stored values or in light, and whether that explains it at all."""
    part = _trial(found, reader)
    left = []
    for light in (False, True):
        tried = Sharpener(network.card, network.session, replace(found, light=light))
        result = tried.turned(part, min(_ROUNDS, tried.rounds))
        left.append(unexplained(part, found.blur.kernel, result, light))
    light = left[1] < (_CLEARLY if found.source == "estimated" else _NEARLY) * left[0]
    chosen = replace(found, light=light)
    if found.forced or found.source != "estimated" or left[light] < LEFT * found.noise:
        return chosen
    says = (
        f"blurred again by it, the result is not the picture that was given (off by "
        f"{left[light]:.1f} of 255, with noise of {found.noise:.1f})"
    )
    return replace(chosen, blur=replace(found.blur, refusal=found.blur.refusal or says))


def _trial(found: Found, reader: _Reader) -> Floats:
    """The part with most edges, where the kernel was read."""
    cell = None if found.survey is None else found.survey.surest
    rows, columns = reader.middle if cell is None else (cell.rows, cell.columns)
    top, left = edges_at(reader(rows, columns), _TRIAL)
    top, left = rows.start + top, columns.start + left
    return to_float(reader.stored[top : top + _TRIAL, left : left + _TRIAL])


def _found(picture: Picture, diagnosis: Diagnosis, wanted: Asked, later: bool) -> Found:
    noise = max(_noise(diagnosis, later), _coarseness(picture) * (_AFTER if later else _BEFORE))
    if wanted.kernel is not None:
        return Found(given(read_kernel(wanted.kernel)), noise, False, False, "file")
    if wanted.radius is not None:
        blur = given(Defocus(wanted.radius).kernel(), "disk", wanted.radius)
        return Found(blur, noise, False, False, "radius")
    reader = _reader(picture)
    blur = _estimated(reader, diagnosis, noise)
    survey = _survey(reader, blur, noise)
    disks = None if survey is None else survey.only_disks()
    if disks is not None and disks.undoable:
        uneven = replace(disks.surest.blur, refusal=_UNEVEN)
        if wanted.force:
            return Found(uneven, noise, False, True, "estimated", disks)
        return Found(uneven, noise, False, False, "estimated")
    if survey is not None and not (blur.refusal or blur.sharp):
        blur = replace(blur, refusal=_APART)
    if wanted.force and (blur.refusal or blur.sharp):
        insisted = judged(reader(*reader.middle), noise, insist=True)
        return Found(insisted, noise, False, True, "estimated")
    return Found(blur, noise, False, False, "estimated")


def _survey(reader: _Reader, blur: Blur, noise: float) -> Survey | None:
    """Window by window, where one kernel does not serve the whole picture; None where it does."""
    if not roomy(reader.size) or (blur.refusal and blur.sharp):
        return None
    survey = surveyed(reader, reader.size, noise)
    if blur.refusal or blur.sharp:
        return survey if survey.undoable and not survey.one else None
    return survey if survey.contradicts else None


def _estimated(reader: _Reader, diagnosis: Diagnosis, noise: float) -> Blur:
    """As diagnosis read it; read anew where it did not."""
    seen = next((f for f in diagnosis.findings if f.name == "shake"), None)
    rows = None if seen is None else seen.estimate.get("kernel")
    if seen is not None and seen.refused and rows is None:
        return Blur(np.ones((1, 1), np.float32), "none", 0.0, seen.confidence, seen.reason)
    if seen is None or not isinstance(rows, tuple):
        return judged(reader(*reader.middle), noise)
    kernel = np.array(rows, np.float32)
    shown: Any = seen.estimate
    return Blur(
        kernel / kernel.sum(), shown["kind"], float(shown["size"]), seen.confidence, seen.reason
    )


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
