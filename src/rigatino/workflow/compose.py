"""From verdicts to a workflow: connect what can be connected, by type."""

from __future__ import annotations

from rigatino.recommendation import Recommendation, lacking
from rigatino.tasks import card
from rigatino.workflow.record import Step, Workflow


def compose(recommendation: Recommendation) -> Workflow:
    """One step per module, and a chain of those that do the job, in the order of the tasks."""
    has, wants = _ends(recommendation)
    steps = tuple(
        Step(v.id, v.inputs, v.outputs, lacking(v.inputs, has)) for v in recommendation.models
    )
    return Workflow(has, wants, steps, _chain(recommendation, steps))


def _ends(recommendation: Recommendation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cards = [card(guess.slug) for guess in recommendation.tasks]
    has = dict.fromkeys(kind for c in cards for kind in c.inputs)
    wants = dict.fromkeys(kind for c in cards for kind in c.outputs)
    return tuple(has), tuple(wants)


def _chain(recommendation: Recommendation, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """One direct module per task, in order; a picture handed on must be a picture taken."""
    chain: list[str] = []
    gives: tuple[str, ...] = ()
    direct = {v.id: v for v in recommendation.models if v.fit == "direct"}
    for guess in recommendation.tasks:
        for step in steps:
            verdict = direct.get(step.model)
            if not verdict or guess.slug not in verdict.tasks or step.model in chain:
                continue
            if not chain or set(gives) & set(step.takes):
                chain.append(step.model)
                gives = step.gives
                break
    return tuple(chain)
