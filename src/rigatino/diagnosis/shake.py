"""Camera shake and any other blur that is the same everywhere: the path that light took."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rigatino.deconvolution import (
    BRIEF,
    LARGEST,
    NOISIEST,
    SMALLEST,
    Blur,
    Survey,
    at_a_glance,
    judged,
    roomy,
    surveyed,
)
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.record import Finding, Plain, refusal
from rigatino.diagnosis.subject import Earlier, Subject, luma_of

#: pixels along a side of the part that is looked at
_MOST = 1536
#: a coarser saving than this leaves too little to read a path from
_COARSEST = 60
#: parts along a side that are read one by one where no single path is told
_ACROSS = 3
_FRAME = 0.25

Array = NDArray[np.float32]


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Read a kernel from the richest part, and again from two others."""
    why = _hopeless(subject, earlier)
    if why:
        return refusal(SHAKE.name, why)
    rows, columns = (_middle(n) for n in (subject.height, subject.width))
    luma = luma_of(subject.colour(rows, columns)) / np.float32(255)
    if min(luma.shape) >= SMALLEST and at_a_glance(luma) < BRIEF:
        return _sharp()
    blur = judged(luma, _noise(earlier))
    if blur.refusal:
        declined = refusal(SHAKE.name, blur.refusal, **_estimate(blur))
        return _apart(subject, declined, _noise(earlier)) if subject.thorough else declined
    if blur.sharp:
        return _sharp()
    simple = "blur" in earlier and earlier["blur"].found
    kernel = np.asarray(blur.kernel / blur.kernel.max(), np.float32)
    return Finding(
        SHAKE.name, not simple, _estimate(blur), blur.confidence, evidence=(_said(blur),),
        map=kernel,
    )  # fmt: skip


def _apart(subject: Subject, declined: Finding, noise: float) -> Finding:
    """No single path: still refused, but cell by cell there may be several."""
    size = subject.height, subject.width
    if not roomy(size) or noise > NOISIEST:
        return declined

    def read(rows: slice, columns: slice) -> Array:
        return np.asarray(luma_of(subject.colour(rows, columns)) / np.float32(255), np.float32)

    survey = surveyed(read, size, noise, _ACROSS)
    if not survey.undoable:
        return declined
    read_there = f"{len(survey.undoable)} of {len(survey.cells)} parts of the picture tell one"
    reason = f"{declined.reason}; looked at one by one, {read_there}"
    return replace(declined, reason=reason, map=mosaic(survey))


def mosaic(survey: Survey) -> Array:
    """The kernels side by side as they lie in the picture; a dot where there is none."""
    kernels = [_square(cell.blur.kernel) for cell in survey.cells]
    rows = [
        np.concatenate(kernels[at : at + survey.across], axis=1)
        for at in range(0, len(kernels), survey.across)
    ]
    return np.concatenate(rows)


def _square(kernel: Array) -> Array:
    """In the middle of a square with a thin frame, its brightest place 1."""
    room = np.zeros((LARGEST + 2, LARGEST + 2), np.float32)
    room[0, :], room[:, 0] = _FRAME, _FRAME
    top, left = (1 + (LARGEST - n) // 2 for n in kernel.shape)
    room[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel / kernel.max()
    return room


def _sharp() -> Finding:
    said = ("Edges are as narrow as in a sharp picture; no path was found along them.",)
    return Finding(SHAKE.name, False, {"kind": "none"}, 0.8, evidence=said)


def _hopeless(subject: Subject, earlier: Earlier) -> str:
    if subject.drawn:
        return subject.drawn
    if "enlargement" in earlier and earlier["enlargement"].found:
        return "the picture was enlarged, which softens it by itself"
    quality = earlier["compression"].estimate.get("quality") if "compression" in earlier else None
    if isinstance(quality, int | float) and quality < _COARSEST:
        return f"a saving of quality {quality:.0f} left too little of the edges"
    return ""


def _middle(length: int) -> slice:
    start = max(0, length - _MOST) // 2
    return slice(start, start + min(length, _MOST))


def _noise(earlier: Earlier) -> float:
    sigma = earlier["noise"].estimate.get("sigma") if "noise" in earlier else None
    return float(sigma) if isinstance(sigma, int | float) else 0.0


def _estimate(blur: Blur) -> dict[str, Plain]:
    if blur.sharp:
        return {}
    rows = tuple(tuple(round(float(v), 4) for v in row) for row in blur.kernel)
    return {"kind": blur.kind, "size": round(blur.size, 2), "kernel": rows}


def _said(blur: Blur) -> str:
    forms = {
        "disk": f"a disk of radius {blur.size:.1f} pixels",
        "line": f"a straight line of {blur.size:.0f} pixels",
    }
    form = forms.get(blur.kind, f"a path across {blur.size:.0f} pixels")
    return (
        f"Every edge is smeared alike, along {form}; parts of the picture that share no pixel "
        f"agree on it to {100 * blur.confidence:.0f} %."
    )


SHAKE = Detector(
    "shake",
    "Did the camera move while it took the picture, and along which path?",
    look,
    4.0,
    "A path of at most 31 pixels. Where parts disagree (turning, depth, a moving subject) it "
    "declines; for --maps, it shows what each of nine parts tells by itself. Weak blur, below a "
    "radius of about two pixels, is taken for a soft lens. Noise beyond 12 of 255 and coarse "
    "saving make it decline.",
)
