"""Measurements that were made once per network, kept beside this file as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from rigatino.errors import IntegrityError
from rigatino.limits.surrogate import Reals

SCHEMA = "rigatino/measured-limits/1"


@dataclass(frozen=True, eq=False)
class Shelf:
    """What was measured for one task."""

    points: Reals
    """(n, 2) in 0…1."""
    said: dict[str, Any]

    @property
    def pictures(self) -> int:
        """On how many pictures."""
        return int(self.said["pictures"])

    def figures(self, metric: str) -> tuple[Reals, float]:
        """Means (n,), and how much pictures differ."""
        rows = self.said["points"]
        means = np.array([row[metric] for row in rows], np.float64)
        return means, float(np.mean([row[f"{metric}_deviation"] for row in rows]))

    def notes(self, sha256: str) -> tuple[str, ...]:
        """What to know when reading them."""
        if self.said["sha256"] == sha256:
            return ()
        return (
            "These limits were measured with other weights than those installed; measure again "
            "by naming clean pictures.",
        )


def shelf(task: str) -> Shelf:
    """The shipped measurements of a task."""
    try:
        text = (files(__package__) / "data" / f"{task}.json").read_text(encoding="utf-8")
        said = json.loads(text)
        points = np.array([row["at"] for row in said["points"]], np.float64)
    except (OSError, ValueError, KeyError) as error:
        raise IntegrityError(
            f"the shipped limits of {task} cannot be read", "the file in the package",
            "reinstall rigatino, or name clean pictures",
        ) from error  # fmt: skip
    return Shelf(points, said)
