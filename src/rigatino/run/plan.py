"""Which repairs, in which order, by which network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rigatino.diagnosis import REPAIRS, Diagnosis
from rigatino.errors import UsageError
from rigatino.inference import Model, model, model_for
from rigatino.run.record import Asked, Undone
from rigatino.tasks import slugs

#: what people type -> task
SHORT = {"jpeg": "jpeg-artifact-removal", "denoise": "denoising"}
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
    evidence_only: bool = False,
) -> Asked:  # fmt: skip
    """Check what is asked for; steps by short name or slug, put in their order of repair."""
    if not 0 <= strength <= 1:
        raise UsageError(f"a strength of {strength}", "a number from 0 to 1", "change it")
    named = None if steps is None else tuple(dict.fromkeys(_task(step) for step in steps))
    if named is not None and not named:
        raise UsageError("no step at all", "at least one step", "leave --steps out, or name one")
    ordered = named and tuple(sorted(named, key=lambda task: _TURN.get(task, len(_TURN))))
    return Asked(ordered, model, strength, evidence_only)


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
    if wanted.steps is None:
        reasons = {step.task: step.why for step in diagnosis.verdict.steps}
    else:
        reasons = dict.fromkeys(wanted.steps, _ASKED)
    found: list[Planned] = []
    undone: list[Undone] = []
    for task, why in reasons.items():
        doer = _doer(task, named)
        if doer is None:
            undone.append(Undone(task, _lack(task, named, wanted)))
        elif found and found[-1].model == doer:
            last = found.pop()
            found.append(Planned(doer, (*last.tasks, task), last.why))
        else:
            found.append(Planned(doer, (task,), why))
    return Plan(tuple(found), tuple(undone))


def _doer(task: str, named: Model | None) -> Model | None:
    if named is None:
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
