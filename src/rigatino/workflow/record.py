"""A typed graph in the platform's manner: input → model → output."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = "rigatino/workflow/1"


@dataclass(frozen=True, slots=True)
class Step:
    """One module: what it takes, what it gives, and what of it the asker does not have."""

    model: str  # id in the brief
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workflow:
    """What the asker has, the module each on its own, and a chain where types allow one.

    ``chain`` lists model ids in the order in which they can be connected, each step's
    output being an input of the next; it is empty where no module does the job.
    """

    has: tuple[str, ...]
    wants: tuple[str, ...]
    steps: tuple[Step, ...]
    chain: tuple[str, ...]

    def step(self, model: str) -> Step:
        """The step of one model; ``KeyError`` if there is none."""
        for step in self.steps:
            if step.model == model:
                return step
        raise KeyError(model)
