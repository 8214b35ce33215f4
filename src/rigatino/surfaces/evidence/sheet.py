"""The map: the result with what was invented drawn on it, and below it what that means."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import UsageError
from rigatino.evidence import Evidence, Maps, Pair
from rigatino.surfaces.evidence.hatching import framed, hatched, line_width
from rigatino.surfaces.evidence.legend import NARROWEST, PAPER, legend
from rigatino.surfaces.evidence.placing import Placing, placing_of

Bytes = NDArray[np.uint8]
#: from so much on a part is crossed out
AGAINST = 0.2


def evidence_map(evidence: Evidence) -> Bytes:
    """The result with what was invented drawn on it, over a legend: (rows, columns, 3), 8 bits."""
    placing = placing_of(evidence)
    drawn = drawn_picture(evidence, placing)
    width = max(NARROWEST, drawn.shape[1])
    side = width - drawn.shape[1]
    margins = ((0, 0), (side // 2, side - side // 2), (0, 0))
    centred = np.pad(drawn, margins, constant_values=0)
    if side:
        centred[:, : side // 2] = centred[:, width - (side - side // 2) :] = PAPER
    return np.concatenate([centred, legend(evidence, width, placing.times)])


def drawn_picture(evidence: Evidence, placing: Placing) -> Bytes:
    """AFTER with lines, crosses and frames, (H, W, 3)."""
    maps, pair = shown(evidence)
    after = pair.after[placing.rows, placing.columns]
    after = after.repeat(placing.times, 0).repeat(placing.times, 1)
    filled = placing.spread(maps.filled * maps.covered, maps.block)
    against = placing.spread(maps.contradicted * maps.covered, maps.block) > AGAINST
    wide = line_width(*after.shape[:2])
    drawn = hatched(after, filled, against, wide)
    for alarm in evidence.alarms:
        framed(drawn, placing.box(alarm.box), wide)
    return drawn


def shown(evidence: Evidence) -> tuple[Maps, Pair]:
    """The maps and pictures; a record that was read from JSON has none."""
    if evidence.maps is None or evidence.pair is None:
        raise UsageError(
            "evidence without maps and pictures", "what rg.compare returns", "compare the files"
        )
    return evidence.maps, evidence.pair
