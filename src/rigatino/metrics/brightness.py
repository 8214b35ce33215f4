"""Y: the brightness of colour pictures, (H, W, C) -> (H, W, 1). One channel stays as it is."""

from __future__ import annotations

import numpy as np

from rigatino.errors import UsageError
from rigatino.metrics.arrays import Floats


def studio(x: Floats) -> Floats:
    """(65.481 R + 128.553 G + 24.966 B + 16) / 255, as papers on enlargement compare it.

    This is BT.601 with studio range (16…235); grey pictures of one channel are taken to be Y.
    """
    return _mixed(x, (65.481 / 255, 128.553 / 255, 24.966 / 255), 16 / 255)


def full(x: Floats) -> Floats:
    """0.299 R + 0.587 G + 0.114 B, as JPEG files store it (0…1)."""
    return _mixed(x, (0.299, 0.587, 0.114), 0.0)


def _mixed(x: Floats, shares: tuple[float, float, float], offset: float) -> Floats:
    if x.shape[2] == 1:
        return x
    if x.shape[2] != 3:
        raise UsageError(
            f"a picture of {x.shape[2]} channels", "1 or 3", "drop the alpha channel first"
        )
    return np.asarray((x @ np.array(shares) + offset)[..., None])
