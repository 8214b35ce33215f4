"""What metrics compare: pictures (H, W, C) of floats, 0 black and 1 white."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import UsageError

Picture = NDArray[Any]
Floats = NDArray[np.float64]


def checked(x: Picture, side: int = 1) -> Floats:
    """The picture in double precision, if both sides have at least ``side`` pixels."""
    if x.ndim != 3 or 0 in x.shape or not np.issubdtype(x.dtype, np.floating):
        raise UsageError(
            f"an array of {x.dtype} with shape {x.shape}",
            "floats of shape (height, width, channels)",
            "divide 8-bit values by 255 and give grey pictures a last axis of length 1",
        )
    if min(x.shape[:2]) < side:
        raise UsageError(
            f"a picture of {x.shape[0]} × {x.shape[1]} pixels",
            f"at least {side} in both directions for this measure",
            "leave the measure out for pictures this small",
        )
    return np.asarray(x, np.float64)


def pair(truth: Picture, result: Picture, shave: int = 0, side: int = 1) -> tuple[Floats, Floats]:
    """Both pictures without ``shave`` pixels all around, if they have the same shape."""
    if truth.shape != result.shape:
        raise UsageError(
            f"pictures of shape {truth.shape} and {result.shape}",
            "the same height, width and channels",
            "crop or scale one to the other before comparing",
        )
    if shave < 0:
        raise UsageError(f"shave = {shave}", "0 or more", "leave it out")
    shorn = np.s_[shave : truth.shape[0] - shave, shave : truth.shape[1] - shave]
    if min(truth.shape[:2]) <= 2 * shave:
        raise UsageError(
            f"shave = {shave} for {truth.shape[0]} × {truth.shape[1]} pixels",
            "less than half of both sides",
            "shave less",
        )
    return checked(truth[shorn], side), checked(result[shorn], side)
