"""JPEG compression: what the header states, and what the pixels themselves show."""

from __future__ import annotations

import numpy as np

from rigatino.diagnosis.compression.blocks import tiles
from rigatino.diagnosis.compression.chroma import chroma
from rigatino.diagnosis.compression.grid import Grid, find_grid
from rigatino.diagnosis.compression.history import History, history
from rigatino.diagnosis.compression.steps import Steps, read_steps
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.record import Finding, Plain
from rigatino.diagnosis.subject import LOSSY, Earlier, Subject
from rigatino.imaging import JpegHeader, Quality

#: a quality up to which squares and ringing are worth repairing
VISIBLE = 85
_SAMPLINGS = {
    "4:4:4": "its colours at full size",
    "4:2:2": "its colours at half the width",
    "4:2:0": "its colours at half the width and height",
    "4:4:0": "its colours at half the height",
    "4:1:1": "its colours at a quarter of the width",
}
#: pixels looked at; a larger picture is sampled
_PIXELS = 600_000


def look(subject: Subject, earlier: Earlier) -> Finding:
    """From the header where there is one, else from the pixels."""
    del earlier
    header = subject.header
    if header is not None and header.tables:
        return _from_header(subject, header)
    return _from_pixels(subject)


def _from_header(subject: Subject, header: JpegHeader) -> Finding:
    first = header.qualities[0]
    if first is None:
        return _unknown("the header names a quantisation table that is not there")
    table = header.tables[header.components[0].table].reshape(64).astype(np.int64)
    readable = header.colour in ("grey", "YCbCr") and header.precision == 8
    past = history(tiles(subject, _PIXELS), (0, 0), table) if readable else None
    estimate: dict[str, Plain] = {
        "source": "header",
        "jpeg": True,
        "quality": first.value,
        "standard_table": first.exact,
        "residual": round(first.residual, 4),
        "qualities": tuple(q.value if q else None for q in header.qualities),
        "grid_row": 0,
        "grid_column": 0,
        "sampling": header.sampling,
        "table": tuple(int(v) for v in table),
        **_past(past),
    }
    said = (_said(first, header), *_told(past))
    return Finding(COMPRESSION.name, _worth(first.value, past), estimate, 1.0, evidence=said)


def _worth(quality: int, past: History | None) -> bool:
    """Whether the last saving, or the one before, was hard enough to show anything."""
    if past is not None and not past.coefficients:
        return False
    before = past.quality if past and past.quality else quality
    return min(quality, before) <= VISIBLE


def _past(past: History | None) -> dict[str, Plain]:
    if past is None:
        return {"savings": None, "telling": False}
    return {
        "savings": past.savings,
        "earlier_kind": past.kind,
        "earlier_quality": past.quality,
        "earlier_grid": past.phase,
        "coefficients": past.coefficients,
        "telling": past.telling,
    }


def _told(past: History | None) -> tuple[str, ...]:
    if past is None or past.savings == 1:
        return ()
    if past.kind == "aligned":
        return (
            "Some stored numbers are crowded and others missing, as after an earlier saving "
            f"on the same grid at about quality {past.quality}.",
        )
    return (
        f"Steps of an earlier saving at about quality {past.quality} show on another grid, "
        f"at row and column {past.phase}.",
    )


def _said(first: Quality, header: JpegHeader) -> str:
    if first.exact:
        how = f"as a JPEG of quality {first.value} (of 100)"
    else:
        how = (
            f"as a JPEG with a table of steps of its own, nearest to quality {first.value} (of "
            f"100; steps differ by {100 * first.residual:.0f} % on average)"
        )
    return f"The file says that it was saved {how}, {_colours(header)}."


def _colours(header: JpegHeader) -> str:
    said = _SAMPLINGS.get(header.sampling)
    return f"{said} ({header.sampling})" if said else f"in {header.colour}"


def _from_pixels(subject: Subject) -> Finding:
    parts = tiles(subject, _PIXELS)
    grid = find_grid(parts)
    if not grid.blocks:
        return _unknown("no block has any detail")
    if not grid.sure and subject.picture.format in LOSSY:
        return _unknown(f"what {subject.picture.format} itself has left out is not read")
    if not grid.sure:
        return _none(grid)
    steps = read_steps(grid.scores)
    past = history(parts, grid.phase, steps.table.reshape(64))
    colours = chroma(subject, grid.phase, _PIXELS)
    estimate: dict[str, Plain] = {
        "source": "pixels",
        "jpeg": True,
        "quality": steps.quality,
        "quality_low": steps.low,
        "quality_high": steps.high,
        "standard_table": steps.standard,
        "residual": round(steps.residual, 4),
        "grid_row": grid.phase[0],
        "grid_column": grid.phase[1],
        "steps_read": steps.read,
        "sampling": colours.sampling if colours else None,
        "chroma_quality": colours.quality if colours else None,
        "table": tuple(int(v) for v in steps.table.reshape(64)),
        **_past(past),
    }
    said = (*_shown(grid, steps), *_told(past))
    return Finding(
        COMPRESSION.name, _worth(steps.quality, past), estimate, _trust(grid), evidence=said
    )


def _shown(grid: Grid, steps: Steps) -> tuple[str, ...]:
    row, column = grid.phase
    kind = "is" if steps.standard else "is not a standard one; nearest is"
    return (
        f"In 8×8 squares beginning at row {row}, column {column}, the cosine coefficients lie on "
        f"multiples of fixed steps; {steps.read} of 64 steps could be read.",
        f"The table {kind} that of JPEG quality {steps.quality}.",
    )


def _none(grid: Grid) -> Finding:
    return Finding(
        COMPRESSION.name,
        estimate={"source": "pixels", "jpeg": False},
        confidence=min(1.0, grid.blocks / 500),
        evidence=("The pixels show no trace of JPEG steps.",),
    )


def _unknown(reason: str) -> Finding:
    return Finding(COMPRESSION.name, refused=True, reason=reason)


def _trust(grid: Grid) -> float:
    """1 where no other phase comes near, less where one does."""
    return 1 - max(grid.runner_up, 0) / grid.score


COMPRESSION = Detector(
    "compression",
    "Was this picture saved as a JPEG, how hard, and more than once?",
    look,
    1.5,
    "Pixels show steps only as long as nothing has changed them since: after resizing, "
    "filtering or another lossy saving with a coarser table the steps are gone.",
)
