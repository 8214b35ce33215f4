"""Blur: which frequencies the kernel let through above the noise.

Window by window (64×64, overlapping), with K the kernel's response, S AFTER's power and N the
noise's, enlarged by what the kernel may be off: the share |K|²S / (|K|²S + N) of AFTER's energy
is recovered, the rest filled in. Where AFTER, blurred again, departs from BEFORE by more than
noise does, it contradicts. Luma only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import uniform_filter
from scipy.special import j1

from rigatino.diagnosis import Binds
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.planes import component_planes
from rigatino.evidence.jpeg.tally import shares_of
from rigatino.evidence.laying import Laid, on_own_grid
from rigatino.evidence.record import Claim, Shares
from rigatino.evidence.wording import Words, told
from rigatino.imaging import srgb_to_linear

Floats = NDArray[np.float32]
_SIDE, _HOP = 64, 32
#: powers of noise up to which a residual is noise: e⁻⁸ of all are more by chance
_FAR = 8.0
#: share by which a kernel's size may be off; and grey levels of rounding noise at least
_DOUBT, _ROUNDING = 0.1, 0.6
#: cycles per pixel from which on there is detail, and fine detail
_DETAIL, _FINE = 1 / 16, 1 / 4
Kernel = tuple[str, float, float]
_WORDS = Words(
    "your file was blurred by the kernel named below",
    "your file as it is",
    "the blurred picture",
    "the blurred picture itself",
)
_NAMES = {"gaussian": "a Gaussian of σ", "disk": "a disk of radius", "motion": "a move of"}


@dataclass(frozen=True, eq=False)
class _Model:
    """Kernel response and noise power on the frequencies of a window."""

    response: Floats
    doubt: Floats
    noise: float


def judge(case: Case) -> Judged | None:
    """Where a blur was found in BEFORE, or told of."""
    kernel = _kernel(case)
    if kernel is None or case.enlarged or case.reduced or min(case.size) < _SIDE:
        return None
    noise = _noise(case)
    model = _Model(response(kernel), _doubt(kernel), noise**2 * float((_hann() ** 2).sum()))
    shares, energies = _judged(case, case.laid, kernel, model)
    own, _ = _judged(case, on_own_grid(case.own), kernel, model)
    how = f"{_NAMES[kernel[0]]} {kernel[1]:.1f} pixels"
    light = " in linear light" if case.told.linear else " on the stored values"
    claim = Claim(
        "blurred",
        (f"your file was blurred by {how}, everywhere alike{light}, then noise of σ {noise:.1f} "
         "of 255 was added",),
        _binds(case),
        shares, own, {},
        {"kernel": kernel[0], "size": kernel[1], "angle": kernel[2], "noise": noise},
    )  # fmt: skip
    looked = energies.sum(axis=0) > 0
    return Judged(told(claim, _WORDS), energies, looked)


def _kernel(case: Case) -> Kernel | None:
    if case.told.kernel is not None:
        return case.told.kernel
    found = case.found("blur")
    if found is None:
        return None
    said = found.estimate
    if said["kind"] == "motion":
        return "motion", float(str(said["length"])), float(str(said["angle"]))
    name, size = ("disk", "radius") if said["kind"] == "defocus" else ("gaussian", "sigma")
    return name, float(str(said[size])), 0.0


def _noise(case: Case) -> float:
    """σ in luma, rounding included."""
    found = case.found("noise")
    value = case.told.noise if case.told.noise is not None else None
    if value is None and found is not None:
        value = float(str(found.estimate.get("sigma") or 0))
    return float(np.hypot((value or 0) * 0.669, _ROUNDING))


def _binds(case: Case) -> Binds:
    if case.before.jpeg is not None:
        return Binds("no", "the blurred picture was saved as a JPEG after that")
    if case.told.kernel is not None:
        return Binds("likely", "the kernel is as told")
    return Binds("likely", "the kernel was estimated from your file itself")


def response(
    kernel: Kernel, stretch: float = 1.0, shape: tuple[int, int] = (_SIDE, _SIDE)
) -> Floats:
    """What the kernel lets through of each frequency, (h, w // 2 + 1); real: all are even."""
    kind, size, angle = kernel
    size *= stretch
    down = fft.fftfreq(shape[0])[:, None]
    across = fft.rfftfreq(shape[1])[None]
    radius = np.hypot(down, across)
    if kind == "gaussian":
        return np.asarray(np.exp(-2 * (np.pi * size * radius) ** 2), np.float32)
    if kind == "disk":
        x = 2 * np.pi * size * radius + 1e-9
        return np.asarray(2 * j1(x) / x, np.float32)
    turn = np.deg2rad(angle)
    along = across * np.cos(turn) - down * np.sin(turn)
    return np.asarray(np.sinc(size * along), np.float32)


def _doubt(kernel: Kernel) -> Floats:
    """|K − K′|², K′ being the kernel a little larger or smaller, whichever is further off."""
    here = response(kernel)
    off = [response(kernel, 1 + sign * _DOUBT) - here for sign in (-1, 1)]
    return np.asarray(np.maximum(off[0] ** 2, off[1] ** 2), np.float32)


def _judged(
    case: Case, laid: Laid, kernel: Kernel, model: _Model
) -> tuple[dict[str, Shares], Floats]:
    after, before = _luma(case, laid), _luma(case, on_own_grid(case.own))
    again = _blurred(after, kernel)
    energies = np.zeros((3, *(-(-n // 8) for n in case.size)), np.float32)
    sums = {"all": np.zeros(3), "fine": np.zeros(3)}
    radius = np.hypot(fft.fftfreq(_SIDE)[:, None], fft.rfftfreq(_SIDE)[None])
    twice = np.where((np.arange(_SIDE // 2 + 1) % (_SIDE // 2)) == 0, 1, 2)
    # By Parseval: what makes energies of a weighted window mean squares per pixel.
    per_pixel, windows = _SIDE**2 * float((_hann() ** 2).sum()), 0
    for top, left in _corners(case):
        window = (slice(top, top + _SIDE), slice(left, left + _SIDE))
        kinds = _kinds(after[window], again[window] - before[window], model)
        kinds *= twice * (radius >= _DETAIL) / per_pixel
        sums["all"] += kinds.sum(axis=(1, 2))
        sums["fine"] += kinds[:, radius >= _FINE].sum(axis=1)
        # The window's weight lies on its middle: four by four blocks of it.
        middle = tuple(slice(at // 8 + 2, at // 8 + 6) for at in (top, left))
        energies[:, *middle] = 64 * kinds.sum(axis=(1, 2))[:, None, None]
        windows += 1
    return {name: shares_of(total, windows) for name, total in sums.items()}, energies


def _luma(case: Case, laid: Laid) -> Floats:
    band = laid.band(slice(0, case.size[0]))
    if case.told.linear:
        band = srgb_to_linear(np.asarray(band, np.float32) / np.float32(255)) * np.float32(255)
    return component_planes(band, "grey" if band.shape[2] == 1 else "YCbCr")[0]


def _blurred(plane: Floats, kernel: Kernel) -> Floats:
    """By the kernel, the picture going on as its mirror image."""
    pad = int(np.ceil(4 * kernel[1])) + 2
    wide = np.pad(plane, pad, mode="symmetric")
    shape = (wide.shape[0], wide.shape[1])
    spectrum = fft.rfft2(wide) * response(kernel, shape=shape)
    return np.asarray(fft.irfft2(spectrum, shape)[pad:-pad, pad:-pad], np.float32)


def _corners(case: Case) -> Iterator[tuple[int, int]]:
    """Windows wholly within what both show."""
    rows, columns = case.laid.covered
    for top in range(0, case.size[0] - _SIDE + 1, _HOP):
        for left in range(0, case.size[1] - _SIDE + 1, _HOP):
            if rows[top : top + _SIDE].all() and columns[left : left + _SIDE].all():
                yield top, left


def _kinds(after: Floats, rest: Floats, model: _Model) -> Floats:
    """Recovered, filled in, contradicted per frequency."""
    window = _hann()
    energy = np.abs(fft.rfft2((after - after.mean()) * window)) ** 2
    signal = uniform_filter(energy, 3, mode="nearest")
    passed = model.response**2 * signal
    noise = model.noise + model.doubt * signal
    weight = passed / (passed + noise)
    residual = np.abs(fft.rfft2(rest * window)) ** 2
    beyond = np.maximum(residual - _FAR * noise, 0) / np.maximum(model.response**2, 1e-4)
    against = np.minimum(weight * beyond, energy)
    return np.stack((np.maximum(weight * energy - against, 0), (1 - weight) * energy, against))


def _hann() -> Floats:
    line = np.sin(np.pi * (np.arange(_SIDE) + 0.5) / _SIDE) ** 2
    return np.outer(line, line).astype(np.float32)


BLURRED = Judge("blurred", "Which frequencies did the blur let through?", judge)
