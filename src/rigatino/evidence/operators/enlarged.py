"""Enlargement: what the smaller picture fixes, and what no smaller picture can know.

With A the named way of making smaller and A⁺ its pseudo-inverse, AFTER falls apart into::

    A⁺b                the plain enlargement of BEFORE, b
    A⁺(Ax − b)         what it says otherwise than BEFORE: allowed within a grey level's rounding
    x − A⁺Ax           what A wipes out: BEFORE knows nothing of it, so it is filled in

compared in blocks of 8×8 pixels of AFTER.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis import Binds
from rigatino.evidence import downscaling
from rigatino.evidence.back_projection import LEVEL, Solver, inverse_of
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.planes import component_planes, cosines
from rigatino.evidence.jpeg.tally import Tally, bands_of, shares_by_name
from rigatino.evidence.laying import Laid, on_own_grid
from rigatino.evidence.record import Claim
from rigatino.evidence.registration.placing import inverse, lay
from rigatino.evidence.wording import Words, told

Floats = NDArray[np.float32]
#: pixels of BEFORE along the border that contradict nothing: tools go on beyond it as they like
_RIM = 3
_WORDS = Words(
    "your file is the wanted picture made smaller in the way named below",
    "how your file is got back from the result by the way named below, not of the original",
    "the smaller picture",
    "a plain enlargement",
)


@dataclass(frozen=True, eq=False)
class _Sides:
    """AFTER on its own grid and made smaller, beside BEFORE: planes around 0."""

    large: list[Floats]
    own: list[Floats]
    off: list[Floats]
    """AFTER made smaller, less BEFORE."""
    beyond: list[Floats]
    """What of that is more than rounding, or clipping, explains."""


def judge(case: Case) -> Judged | None:
    """Where AFTER has more pixels for the same."""
    if not case.enlarged:
        return None
    tallies, energies = _split(case, case.laid, on_own_grid(case.result))
    shape = (int(case.result.shape[0]), int(case.result.shape[1]))
    plain = lay(case.own, shape, inverse(case.placing), "bicubic").whole()
    smaller = downscaling.laid_by(case.scaling, plain, case.size, case.placing)
    own, _ = _split(case, smaller, on_own_grid(plain))
    colour = _colour(case)
    claim = Claim(
        "enlarged", _assumes(case), _binds(case),
        shares_by_name(tallies, colour), shares_by_name(own, colour), bands_of(tallies),
        {"downscaling": case.scaling, "tolerance": _tolerance(case),
         "scale_down": case.placing.scale[0], "scale_across": case.placing.scale[1]},
    )  # fmt: skip
    rows, columns = case.laid.covered
    looked = np.outer(_blocked(rows), _blocked(columns))
    return Judged(told(claim, _WORDS), energies * looked, looked)


def _colour(case: Case) -> str:
    return "grey" if case.own.shape[2] == 1 and case.result.shape[2] == 1 else "YCbCr"


def _assumes(case: Case) -> tuple[str, ...]:
    return (f"your file is the wanted picture, made smaller once by {case.scaling}",)


def _binds(case: Case) -> Binds:
    if case.told.downscaling is None:
        return Binds(
            "likely",
            "nobody said how your file was made smaller; of the ways known here this one fits the "
            "result best",
        )
    if not case.registered.snapped:
        return Binds(
            "likely", "the result does not show the whole frame, so its place was measured"
        )
    if case.before.jpeg is not None:
        return Binds("likely", "your file was saved as a JPEG after it was made smaller")
    return Binds("sure", "the way in which your file was made smaller is as told")


def _tolerance(case: Case) -> float:
    """Grey levels: rounding, and what a JPEG between the two may have moved."""
    header = case.before.jpeg
    if header is None or not header.tables:
        return LEVEL
    table = header.tables[header.components[0].table].astype(np.float64)
    return float(max(LEVEL, 2 * np.sqrt((table**2).mean() / 12)))


def _split(case: Case, smaller: Laid, large: Laid) -> tuple[list[Tally], Floats]:
    """Sums per component, and energies per 8×8 pixels of BEFORE."""
    sides = _sides(case, smaller, large)
    spread = inverse_of(case.laid)
    energies = np.zeros((3, *(-(-n // 8) for n in case.size)), np.float32)
    tallies = []
    for kinds in _components(sides, spread):
        tallies.append(Tally(
            np.stack([kind.sum(axis=(0, 1), dtype=np.float64) for kind in kinds]),
            pixels=kinds[0].shape[0] * kinds[0].shape[1] * 64,
        ))  # fmt: skip
        _gather(energies, kinds, case)
    return tallies, energies


def _sides(case: Case, smaller: Laid, large: Laid) -> _Sides:
    colour = _colour(case)
    whole = slice(0, case.size[0])
    own = on_own_grid(case.own).band(whole).astype(np.float32)
    rows, columns = case.laid.covered
    off = (smaller.band(whole) - own) * np.outer(rows, columns)[..., None]
    beyond = off - np.clip(off, -_tolerance(case), _tolerance(case))
    inner = np.zeros(case.size, np.bool_)
    inner[_RIM:-_RIM, _RIM:-_RIM] = True
    beyond[~inner] = 0
    beyond[(own >= 255) & (beyond > 0)] = 0
    beyond[(own <= 0) & (beyond < 0)] = 0
    # Around 128, so that a difference of nothing is 0 in every component.
    return _Sides(
        component_planes(large.band(slice(0, large.size[0])), colour),
        component_planes(own, colour),
        component_planes(off + np.float32(128), colour),
        component_planes(beyond + np.float32(128), colour),
    )


def _components(sides: _Sides, spread: Solver) -> Iterator[list[Floats]]:
    """Recovered, filled in, contradicted of each plane, (R, C, 64) on AFTER's grid."""
    for x, own, off, beyond in zip(sides.large, sides.own, sides.off, sides.beyond, strict=True):
        plain, against, wholly = (spread(part) for part in (own, beyond, off))
        invented = x - plain - wholly + spread(off - beyond)
        h, w = (n // 8 * 8 for n in x.shape)
        c0, n, r = (cosines(part[:h, :w]) for part in (plain, invented, against))
        recovered = np.maximum(c0 * c0 - (n + r) ** 2, 0)
        n *= n
        recovered[..., 0] = n[..., 0] = 0
        yield [recovered, n, r * r]


def _gather(energies: Floats, kinds: list[Floats], case: Case) -> None:
    """Energies of AFTER's blocks, put where their middles lie in BEFORE, per pixel of BEFORE."""
    at = []
    for axis, count in enumerate(kinds[0].shape[:2]):
        middle = (8 * np.arange(count) + 4) / case.placing.scale[axis] + case.placing.shift[axis]
        at.append(np.clip(middle / 8, 0, energies.shape[1 + axis] - 1).astype(int))
    area = case.placing.scale[0] * case.placing.scale[1]
    for index, kind in enumerate(kinds):
        np.add.at(energies[index], np.ix_(*at), kind.sum(axis=2) / np.float32(area))


def _blocked(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Blocks of 8 that are covered, the last one maybe cut."""
    return np.array([flags[at : at + 8].all() for at in range(0, len(flags), 8)])


ENLARGED = Judge("enlarged", "What does the smaller picture still fix?", judge)
