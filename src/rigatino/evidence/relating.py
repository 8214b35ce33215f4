"""A registration in words and upright numbers."""

from __future__ import annotations

from rigatino.evidence.case import Case
from rigatino.evidence.record import Box, Kind, Relation
from rigatino.evidence.registration.placing import Placing, turned


def relation_of(case: Case) -> Relation:
    """For the record: everything upright."""
    after = (int(case.result.shape[0]), int(case.result.shape[1]))
    placing = turned(case.placing, case.size, after, case.before.orientation)
    upright_after = after[::-1] if case.before.orientation >= 5 else after
    box = _box(placing, (case.before.height, case.before.width), upright_after)
    kind = _kind(placing, box, (case.before.height, case.before.width))
    gain, offset = case.gain or (1.0,), case.offset or (0.0,)
    known = case.registered
    return Relation(
        kind, placing.scale, placing.shift, box, gain, offset,
        round(known.uncertainty, 4), round(known.likeness, 3), _words(kind, placing, case),
    )  # fmt: skip


def _box(placing: Placing, before: tuple[int, int], after: tuple[int, int]) -> Box:
    spans = []
    for axis in (0, 1):
        first = max(0, round(placing.shift[axis]))
        last = min(before[axis], round(placing.shift[axis] + after[axis] / placing.scale[axis]))
        spans.append((first, max(0, last - first)))
    return spans[0][0], spans[1][0], spans[0][1], spans[1][1]


def _kind(placing: Placing, box: Box, before: tuple[int, int]) -> Kind:
    if max(placing.scale) > 1.02:
        return "enlarged"
    if min(placing.scale) < 0.98:
        return "reduced"
    if box[2:] != before:
        whole = all(float(s).is_integer() for s in placing.shift)
        inside = placing.shift[0] >= 0 and placing.shift[1] >= 0
        return "cropped" if whole and inside else "shifted"
    return "same" if placing.shift == (0, 0) and placing.scale == (1, 1) else "shifted"


def _words(kind: Kind, placing: Placing, case: Case) -> str:
    said = f"The result {_how(kind, placing)}"
    if case.registered.plain:
        said += "; the pictures are too plain to check that"
    elif not case.registered.snapped:
        said += f", sure to {case.registered.uncertainty:.2f} pixels"
    if case.gain:
        said += "; a change of colour over the whole picture was undone"
    return said + "."


def _how(kind: Kind, placing: Placing) -> str:
    (down, across), (top, left) = placing.scale, placing.shift
    if kind == "same":
        return "lies pixel on pixel on your file"
    if kind == "cropped":
        return f"is a part of your file, from row {top:.0f} and column {left:.0f} on"
    if kind == "shifted":
        return f"lies {top:.2f} pixels lower and {left:.2f} further right than your file"
    size = f"{down:.3g} times" if abs(down / across - 1) < 0.005 else f"{down:.3g} × {across:.3g}"
    return f"shows your file {size} as large"
