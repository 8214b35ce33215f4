"""Letters and faces that AFTER shows otherwise than BEFORE: boxed, and never called restored.

Both are looked for in either picture, by classical means, since a repair may just have made or
unmade them; then it is asked of each whether its drawing changed, not merely its sharpness.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence.faces import NOT_LOOKED_FOR, can_look_for_faces, changed_faces
from rigatino.evidence.letters import changed, likeness, lines_of_letters
from rigatino.evidence.places import blocks_of, shares_in
from rigatino.evidence.record import Alarm, Box, Maps, Pair, Relation
from rigatino.evidence.telling import percent
from rigatino.imaging import LUMA

Floats = NDArray[np.float32]
#: from so much contradiction on in its box a change is said to go against the file
_AGAINST = 0.05


def alarms(pair: Pair, relation: Relation, maps: Maps | None) -> tuple[Alarm, ...]:
    """All of them, letters first; boxes in BEFORE."""
    return tuple(_alarms(pair, relation, maps))


def alarm_notes() -> tuple[str, ...]:
    """What was not looked for."""
    return () if can_look_for_faces() else (NOT_LOOKED_FOR,)


def _alarms(pair: Pair, relation: Relation, maps: Maps | None) -> Iterator[Alarm]:
    before, after = (picture.astype(np.float32) @ LUMA for picture in (pair.before, pair.after))
    for box in lines_of_letters(pair.before, pair.after):
        there = in_before(box, relation)
        part = slice(box[0], box[0] + box[2]), slice(box[1], box[1] + box[3])
        sure = changed(likeness(before[part], after[part]), strongest_in(there, maps))
        if sure:
            yield Alarm(there, "text", sure, _words("Letters", there, maps))
    if can_look_for_faces():
        for box, sure in changed_faces(before, after):
            there = in_before(box, relation)
            yield Alarm(there, "face", sure, _words("A face", there, maps))


def strongest_in(box: Box, maps: Maps | None) -> float:
    """The strongest contradiction in a box."""
    part = None if maps is None else maps.contradicted[blocks_of(box, maps.block)]
    return 0.0 if part is None or not part.size else float(part.max())


def in_before(box: Box, relation: Relation) -> Box:
    """A box of AFTER in pixels of BEFORE."""
    (top, height), (left, width) = (
        (round(shift + at / scale), max(1, round(length / scale)))
        for at, length, shift, scale in zip(
            box[:2], box[2:], relation.shift, relation.scale, strict=True
        )
    )
    return max(0, top), max(0, left), height, width


def _words(what: str, box: Box, maps: Maps | None) -> str:
    """What changed, and whether the file speaks against it."""
    against = 0.0 if maps is None else shares_in(box, maps)[1]
    verb = "are" if what == "Letters" else "is"
    said = f"{what} here {verb} drawn otherwise than before: not restored, but drawn anew"
    if against >= _AGAINST:
        return f"{said}, and {percent(against)} of the detail there contradicts the file."
    return f"{said}."
