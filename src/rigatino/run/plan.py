"""Which repairs, in which order, by which network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rigatino.diagnosis import REPAIRS, Diagnosis
from rigatino.errors import UsageError
from rigatino.inference import INVERSION, Model, model, model_for
from rigatino.run.record import Asked, Undone
from rigatino.run.target import Factors, target
from rigatino.tasks import slugs

#: what people type -> task
SHORT = {
    "jpeg": "jpeg-artifact-removal",
    "denoise": "denoising",
    "deblur": "deblurring",
    "enlarge": "super-resolution",
}
ENLARGING, DEBLURRING, _DENOISING = SHORT["enlarge"], SHORT["deblur"], SHORT["denoise"]
_TURN = {repair.task: turn for turn, repair in enumerate(REPAIRS)}
_ASKED = "it was asked for"
#: radius of a blur, pixels
_WIDEST = 30.0


@dataclass(frozen=True, slots=True)
class Planned:
    """Tasks that one network does in one pass, and why."""

    model: Model
    tasks: tuple[str, ...]
    why: str
    prior: bool = False
    """Whether a blur is undone by its kernel, and the network repairs what that leaves."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The passes in order, and what is left undone."""

    passes: tuple[Planned, ...]
    undone: tuple[Undone, ...]


def asked(
    steps: Sequence[str] | None = None, model: str | None = None, strength: float = 1.0,
    evidence_only: bool = False, *, scale: Factors | None = None,
    size: tuple[int, int] | None = None, kernel: str | None = None, radius: float | None = None,
    force: bool = False,
) -> Asked:  # fmt: skip
    """Check what is asked for; steps by short name or slug, put in their order of repair.

    ``scale`` is a factor, or one for the width and one for the height; ``size`` width and height.
    """
    if not 0 <= strength <= 1:
        raise UsageError(f"a strength of {strength}", "a number from 0 to 1", "change it")
    named = None if steps is None else tuple(dict.fromkeys(_task(step) for step in steps))
    if named is not None and not named:
        raise UsageError("no step at all", "at least one step", "leave --steps out, or name one")
    ordered = named and tuple(sorted(named, key=lambda task: _TURN.get(task, len(_TURN))))
    larger = target(scale, size)
    wanted = Asked(ordered, model, strength, evidence_only, larger, kernel, radius, force)
    return known_blur(wanted)


def known_blur(wanted: Asked) -> Asked:
    """Refuse what cannot be said of a blur."""
    if wanted.kernel is not None and wanted.radius is not None:
        raise UsageError("--kernel and --radius", "one of them", "leave one out")
    if wanted.radius is not None and not 0.5 <= wanted.radius <= _WIDEST:
        raise UsageError(
            f"a radius of {wanted.radius}", f"pixels from 0.5 to {_WIDEST:.0f}", "change it"
        )
    named = wanted.kernel is not None or wanted.radius is not None
    if named and wanted.steps is not None and DEBLURRING not in wanted.steps:
        raise UsageError(
            "--kernel or --radius without the step deblur", "--steps with deblur", "add it"
        )
    return wanted


def _task(step: str) -> str:
    task = SHORT.get(step, step)
    if task not in slugs():
        raise UsageError(
            f"the step {step!r}", f"{', '.join(SHORT)} or a task", "see docs/reference/tasks.md"
        )
    return task


def plan(diagnosis: Diagnosis, wanted: Asked) -> Plan:
    """What is asked for, else what diagnosis says, as far as there is a network for it."""
    named = None if wanted.model is None else model(wanted.model)
    reasons = _reasons(diagnosis, wanted)
    found: list[Planned] = []
    undone: list[Undone] = []
    for task, why in reasons.items():
        doer = _doer(task, named)
        prior = _prior(doer, named) if task == DEBLURRING else None
        if prior is not None:
            found = _sharpened(found, prior, why)
        elif doer is None:
            undone.append(Undone(task, _lack(task, named, wanted)))
        elif _lacks_size(doer, task, wanted):
            undone.append(Undone(task, "no size was asked for: see --scale and --size"))
        elif found and found[-1].model == doer:
            last = found.pop()
            found.append(Planned(doer, (*last.tasks, task), last.why))
        else:
            found.append(Planned(doer, (task,), why))
    return Plan(tuple(found), tuple(undone))


def _reasons(diagnosis: Diagnosis, wanted: Asked) -> dict[str, str]:
    """Task -> why, in order; enlarging comes last, and alone where only evidence counts."""
    if wanted.steps is not None:
        reasons = dict.fromkeys(wanted.steps, _ASKED)
    elif wanted.enlarge is not None and wanted.evidence_only:
        reasons = {}
    else:
        reasons = {step.task: step.why for step in diagnosis.verdict.steps}
    if wanted.kernel is not None or wanted.radius is not None:
        reasons.setdefault(DEBLURRING, _ASKED)
    if wanted.enlarge is not None:
        reasons.pop(ENLARGING, None)
        reasons[ENLARGING] = _ASKED
    return reasons


def _lacks_size(doer: Model, task: str, wanted: Asked) -> bool:
    """Whether a decoder would have to guess the factor; an order to do so is an error."""
    if task != ENLARGING:
        return False
    if doer.card.decoder is None:
        if wanted.enlarge is not None:
            raise UsageError(
                f"a size for {doer.card.name}, which enlarges {doer.card.scale} times",
                "a model that takes any factor",
                "leave --scale and --size out, or --model",
            )
        return False
    if wanted.enlarge is None and wanted.steps is not None:
        raise UsageError("the step enlarge without a size", "--scale or --size", "say how large")
    return wanted.enlarge is None


def _sharpened(before: list[Planned], prior: Model, why: str) -> list[Planned]:
    """Noise alone goes together with the blur; what a saving left goes before."""
    if before and before[-1].tasks == (_DENOISING,) and before[-1].model.shipped:
        return [*before[:-1], Planned(prior, (_DENOISING, DEBLURRING), before[-1].why, True)]
    return [*before, Planned(prior, (DEBLURRING,), why, True)]


def _prior(doer: Model | None, named: Model | None) -> Model | None:
    """What works with a kernel: one that takes noise away, unless one for just that is named."""
    if doer is None or doer != named:
        return model_for(_DENOISING)
    return doer if doer.card.beside == INVERSION else None


def _doer(task: str, named: Model | None) -> Model | None:
    """The named model; what it is not for is done by others only beside an enlargement."""
    if named is None or (named.card.decoder is not None and task != ENLARGING):
        return model_for(task)
    return named if task in named.card.tasks else None


def _lack(task: str, named: Model | None, wanted: Asked) -> str:
    """Why nobody does it; an order that cannot be carried out is an error."""
    who = "no network shipped here" if named is None else f"the model {named.card.name} does not"
    said = f"{who} {'mends' if named is None else 'mend'} it"
    if wanted.steps is not None:
        raise UsageError(
            f"the step {task}: {said}", "a step that a model is for", "see: rigatino models list"
        )
    return said
