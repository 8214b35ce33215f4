"""Where a damaged picture lies in a plane, from its diagnosis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from scipy.special import ndtr

from rigatino.deconvolution import judged, spread
from rigatino.diagnosis import Diagnosis, diagnose
from rigatino.errors import UsageError
from rigatino.imaging import Picture, Source, load, luma, to_float
from rigatino.limits.planes import Plane
from rigatino.limits.record import Place, Target, Verdict
from rigatino.limits.searching import SURE
from rigatino.limits.surrogate import Surrogate

_MOST = 1536


def placed(
    task: str, plane: Plane, model: Surrogate, target: Target, *, differ: float, source: Source
) -> Place:
    """Refused where diagnosis cannot tell the damage that the plane is about.

    The probability is that of a single picture: such differ from the mean by ``differ``.
    """
    picture = load(source)
    diagnosis = diagnose(picture, only=("compression", "noise", "enlargement"))
    across, up = _READINGS[task](picture, diagnosis)
    at = np.array([[plane.across.share(across), plane.up.share(up)]])
    inside = bool(((at >= 0) & (at <= 1)).all())
    nearest = np.clip(at, 0, 1)
    mean, deviation = (float(values[0]) for values in model.at(nearest))
    doubt = float(np.hypot(deviation, differ))
    likely = float(ndtr((mean - target.value) / doubt))
    verdict: Verdict = "reached" if mean > target.value else "missed"
    if abs(mean - target.value) <= SURE * doubt or (not inside and verdict == "reached"):
        verdict = "unknown"
    name = "a picture" if isinstance(source, bytes) else Path(source).name
    where = (
        f"{plane.across.name} {across:.1f} ({plane.across.unit}), "
        f"{plane.up.name} {up:.1f} ({plane.up.unit})"
    )
    said = f"{where}{'' if inside else ', beyond what was measured'}: {_said(verdict, likely)}."
    return Place(name, round(across, 2), round(up, 2), inside, round(likely, 4), verdict, said)


def _said(verdict: Verdict, likely: float) -> str:
    if verdict == "reached":
        return "a repair should reach the target"
    if verdict == "missed":
        return "a repair will not reach the target"
    return (
        f"whether a repair reaches the target is not sure; of pictures damaged like this, about "
        f"{100 * likely:.0f} in 100 do"
    )


def _blurred(picture: Picture, diagnosis: Diagnosis) -> tuple[float, float]:
    """The radius of the disk that spreads light as far as this path does."""
    noise = _noise(diagnosis)
    top, left = (max(0, n - _MOST) // 2 for n in picture.colour.shape[:2])
    colour = to_float(picture.colour[top : top + _MOST, left : left + _MOST])
    found = judged(colour[..., 0] if colour.shape[2] == 1 else luma(colour), noise)
    if found.refusal:
        raise _unplaced(f"how it was blurred is not sure: {found.refusal}")
    return (0.5 if found.sharp else spread(found.kernel) * 2**0.5), noise


def _noisy(picture: Picture, diagnosis: Diagnosis) -> tuple[float, float]:  # noqa: ARG001
    light = diagnosis.finding("noise").estimate.get("grows_with_light")
    return _noise(diagnosis), float(light) if isinstance(light, int | float) else 0.0


def _saved(picture: Picture, diagnosis: Diagnosis) -> tuple[float, float]:  # noqa: ARG001
    quality = diagnosis.finding("compression").estimate.get("quality")
    if not isinstance(quality, int | float):
        raise _unplaced("no saving as JPEG was found in it")
    return 100.0 - float(quality), _noise(diagnosis)


def _enlarged(picture: Picture, diagnosis: Diagnosis) -> tuple[float, float]:  # noqa: ARG001
    found = diagnosis.finding("enlargement")
    factor = found.estimate.get("factor")
    if not found.found or not isinstance(factor, int | float):
        raise _unplaced("it was not enlarged, and how far you want to go is not in it")
    return float(factor), _noise(diagnosis)


def _noise(diagnosis: Diagnosis) -> float:
    sigma = diagnosis.finding("noise").estimate.get("sigma")
    return float(sigma) if isinstance(sigma, int | float) else 0.0


def _unplaced(reason: str) -> UsageError:
    return UsageError(f"--mine: {reason}", "a picture whose damage can be told", "leave --mine out")


_READINGS: Mapping[str, Callable[[Picture, Diagnosis], tuple[float, float]]] = {
    "deblur": _blurred,
    "denoise": _noisy,
    "jpeg": _saved,
    "enlarge": _enlarged,
}
