"""How a paper stands to a question: the two task readings weighed against each other.

The signs are probabilities (as logits) that the paper's own reading gives to the asker's
tasks, to their neighbours and to anything else, and of what kind the paper is; no word that
question and paper share is among them. The weights were fitted by ``training/verdicts.py``
on briefs labelled by hand; they stand in ``standing.json``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from rigatino.recommendation.items import PaperReading, names_one
from rigatino.tasks import card, slugs

#: Less probably about the asker's task than this, no paper is direct, whatever its kind.
PLAUSIBLE = 0.3
#: None is adjacent that touches less on the asker's task, is less about a task that the
#: asker's card names as a neighbour, and less about any other task of the same group.
NEAR, BESIDE, KIN = 0.12, 0.2, 0.5

Standing = Literal["direct", "adjacent", "off"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear rule: every sign, brought to mean 0 and spread 1, times a weight by standing."""

    signs: tuple[str, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    bias: dict[Standing, float]
    weight: dict[Standing, tuple[float, ...]]


@cache
def weights() -> Weights:
    """The fitted weights."""
    data = json.loads((files(__package__) / "standing.json").read_text(encoding="utf-8"))
    return Weights(
        tuple(data["signs"]),
        tuple(data["mean"]),
        tuple(data["spread"]),
        data["bias"],
        {name: tuple(row) for name, row in data["weight"].items()},
    )


def named_neighbours(tasks: tuple[str, ...], beside: tuple[str, ...]) -> tuple[str, ...]:
    """The tasks that the asker's cards name as neighbours, and those that may be meant besides."""
    return (*(n for slug in tasks for n in card(slug).neighbours if n not in tasks), *beside)


def kin_of(tasks: tuple[str, ...]) -> tuple[str, ...]:
    """The other tasks of the asker's groups."""
    groups = {card(slug).group for slug in tasks}
    return tuple(slug for slug in slugs() if card(slug).group in groups and slug not in tasks)


def signs(
    reading: PaperReading,
    tasks: tuple[str, ...],
    beside: tuple[str, ...],
    *,
    foreign: bool,
    collects: bool,
    title: str,
    summary: str,
) -> dict[str, float]:
    """What is weighed, by name."""
    others = tuple(slug for slug in slugs() if slug not in tasks)
    asked, other = _likeliest(reading, tasks), _likeliest(reading, others)
    chances = {
        "asked": asked,
        "first": _likeliest(reading, tasks[:1]),
        "neighbour": _likeliest(reading, named_neighbours(tasks, beside)),
        "kin": _likeliest(reading, kin_of(tasks)),
        "other": other,
        "pictures": reading.pictures,
        "no pictures": reading.no_pictures,
        **{kind: reading.kinds.get(kind, 0.0) for kind in _KINDS},
    }
    plain = {
        "lead": asked - other,
        "foreign": float(foreign),
        "collects": float(collects),
        "titled": names_one(title, tasks),
        "titled, of pictures": names_one(title, tasks) * reading.of_pictures,
        "named": names_one(summary, tasks),
        "titled other": names_one(title, others),
    }
    return {name: _logit(p) for name, p in chances.items()} | plain


_KINDS = (
    "role:method", "role:study", "role:application", "role:benchmark", "role:survey",
    "domain:photo", "domain:medical", "domain:remote-sensing", "domain:3d", "domain:video",
)  # fmt: skip


def standing(found: dict[str, float]) -> Standing:
    """The standing that the signs speak loudest for."""
    w = weights()
    level = [(found[s] - m) / d for s, m, d in zip(w.signs, w.mean, w.spread, strict=True)]

    def spoken(name: Standing) -> float:
        return w.bias[name] + sum(a * b for a, b in zip(w.weight[name], level, strict=True))

    return max((name for name in w.weight if _possible(name, found)), key=spoken)


def _possible(name: Standing, found: dict[str, float]) -> bool:
    """Whether the reading allows a standing at all."""
    if name == "direct":
        return found["asked"] >= _logit(PLAUSIBLE)
    least = {"asked": NEAR, "neighbour": BESIDE, "kin": KIN}
    return name == "off" or any(found[sign] >= _logit(p) for sign, p in least.items())


def _likeliest(reading: PaperReading, among: tuple[str, ...]) -> float:
    return max((reading.chance(slug) for slug in among), default=0.0)


def _logit(p: float) -> float:
    bounded = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))
