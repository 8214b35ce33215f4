"""Was BEFORE blurred, and how? From both pictures, held against what BEFORE alone shows.

A blur that was undone shows in the pair: one kernel turns AFTER into BEFORE, wherever one looks.
That alone does not say that BEFORE *was* blurred so (any sharpening can be turned back), so what
is read from BEFORE alone must agree. Where it does not, nothing can be judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from rigatino.deconvolution import Between, alike, between, spread
from rigatino.degradation import Defocus, GaussianBlur, MotionBlur
from rigatino.diagnosis import Finding
from rigatino.diagnosis.shake import SHAKE
from rigatino.diagnosis.subject import Subject
from rigatino.evidence.blur.smear import Smear, Undecided, told_smear
from rigatino.evidence.case import Case
from rigatino.evidence.jpeg.planes import component_planes
from rigatino.evidence.laying import Laid, on_own_grid
from rigatino.imaging import srgb_to_linear

Floats = NDArray[np.float32]
#: pixels along a side of the part from which the kernel between both is read
_SIDE = 768
#: a kernel is a blur from this spread on (pixels), if it leaves less than this share unexplained
_SPREAD, _LEFT = 1.0, 0.75
#: what BEFORE alone does not show must be as plain as this in the pair to be spoken of at all
_PLAIN_SPREAD, _PLAIN_LEFT = 2.0, 0.6
#: how alike both readings must be; and where the one of BEFORE alone is unsure of itself
_AGREED, _SURELY = 0.8, 0.9
#: light was blurred, not stored values, if that leaves less than this share
_CLEARER = 0.8
#: σ of luma over σ of a channel
_LUMA_SHARE = 0.669


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """From BEFORE alone."""

    kernel: Floats
    sure: bool


def smear_of(case: Case) -> Smear | Undecided | None:
    """Told, or found; None where nothing points to a blur that was undone."""
    if case.enlarged or case.reduced:
        return None
    if case.told.kernel is not None:
        return told_smear(case.told.kernel, case.told.linear)
    found = _between(case)
    return None if found is None else _agreed(case, *found)


def luma(laid: Laid, linear: bool) -> Floats:
    """(H, W), 0…255 around 128, of the whole."""
    return _part(laid, linear, (slice(0, laid.size[0]), slice(0, laid.size[1])))


def noise_of(case: Case) -> float:
    """σ of BEFORE's luma, also where it is not worth removing; 0 where nothing is known."""
    value: object = case.told.noise
    if value is None:
        found = case.found_or_not("noise")
        value = None if found is None else found.estimate.get("sigma")
    share = _LUMA_SHARE if case.own.shape[2] == 3 else 1.0
    return share * float(value) if isinstance(value, int | float) else 0.0


def _between(case: Case) -> tuple[Between, bool] | None:
    """The kernel between both if it is a blur, and whether it blurred light."""
    where = _window(case)
    if where is None:
        return None
    stored = _pair(case, where, False)
    if stored is None or not _is_blur(stored, noise_of(case)):
        return None
    light = _pair(case, where, True)
    if case.told.linear and light is not None:
        return light, True
    if light is None or light.left / light.plain > _CLEARER * stored.left / stored.plain:
        return stored, False
    return light, True


def _pair(case: Case, where: tuple[slice, slice], linear: bool) -> Between | None:
    return between(*(_part(one, linear, where) for one in (case.laid, on_own_grid(case.own))))


def _is_blur(found: Between, noise: float) -> bool:
    return spread(found.kernel) >= _SPREAD and _left(found, noise) <= _LEFT


def _left(found: Between, noise: float) -> float:
    """The share that is left unexplained, of what is not noise."""
    quiet = min(noise, 0.95 * found.left)
    return float(np.sqrt((found.left**2 - quiet**2) / max(found.plain**2 - quiet**2, 1e-9)))


def _window(case: Case) -> tuple[slice, slice] | None:
    """Of what both show, the part of AFTER with most edges."""
    spans = [_span(flags) for flags in case.laid.covered]
    sides = [min(_SIDE, last - first) for first, last in spans]
    if min(sides) <= 0:
        return None
    tried = [
        (slice(top, top + sides[0]), slice(left, left + sides[1]))
        for top in _starts(spans[0], sides[0])
        for left in _starts(spans[1], sides[1])
    ]
    if len(tried) == 1:
        return tried[0]
    return max(tried, key=lambda where: _richness(_part(case.laid, False, where)))


def _span(flags: NDArray[np.bool_]) -> tuple[int, int]:
    at = np.flatnonzero(flags)
    return (int(at[0]), int(at[-1]) + 1) if len(at) else (0, 0)


def _starts(span: tuple[int, int], side: int) -> list[int]:
    return sorted({round(at) for at in np.linspace(span[0], span[1] - side, 3)})


def _richness(plane: Floats) -> float:
    slope = np.hypot(*np.gradient(uniform_filter(plane, 3)))
    return float(np.minimum(slope, 12).mean())


def _part(laid: Laid, linear: bool, where: tuple[slice, slice]) -> Floats:
    band = laid.band(where[0])[:, where[1]]
    if linear:
        light = np.asarray(band, np.float32) / np.float32(255)
        band = srgb_to_linear(np.clip(light, 0, 1)) * np.float32(255)
    return component_planes(band, "grey" if band.shape[2] == 1 else "YCbCr")[0]


def _agreed(case: Case, found: Between, linear: bool) -> Smear | Undecided | None:
    """The pair's kernel if BEFORE alone shows the same."""
    size = float(found.size)
    if found.cut:
        return Undecided("its path is longer than can be read", size)
    seen = SHAKE.look(Subject(case.before), {f.name: f for f in case.diagnosis.findings})
    read = list(_readings(case, seen))
    fits = [alike(found.kernel, one.kernel) for one in read]
    smear = Smear("path", size, 0.0, found.kernel, linear)
    for one, fit in sorted(zip(read, fits, strict=True), key=lambda pair: -pair[1]):
        if fit >= (_AGREED if one.sure else _SURELY):
            return replace(smear, rival=one.kernel, agreement=fit)
    if not any(one.sure for one in read) and not _plainly(found, noise_of(case)):
        return None
    return Undecided(_why(seen, read), size, max(fits, default=None))


def _plainly(found: Between, noise: float) -> bool:
    return spread(found.kernel) >= _PLAIN_SPREAD and _left(found, noise) <= _PLAIN_LEFT


def _readings(case: Case, shake: Finding) -> Iterator[_Read]:
    rows = shake.estimate.get("kernel")
    if isinstance(rows, tuple):
        kernel = np.array(rows, np.float32)
        yield _Read(np.asarray(kernel / kernel.sum(), np.float32), not shake.refused)
    simple = case.found("blur")
    if simple is not None:
        yield _Read(_simple(simple), isinstance(rows, tuple) is False)


def _simple(found: Finding) -> Floats:
    said = {name: float(str(value)) for name, value in found.estimate.items() if name in _SIZES}
    if found.estimate["kind"] == "motion":
        return MotionBlur(said["length"], said["angle"]).kernel()
    if found.estimate["kind"] == "defocus":
        return Defocus(said["radius"]).kernel()
    return GaussianBlur(said["sigma"]).kernel()


_SIZES = ("length", "angle", "radius", "sigma")


def _why(shake: Finding, read: list[_Read]) -> str:
    if any(one.sure for one in read):
        return "from your file alone another blur was read"
    if shake.refused:
        return f"from your file alone it could not be read: {shake.reason}"
    return "from your file alone no blur could be read"
