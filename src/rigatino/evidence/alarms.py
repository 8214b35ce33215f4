"""Letters and faces that AFTER shows otherwise than BEFORE: boxed, and never called restored.

Both are looked for in either picture, by classical means, since a repair may just have made or
unmade them; then it is asked of each whether its drawing changed, not merely its sharpness.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence.faces import NOT_LOOKED_FOR, another, can_look_for_faces, faces_in
from rigatino.evidence.faces import likeness as face_likeness
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
    with ThreadPoolExecutor(1) as beside:
        looking = beside.submit(_faces, pair)
        lines = lines_of_letters(pair.before, pair.after)
        faces = looking.result()
    for box in lines:
        there = in_before(box, relation)
        sure = changed(likeness(*_both(pair, box)), strongest_in(there, maps))
        if sure:
            yield Alarm(there, "text", sure, _words("Letters", there, maps))
    for box, found in faces:
        sure = another(face_likeness(*_both(pair, box)), found)
        if sure:
            there = in_before(box, relation)
            yield Alarm(there, "face", sure, _words("A face", there, maps))


def _faces(pair: Pair) -> list[tuple[Box, float]]:
    return faces_in(pair.before, pair.after) if can_look_for_faces() else []


def _both(pair: Pair, box: Box) -> tuple[Floats, Floats]:
    """The luma of a box of AFTER in either picture, 0…255."""
    part = slice(box[0], box[0] + box[2]), slice(box[1], box[1] + box[3])
    before, after = (p[part].astype(np.float32) @ LUMA for p in (pair.before, pair.after))
    return before, after


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
