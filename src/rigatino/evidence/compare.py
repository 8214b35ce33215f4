"""Two files in, the evidence out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rigatino._version import __version__
from rigatino.diagnosis import Diagnosis, diagnose, facts_of
from rigatino.errors import UsageError
from rigatino.evidence import downscaling
from rigatino.evidence.alarms import alarm_notes, alarms
from rigatino.evidence.blur.finding import smear_of
from rigatino.evidence.case import Case, Judged, Told
from rigatino.evidence.colour_space import in_colours_of
from rigatino.evidence.jpeg.fixed import unreadable
from rigatino.evidence.laying import Laid, on_own_grid
from rigatino.evidence.mapping import maps_of
from rigatino.evidence.operators.registry import JUDGES, LAST
from rigatino.evidence.places import places
from rigatino.evidence.record import Claim, Evidence, Maps, Pair
from rigatino.evidence.registration.colours import tones
from rigatino.evidence.registration.placing import Placing, inverse, lay
from rigatino.evidence.registration.register import Registered, register
from rigatino.evidence.relating import relation_of
from rigatino.imaging import (
    JpegCoefficients,
    Picture,
    Pixels,
    Source,
    load,
    load_with_coefficients,
    upright,
)

#: what of BEFORE's diagnosis its evidence rests on; a JPEG mostly rounds away what tells a blur
_DETECTORS = ("compression", "noise", "enlargement")
_NOT_JPEG = (*_DETECTORS, "blur")
#: share of the detail from which on a JPEG's numbers are contradicted as by a blur undone
_CONTRADICTED = 0.01
#: pixels of a side, the least that holds a whole block with colours at half density
SMALLEST = 16
#: pixels and share by which a blur may seem to move and to stretch a picture of the same size
_NEAR, _STRETCHED = 10.0, 0.02
#: share by which another one may seem to be stretched
_SCALED = 0.004
#: orientation that undoes an orientation
_BACK = {6: 8, 8: 6}


@dataclass(frozen=True, eq=False)
class Compared:
    """A case, every claim about it, and what should be known."""

    case: Case
    judged: tuple[Judged, ...]
    notes: tuple[str, ...]


def compare_files(
    before: Source,
    after: Source,
    mask: Source | None = None,
    told: Told = Told(),  # noqa: B008
) -> Evidence:
    """What AFTER kept of BEFORE; each a path or bytes."""
    began = time.perf_counter()
    done = examined(before, after, mask, told)
    case, main = done.case, done.judged[0]
    maps: Maps | None = None
    if main.energies is not None and main.looked is not None:
        maps = maps_of(main.energies, main.looked, case.before.orientation)
    relation, pair = relation_of(case), _pair(case)
    changed = alarms(pair, relation, maps)
    size = (case.before.height, case.before.width)
    return Evidence(
        facts_of(case.before, before), facts_of(case.after, after), relation,
        tuple(judged.claim for judged in done.judged),
        () if maps is None else places(maps, size, changed), changed,
        (*done.notes, *alarm_notes()), round(time.perf_counter() - began, 3), __version__,
        maps=maps, pair=pair,
    )  # fmt: skip


def examined(
    before: Source,
    after: Source,
    mask: Source | None = None,
    told: Told = Told(),  # noqa: B008
) -> Compared:
    """Read, register, judge."""
    with ThreadPoolExecutor(2) as crew:
        reading = crew.submit(load, after)
        first, stored = load_with_coefficients(before)
        second = reading.result()
        _check_sizes(first, second)
        looking = crew.submit(diagnose, first, _NOT_JPEG if stored is None else _DETECTORS)
        case, notes = _case(first, second, stored, told, looking.result)
        case = replace(case, mask=_mask(mask, first))
    case, judged = _with_blur(case)
    last = [found for judge in (LAST,) if not judged and (found := judge.judge(case)) is not None]
    return Compared(case, (*judged, *last), tuple(dict.fromkeys(notes)))


def _with_blur(case: Case) -> tuple[Case, list[Judged]]:
    """A JPEG's numbers are asked first: where the result respects them, no blur was undone."""
    if case.stored is not None and case.told.kernel is None:
        judged = _judged(case)
        if not any(_contradicts(one.claim) for one in judged):
            return case, judged
        blurred = _blurred(case)
        return (case, judged) if blurred.smear is None else (blurred, _judged(blurred))
    case = _blurred(case)
    return case, _judged(case)


def _blurred(case: Case) -> Case:
    """With the blur that was undone; first where the pictures lie by whole pixels, since a blur
    moves edges, and moves them by parts of a pixel."""
    for placed in (_by_whole_pixels(case), case):
        smear = None if placed is None else smear_of(placed)
        if placed is not None and smear is not None:
            return replace(placed, smear=smear)
    return case


def _by_whole_pixels(case: Case) -> Case | None:
    """In place if both are of one size; None where that is how they lie already."""
    shift = case.placing.shift
    stretched = max(abs(s - 1) for s in case.placing.scale)
    near = max(abs(s) for s in shift) <= _NEAR and case.size == case.result.shape[:2]
    if case.told.kernel is not None or stretched > (_STRETCHED if near else _SCALED):
        return None
    whole = (0.0, 0.0) if near else (float(round(shift[0])), float(round(shift[1])))
    placing = Placing((1.0, 1.0), whole)
    if placing == case.placing:
        return None
    laid = replace(lay(case.result, case.size, placing), gain=case.gain, offset=case.offset)
    registered = replace(case.registered, placing=placing, uncertainty=0.0, snapped=True)
    return replace(case, registered=registered, laid=laid)


def _judged(case: Case) -> list[Judged]:
    return [found for judge in JUDGES.values() if (found := judge.judge(case)) is not None]


def _contradicts(claim: Claim) -> bool:
    shares = claim.shares.get("all")
    return shares is not None and (shares.contradicted or 0) > _CONTRADICTED


def _check_sizes(*pictures: Picture) -> None:
    """Without one whole block of every component there is nothing to be judged."""
    for name, picture in zip(("BEFORE", "AFTER"), pictures, strict=True):
        if min(picture.width, picture.height) < SMALLEST:
            raise UsageError(
                f"{name} of {picture.width}×{picture.height} pixels",
                f"at least {SMALLEST} a side, a whole block of detail and colour",
                "compare larger pictures",
            )


def _case(
    before: Picture, after: Picture, stored: JpegCoefficients | None, told: Told,
    looked: Callable[[], Diagnosis],
) -> tuple[Case, list[str]]:  # fmt: skip
    notes = [*_said("your file", before), *_said("the result", after)]
    if stored is not None and (reason := unreadable(stored)):
        notes.append(f"your file's stored numbers are not used: {reason}")
        stored = None
    colour, change = in_colours_of(before, after)
    notes += [change] if change else []
    own = _as_stored(before.colour, before.orientation)
    result, registered = _registered(own, colour, before.orientation, notes)
    case = Case(
        before, after, looked(), stored, own, result,
        registered, (), (), on_own_grid(own), told=told,
    )  # fmt: skip
    return _recoloured(_scaled(case), notes), notes


def _said(name: str, picture: Picture) -> Iterator[str]:
    for line in dict.fromkeys((*picture.notices, *picture.warnings)):
        yield f"{name}: {line}"


def _as_stored(pixels: Pixels, orientation: int) -> Pixels:
    return pixels if orientation == 1 else upright(pixels, _BACK.get(orientation, orientation))


def _registered(
    own: Pixels, colour: Pixels, orientation: int, notes: list[str]
) -> tuple[Pixels, Registered]:
    """AFTER turned as BEFORE is stored; if it shows nothing of it so, as it is itself stored."""
    result = _as_stored(colour, orientation)
    try:
        return result, register(own, result)
    except UsageError:
        if orientation == 1:
            raise
        found = register(own, colour)
        notes.append(
            "the result has lost the note of which side is up, and was turned like your file"
        )
        return colour, found


def _scaled(case: Case) -> Case:
    """AFTER laid on BEFORE's grid, an enlargement by the downscaling that fits best."""
    if not case.enlarged:
        return replace(case, laid=lay(case.result, case.size, case.placing, "lanczos"))
    name = case.told.downscaling or downscaling.best(case.own, case.result, case.placing).name
    laid = downscaling.laid_by(name, case.result, case.size, case.placing)
    return replace(case, scaling=name, laid=laid)


def _recoloured(case: Case, notes: list[str]) -> Case:
    """A change of colour over the whole picture is read from some bands, and undone."""
    own, laid = (_sample(part, case.laid) for part in (on_own_grid(case.own), case.laid))
    found = tones(own, laid)
    if found.bent:
        notes.append(
            "the tones of the result follow a curve that is only partly undone; brightness counts "
            "as contradicted where they differ"
        )
    if not found.changed:
        return case
    laid_anew = replace(case.laid, gain=found.gain, offset=found.offset)
    return replace(case, gain=found.gain, offset=found.offset, laid=laid_anew)


def _sample(part: Laid, covered: Laid) -> NDArray[np.float32]:
    """Bands of rows spread over the picture, without columns that are not covered."""
    rows, columns = covered.covered
    tops = [top for top in range(0, part.size[0] - 7, 8) if rows[top : top + 8].all()]
    every = max(1, len(tops) * part.size[1] // 160_000)
    bands = [part.band(slice(top, top + 8))[:, columns] for top in tops[::every]]
    if not bands:
        return np.zeros((0, 0, 3), np.float32)
    return np.concatenate(bands).astype(np.float32)


def _mask(source: Source | None, before: Picture) -> NDArray[np.bool_] | None:
    """Where a mask is brighter than half, in BEFORE's stored orientation."""
    if source is None:
        return None
    picture = load(source)
    if (picture.height, picture.width) != (before.height, before.width):
        raise UsageError(
            f"a mask of {picture.width}×{picture.height} pixels for a picture of "
            f"{before.width}×{before.height}",
            "a mask of the same size, white where the picture was missing",
            "draw it over BEFORE",
        )
    bright = picture.colour.mean(axis=2) > np.iinfo(picture.pixels.dtype).max / 2
    return _as_stored(bright[..., None].astype(np.uint8), before.orientation)[..., 0] > 0


def _pair(case: Case) -> Pair:
    """Both on AFTER's grid, upright, as bytes of three channels."""
    shape = (int(case.result.shape[0]), int(case.result.shape[1]))
    if shape == case.size and case.laid.down is None and case.laid.across is None:
        before = on_own_grid(case.own)
    else:
        before = lay(case.own, shape, inverse(case.placing), "bicubic")
    sides = []
    for part in (before, on_own_grid(case.result)):
        whole = part.whole()
        rows, columns = part.covered
        whole[~rows] = whole[:, ~columns] = 0
        colour = np.broadcast_to(whole, (*whole.shape[:2], 3)) if whole.shape[2] == 1 else whole
        sides.append(upright(colour, case.before.orientation).copy())
    return Pair(sides[0], sides[1])  # type: ignore[arg-type]
