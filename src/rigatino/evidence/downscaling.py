"""Named ways of making a picture smaller, and which of them fits a pair best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation.resampling import Kernel
from rigatino.errors import UsageError
from rigatino.evidence.laying import Laid
from rigatino.evidence.registration.placing import Placing, lay
from rigatino.imaging import Pixels


@dataclass(frozen=True, slots=True)
class Downscaling:
    """A kernel, stretched so that nothing is aliased; on stored values or on light."""

    kernel: Kernel
    linear: bool = False


#: the first is taken where none fits better than the others
NAMES: dict[str, Downscaling] = {
    "bicubic": Downscaling("bicubic"),
    "area": Downscaling("area"),
    "bilinear": Downscaling("bilinear"),
    "lanczos": Downscaling("lanczos"),
    "bicubic in linear light": Downscaling("bicubic", True),
    "area in linear light": Downscaling("area", True),
}
#: share of the least misfit within which the default is preferred
_TIE = 1.02
_ROWS = 64


@dataclass(frozen=True, slots=True)
class Fitted:
    """One of the names, and how far AFTER, made smaller by each, is from BEFORE."""

    name: str
    misfits: dict[str, float]
    """Root mean square in grey levels."""


def named(name: str) -> Downscaling:
    """The way of that name, or a line that lists them."""
    if name not in NAMES:
        raise UsageError(f"the downscaling {name!r}", f"one of {', '.join(NAMES)}", "name one")
    return NAMES[name]


def laid_by(
    name: str, pixels: Pixels, size: tuple[int, int], placing: Placing
) -> Laid:  # fmt: skip
    """AFTER made smaller by a named way."""
    way = named(name)
    return lay(pixels, size, placing, way.kernel, linear=way.linear)


def best(own: Pixels, after: Pixels, placing: Placing) -> Fitted:
    """Every name tried on some rows, spread over the picture."""
    size = (int(own.shape[0]), int(own.shape[1]))
    misfits = {name: _misfit(own, laid_by(name, after, size, placing)) for name in NAMES}
    least = min(misfits.values())
    default = next(iter(NAMES))
    near = misfits[default] <= _TIE * least
    return Fitted(default if near else min(misfits, key=misfits.__getitem__), misfits)


def _misfit(own: Pixels, laid: Laid) -> float:
    height = own.shape[0]
    tops = np.unique(np.linspace(0, max(0, height - _ROWS // 4), 4).astype(int))
    rows, columns = laid.covered
    total = count = 0.0
    for top in tops:
        band = slice(int(top), min(int(top) + _ROWS // 4, height))
        seen = np.outer(rows[band], columns)[..., None]
        off = (_levels(own[band]) - laid.band(band)) * seen
        total += float((off * off).sum())
        count += float(seen.sum()) * off.shape[2]
    return float(np.sqrt(total / max(count, 1)))


def _levels(pixels: Pixels) -> NDArray[np.float32]:
    return pixels.astype(np.float32) * np.float32(255 / np.iinfo(pixels.dtype).max)
