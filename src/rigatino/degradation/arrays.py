"""What a picture is in this room: float32, height × width × channels, 0 black and 1 white."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import UsageError

Array = NDArray[np.float32]
#: height and width
Size = tuple[int, int]


def picture(x: NDArray[Any]) -> Array:
    """The same array as float32, if it is a picture that operators can work on."""
    if x.ndim != 3 or 0 in x.shape or not np.issubdtype(x.dtype, np.floating):
        raise UsageError(
            f"an array of {x.dtype} with shape {x.shape}",
            "floats of shape (height, width, channels), at least one of each",
            "divide 8-bit values by 255 and give grey pictures a last axis of length 1",
        )
    return np.asarray(x, np.float32)


def size_of(x: Array) -> Size:
    """Height and width."""
    return x.shape[0], x.shape[1]


def at_least(name: str, value: float, low: float) -> None:
    """Refuse a parameter below its limit (or not a number), in one line."""
    if not value >= low:
        raise UsageError(f"{name} = {value}", f"{low} or more", f"choose another {name}")


def more_than(name: str, value: float, low: float) -> None:
    """Refuse a parameter that does not lie above its limit, in one line."""
    if not value > low:
        raise UsageError(f"{name} = {value}", f"more than {low}", f"choose another {name}")
