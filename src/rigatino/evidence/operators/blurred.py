"""Blur: which frequencies the kernel let through above the noise.

Window by window (64×64, overlapping), with K the kernel's response, S AFTER's power and N the
noise's, enlarged by what the kernel may be off: the share |K|²S / (|K|²S + N) of AFTER's energy
is recovered, the rest filled in. Where AFTER, blurred again, departs from BEFORE by more than
noise does, it contradicts. Luma only.

A kernel that nobody told is the one that best makes BEFORE of AFTER, if BEFORE alone shows nearly
the same; what the two disagree about is not fixed. Where they are far apart, or where no kernel
makes BEFORE of AFTER, nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import maximum_filter, uniform_filter

from rigatino.diagnosis import Binds
from rigatino.evidence.blur.finding import luma, noise_of
from rigatino.evidence.blur.smear import Smear, Undecided
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.tally import shares_of
from rigatino.evidence.laying import Laid, on_own_grid
from rigatino.evidence.record import Claim, Sentence, Shares
from rigatino.evidence.wording import Words, told

Floats = NDArray[np.float32]
_SIDE, _HOP = 64, 32
_SHAPE = (_SIDE, _SIDE)
#: powers of noise up to which a residual is noise: e⁻⁸ of all are more by chance
_FAR = 8.0
#: grey levels of rounding noise at least
_ROUNDING = 0.6
#: cycles per pixel from which on there is detail, and fine detail
_DETAIL, _FINE = 1 / 16, 1 / 4
#: from here on hardly any blur lets anything through: what stands in BEFORE is noise
_NOISE = 3 / 8
#: so many times the noise half of all windows may leave, or it is not one blur
_MISFIT = 2.5
#: values this near to the ends of the range are cut off; of a window so many may be, or noise
#: that reaches the ends would look like light
_CUT, _CLIPPED = 126.5, 0.1
_WORDS = Words(
    "your file was blurred by the kernel named below",
    "your file as it is",
    "the blurred picture",
    "the blurred picture itself",
)


@dataclass(frozen=True, eq=False)
class _Model:
    """Kernel and noise on the frequencies of a window."""

    passed: Floats
    """|K|²."""
    doubt: Floats
    dispute: Floats
    noise: Floats
    open: float
    """Values around 128 up to which noise is not cut off."""


@dataclass(frozen=True, eq=False)
class _Found:
    shares: dict[str, Shares]
    energies: Floats
    misfit: float
    """Median over windows: the residual's power where the kernel passes, in units of noise."""


def judge(case: Case) -> Judged | None:
    """Where a blur was undone, or told of."""
    smear = case.smear
    if smear is None or min(case.size) < _SIDE:
        return None
    if isinstance(smear, Undecided):
        return _declined(case, smear.reason, smear.size, smear.agreement)
    sigma = _sigma(case, smear)
    model = _model(case, smear, sigma)
    found = _judged(case, case.laid, smear, model)
    if smear.weights is not None and found.misfit > _MISFIT:
        reason = "no blur that is the same everywhere makes your file of it"
        return _declined(case, reason, smear.size, smear.agreement)
    own = _judged(case, on_own_grid(case.own), smear, model)
    claim = Claim(
        "blurred", _assumes(smear, sigma), _binds(case), found.shares, own.shares, {},
        {"kernel": smear.name, "size": smear.size, "angle": smear.angle, "noise": sigma,
         "agreement": smear.agreement, "left_over": found.misfit},
    )  # fmt: skip
    looked = found.energies.sum(axis=0) > 0
    return Judged(told(claim, _WORDS), found.energies, looked)


def _declined(case: Case, reason: str, size: float, agreement: float | None) -> Judged:
    """Nothing is said of any part."""
    said = Sentence(
        f"What of this result your file fixes cannot be judged: it looks like your file with a "
        f"blur across {size:.0f} pixels undone, but {reason}.",
        ("figures/size",),
    )
    claim = Claim(
        "blurred", ("your file was blurred before anything else happened to it",),
        Binds("no", reason), figures={"size": size, "agreement": agreement}, sentences=(said,),
    )  # fmt: skip
    nothing = np.zeros((3, *(-(-n // 8) for n in case.size)), np.float32)
    return Judged(claim, nothing, nothing[0] > 0)


def _assumes(smear: Smear, sigma: float) -> tuple[str, ...]:
    light = "in linear light" if smear.linear else "on the stored values"
    return (
        f"your file was blurred by {smear.words}, everywhere alike {light}, then noise of σ "
        f"{sigma:.1f} of 255 was added",
    )


def _binds(case: Case) -> Binds:
    if case.before.jpeg is not None:
        return Binds("no", "the blurred picture was saved as a JPEG after that")
    if case.told.kernel is not None:
        return Binds("likely", "the kernel is as told")
    return Binds("likely", "the kernel was read from your file itself, and the result fits it")


def _model(case: Case, smear: Smear, sigma: float) -> _Model:
    power = float((_hann() ** 2).sum())
    noise = power * (sigma**2 + _saved(case))
    passed = np.asarray(np.abs(smear.response(_SHAPE)) ** 2, np.float32)
    return _Model(passed, smear.doubt(_SHAPE), smear.dispute(_SHAPE), noise, _CUT - 2 * sigma)


def _sigma(case: Case, smear: Smear) -> float:
    """Of luma, rounding included: as told or measured, and at least what BEFORE has where no blur
    leaves anything."""
    sigma = noise_of(case)
    if case.told.noise is None and smear.weights is not None:
        sigma = max(sigma, _unblurred(luma(on_own_grid(case.own), False)))
    return float(np.hypot(sigma, _ROUNDING))


def _unblurred(plane: Floats) -> float:
    """Median over windows of the power of the highest frequencies."""
    high = _radius() >= _NOISE
    power = float((_hann() ** 2).sum())
    found = [
        float(
            np.median(np.abs(fft.rfft2(plane[t : t + _SIDE, s : s + _SIDE] * _hann()))[high] ** 2)
        )
        for t in range(0, plane.shape[0] - _SIDE + 1, _SIDE)
        for s in range(0, plane.shape[1] - _SIDE + 1, _SIDE)
    ]
    # The median of an exponential is ln 2 of its mean.
    return float(np.sqrt(np.median(found) / np.log(2) / power))


def _saved(case: Case) -> Floats:
    """What a JPEG's rounding adds to the variance of each frequency; 0 without a saving."""
    found = case.found_or_not("compression")
    table = None if found is None else found.estimate.get("table")
    if not isinstance(table, tuple):
        return np.zeros((_SIDE, _SIDE // 2 + 1), np.float32)
    steps = maximum_filter(np.array(table, np.float32).reshape(8, 8), 3)
    rows = np.minimum(7, np.rint(16 * np.abs(fft.fftfreq(_SIDE)))).astype(int)
    columns = np.minimum(7, np.rint(16 * fft.rfftfreq(_SIDE))).astype(int)
    return np.asarray(steps[np.ix_(rows, columns)] ** 2 / 12, np.float32)


def _judged(case: Case, laid: Laid, smear: Smear, model: _Model) -> _Found:
    after = luma(laid, smear.linear)
    before = luma(on_own_grid(case.own), smear.linear)
    rest = _rest(smear.blurred(after), before)
    energies = np.zeros((3, *(-(-n // 8) for n in case.size)), np.float32)
    sums = {"all": np.zeros(3), "fine": np.zeros(3)}
    radius = _radius()
    twice = np.where((np.arange(_SIDE // 2 + 1) % (_SIDE // 2)) == 0, 1, 2)
    # By Parseval: what makes energies of a weighted window mean squares per pixel.
    per_pixel, misfits = _SIDE**2 * float((_hann() ** 2).sum()), []
    for top, left in _corners(case, smear.reach):
        window = (slice(top, top + _SIDE), slice(left, left + _SIDE))
        if float((np.abs(before[window]) > model.open).mean()) > _CLIPPED:
            continue
        noise = model.noise * (_slope(before[window]) if smear.linear else 1)
        kinds, misfit = _kinds(after[window], rest[window], model, noise)
        kinds *= twice * (radius >= _DETAIL) / per_pixel
        sums["all"] += kinds.sum(axis=(1, 2))
        sums["fine"] += kinds[:, radius >= _FINE].sum(axis=1)
        # The window's weight lies on its middle: four by four blocks of it.
        middle = tuple(slice(at // 8 + 2, at // 8 + 6) for at in (top, left))
        energies[:, *middle] = 64 * kinds.sum(axis=(1, 2))[:, None, None]
        misfits.append(misfit)
    shares = {name: shares_of(total, len(misfits)) for name, total in sums.items()}
    return _Found(shares, energies, float(np.median(misfits)) if misfits else 0.0)


def _rest(again: Floats, before: Floats) -> Floats:
    """What is left over; where BEFORE is cut off at white or black, only on one side."""
    rest = again - before
    beyond = ((before >= _CUT) & (rest > 0)) | ((before <= -_CUT) & (rest < 0))
    return np.asarray(np.where(beyond, 0, rest), np.float32)


def _slope(light: Floats) -> float:
    """How much more a step of stored values is in light, squared, over a window."""
    value = np.maximum((light + 128) / 255, 1e-3)
    return float(np.maximum(2.2 * value ** (1.2 / 2.2), 0.1).__pow__(2).mean())


def _corners(case: Case, reach: int) -> Iterator[tuple[int, int]]:
    """Windows wholly within what both show, where nothing of the border is felt."""
    rows, columns = case.laid.covered
    rim = -(-reach // 8) * 8
    for top in range(rim, case.size[0] - _SIDE - rim + 1, _HOP):
        for left in range(rim, case.size[1] - _SIDE - rim + 1, _HOP):
            down, across = (slice(at - reach, at + _SIDE + reach) for at in (top, left))
            if rows[down].all() and columns[across].all():
                yield top, left


def _kinds(after: Floats, rest: Floats, model: _Model, noise: Floats) -> tuple[Floats, float]:
    """Recovered, filled in, contradicted per frequency; and how far the rest exceeds noise."""
    window = _hann()
    energy = np.abs(fft.rfft2((after - after.mean()) * window)) ** 2
    signal = uniform_filter(energy, 3, mode="nearest")
    passed = model.passed * signal
    weight = passed / (passed + noise + model.dispute * signal)
    allowed = noise + model.doubt * signal
    residual = np.abs(fft.rfft2(rest * window)) ** 2
    beyond = np.maximum(residual - _FAR * allowed, 0) / np.maximum(model.passed, 1e-4)
    against = np.minimum(weight * beyond, energy)
    kinds = np.maximum(weight * energy - against, 0), (1 - weight) * energy, against
    told = (passed > noise) & (_radius() >= _DETAIL)
    misfit = float((residual / allowed)[told].mean()) if told.any() else 0.0
    return np.stack(kinds), misfit


def _radius() -> Floats:
    radius = np.hypot(fft.fftfreq(_SIDE)[:, None], fft.rfftfreq(_SIDE)[None])
    return np.asarray(radius, np.float32)


def _hann() -> Floats:
    line = np.sin(np.pi * (np.arange(_SIDE) + 0.5) / _SIDE) ** 2
    return np.outer(line, line).astype(np.float32)


BLURRED = Judge("blurred", "Which frequencies did the blur let through?", judge)
