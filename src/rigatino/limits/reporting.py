"""How far a repair goes, on one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import numpy as np

from rigatino.limits.record import Limits

_WIDTH = 88
#: reached, missed, unknown
_SIGNS = "#.?"
_UNITS = {"psnr": " dB", "ssim": ""}


def report_text(found: Limits) -> str:
    """A plane of signs, and what it says."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Limits) -> Iterator[str]:
    t = found.target
    yield f"How far {found.task} goes: {t.metric.upper()} of {t.value:g}{_UNITS[t.metric]} or more"
    yield ""
    rows = found.probability.shape[0]
    for row in reversed(range(rows)):
        signs = "".join(_sign(*pair) for pair in zip(
            found.probability[row], found.unknown[row], strict=True))  # fmt: skip
        yield f"  {found.up.value(row / max(rows - 1, 1)):6.1f} |{signs}|"
    low, high = found.across.low, found.across.high
    width = found.probability.shape[1]
    yield f"          {low:<{max(width - 5, 1)}g}{high:>5g}"
    yield f"  up: {found.up.name} ({found.up.unit})"
    yield f"  across: {found.across.name} ({found.across.unit})"
    yield "  # reached   . missed   ? unknown"
    yield ""
    yield from _wrapped(found.sentence)
    for place in found.places:
        yield from _wrapped(f"{place.name}: {place.sentence}")
    yield from _wrapped(_how(found))
    for note in found.notes:
        yield from _wrapped(note)


def _sign(likely: float, unknown: np.bool_) -> str:
    return _SIGNS[2] if unknown else _SIGNS[0] if likely > 0.5 else _SIGNS[1]


def _how(found: Limits) -> str:
    where = "shipped with this program" if found.source == "shipped" else "the pictures you gave"
    return (
        f"Measured at {found.measured} points on {found.pictures} clean pictures ({where}), with "
        f"{found.model}. This is their mean; single pictures differ from it by "
        f"{found.differ:.2g}{_UNITS[found.target.metric]}. Assumed: {found.assumes}."
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH)
