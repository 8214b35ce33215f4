"""Which repairs, in which order, by which network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rigatino.diagnosis import REPAIRS, Diagnosis
from rigatino.errors import UsageError
from rigatino.inference import Model, model, model_for
from rigatino.run.record import Asked, Undone
from rigatino.run.target import Factors, target
from rigatino.tasks import slugs

#: what people type -> task
SHORT = {"jpeg": "jpeg-artifact-removal", "denoise": "denoising", "enlarge": "super-resolution"}
ENLARGING = SHORT["enlarge"]
_TURN = {repair.task: turn for turn, repair in enumerate(REPAIRS)}
_ASKED = "it was asked for"


@dataclass(frozen=True, slots=True)
class Planned:
    """Tasks that one network does in one pass, and why."""

    model: Model
    tasks: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The passes in order, and what is left undone."""

    passes: tuple[Planned, ...]
    undone: tuple[Undone, ...]


def asked(
    steps: Sequence[str] | None = None, model: str | None = None, strength: float = 1.0,
    evidence_only: bool = False, *, scale: Factors | None = None,
    size: tuple[int, int] | None = None,
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
    return Asked(ordered, model, strength, evidence_only, target(scale, size))


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
        if doer is None:
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
