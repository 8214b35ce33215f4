"""Dust: small bright or dark grains with quiet surroundings, far too many to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import find_objects, grey_opening, label

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.parts import cell_means
from rigatino.diagnosis.record import Finding, refusal
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: the part looked at, pixels per side
SIDE, SMALLEST = 1024, 128
#: a grain fits into this many pixels, both ways
LARGEST = 6
#: tones by which grains are cut out, and by which their middle stands out
OUT, CLEAR = 24.0, 60.0
#: tones that the surroundings may span, and the share of the grain's clearness
QUIET, QUIETER = 25.0, 1 / 3
#: grains end near white, or near black
NEAR_END = 200.0
#: grains per megapixel from which on they are dust, and the fewest that can be judged
MANY, FEW = 20.0, 4
#: pixels of surroundings, and pixels beside the grain that belong to neither
_AROUND, _EDGE = 4, 2


@dataclass(frozen=True, slots=True, eq=False)
class Grains:
    """Where grains lie."""

    mask: NDArray[np.bool_]
    count: int

    @property
    def per_megapixel(self) -> float:
        """How thickly they lie."""
        return self.count / (self.mask.size / 1e6)


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Count the grains of the middle part, bright ones and dark ones."""
    del earlier
    if subject.drawn:
        return refusal(DUST.name, f"{subject.drawn}: its dots may be meant")
    luma = subject.centre(SIDE).luma
    if min(luma.shape) < SMALLEST:
        return refusal(DUST.name, f"the picture is smaller than {SMALLEST} pixels on a side")
    bright, dark = _grains(luma), _grains(255 - luma)
    most = max(bright, dark, key=lambda grains: grains.count)
    found = most.count >= FEW and most.per_megapixel >= MANY
    estimate = {
        "per_megapixel": round(most.per_megapixel, 1),
        "kind": ("bright" if most is bright else "dark") if found else None,
    }
    trust = 0.5 + 0.15 * abs(np.log2(max(most.per_megapixel, 1) / MANY))
    return Finding(
        DUST.name,
        found,
        estimate,
        float(min(0.95, trust)),
        evidence=(_said(most, found, "bright" if most is bright else "dark"),),
        map=cell_means(most.mask) if found else None,
    )


def _grains(luma: Floats) -> Grains:
    """Bright grains of (h, w); for dark ones give 255 − luma."""
    out = luma - grey_opening(luma, size=(LARGEST + 1, LARGEST + 1))
    labels, _ = label(out > OUT, np.ones((3, 3)))
    mask, count = np.zeros(luma.shape, np.bool_), 0
    for number, box in enumerate(find_objects(labels), 1):
        if max(side.stop - side.start for side in box) > LARGEST:
            continue
        inside = labels[box] == number
        if _is_grain(luma, out, box, inside):
            mask[box] |= inside
            count += 1
    return Grains(mask, count)


def _is_grain(luma: Floats, out: Floats, box: tuple[slice, ...], inside: NDArray[Any]) -> bool:
    clear = float(out[box][inside].max())
    if clear < CLEAR or luma[box][inside].max() < NEAR_END:
        return False
    rows, columns = (_grown(side, _AROUND) for side in box)
    around = np.ones((rows.stop - rows.start, columns.stop - columns.start), np.bool_)
    inner = [_grown(side, _EDGE) for side in box]
    shifted = [slice(i.start - o.start, i.stop - o.start)
               for i, o in zip(inner, (rows, columns), strict=True)]  # fmt: skip
    around[tuple(shifted)] = False
    values = luma[rows, columns]
    values = values[around[: values.shape[0], : values.shape[1]]]
    low, high = np.percentile(values, (10, 90)) if len(values) else (0, 255)
    return bool(high - low < min(QUIET, QUIETER * clear))


def _grown(side: slice, by: int) -> slice:
    return slice(max(0, side.start - by), side.stop + by)


def _said(grains: Grains, found: bool, kind: str) -> str:
    if not found:
        return "No grains lie on the quiet parts of the picture."
    return (
        f"{grains.count} small {kind} grains lie on quiet parts of what was looked at, "
        f"{grains.per_megapixel:.0f} on every million pixels."
    )


DUST = Detector(
    "dust",
    "Does dust lie on it, as on scans of prints and film?",
    look,
    0.5,
    "Only the middle 1024 × 1024 pixels are looked at; grains wider than six pixels, hairs, and "
    "grains on texture are missed. Stars, snow and sparks look the same.",
)
