"""Where a JPEG does not bind the original, because it was saved before or noisy: by how much.

Intervals that are widened by what the earlier saving rounded, or by what the noise moved, speak of
the original again: what still lies beyond contradicts that, too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from rigatino.evidence.case import Case
from rigatino.evidence.jpeg.fixed import FileNumbers
from rigatino.evidence.jpeg.reading import Slack
from rigatino.evidence.slack import slack_of
from rigatino.imaging import standard_table

Floats = NDArray[np.float32]
#: so many σ noise moves a coefficient at most
_FAR = 3.5
#: σ of the components per σ of red, green and blue
_GAINS = (0.669, 0.626, 0.657)


@dataclass(frozen=True, slots=True, eq=False)
class Allowance:
    """How much wider, and for what."""

    slack: Slack
    words: str


def allowance(case: Case, fixed: FileNumbers) -> Allowance | None:
    """None where diagnosis found neither; for grey and YCbCr only."""
    if fixed.colour == "RGB":
        return None
    widths: list[Floats] = [np.zeros(64, np.float32) for _ in range(3)]
    words = [*_saved_before(case, widths), *_noise(case, fixed, widths)]
    if not words:
        return None
    own = slack_of(case)
    return Allowance(
        lambda index, found: own(index, found) + widths[min(index, 2)], " and ".join(words)
    )


def _saved_before(case: Case, widths: list[Floats]) -> list[str]:
    found = case.found_or_not("compression")
    quality = None if found is None else found.estimate.get("earlier_quality")
    if found is None or found.estimate.get("savings") != 2 or not isinstance(quality, int | float):
        return []
    for index in range(3):
        table: Floats = standard_table(int(quality), "chroma" if index else "luma").astype(
            np.float32
        )
        if found.estimate.get("earlier_kind") == "shifted":
            table = maximum_filter(table, 3)
        widths[index] += table.reshape(64) / 2
    return ["the earlier saving"]


def _noise(case: Case, fixed: FileNumbers, widths: list[Floats]) -> list[str]:
    found = case.found("noise")
    sigma = None if found is None else found.estimate.get("sigma")
    if not isinstance(sigma, int | float):
        return []
    grey = case.own.shape[2] == 1
    for index, (down, across) in enumerate(fixed.ratios):
        gain = 1.0 if grey else _GAINS[index]
        widths[index] += np.float32(_FAR * sigma * gain / np.sqrt(down * across))
    return ["the noise"]
