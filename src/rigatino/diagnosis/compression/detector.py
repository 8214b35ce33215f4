"""JPEG compression: what the header states, and what the pixels themselves show."""

from __future__ import annotations

from rigatino.diagnosis.compression.blocks import tiles
from rigatino.diagnosis.compression.grid import Grid, find_grid
from rigatino.diagnosis.compression.steps import Steps, read_steps
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.record import Finding, Plain
from rigatino.diagnosis.subject import Earlier, Subject
from rigatino.imaging import JpegHeader, Quality

#: a quality up to which squares and ringing are worth repairing
VISIBLE = 85


def look(subject: Subject, earlier: Earlier) -> Finding:
    """From the header where there is one, else from the pixels."""
    del earlier
    header = subject.header
    if header is not None and header.tables:
        return _from_header(header)
    return _from_pixels(find_grid(tiles(subject)))


def _from_header(header: JpegHeader) -> Finding:
    qualities = header.qualities
    first = qualities[0]
    if first is None:
        return _unknown("the header names a quantisation table that is not there")
    estimate: dict[str, Plain] = {
        "source": "header",
        "jpeg": True,
        "quality": first.value,
        "standard_table": first.exact,
        "residual": round(first.residual, 4),
        "qualities": tuple(q.value if q else None for q in qualities),
        "grid_row": 0,
        "grid_column": 0,
        "sampling": header.sampling,
        "table": tuple(int(v) for v in header.tables[header.components[0].table].reshape(64)),
    }
    return Finding(
        COMPRESSION.name, first.value <= VISIBLE, estimate, 1.0, evidence=(_said(first, header),)
    )


def _said(first: Quality, header: JpegHeader) -> str:
    if first.exact:
        return f"The header states the standard table of quality {first.value}, {header.sampling}."
    return (
        f"The header's table is not a standard one; nearest is quality {first.value} "
        f"(steps differ by {100 * first.residual:.0f} % on average), {header.sampling}."
    )


def _from_pixels(grid: Grid) -> Finding:
    if not grid.blocks:
        return _unknown("no block has any detail")
    if not grid.sure:
        return _none(grid)
    steps = read_steps(grid.scores)
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
        "table": tuple(int(v) for v in steps.table.reshape(64)),
    }
    return Finding(
        COMPRESSION.name,
        steps.quality <= VISIBLE,
        estimate,
        _trust(grid),
        evidence=_shown(grid, steps),
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
