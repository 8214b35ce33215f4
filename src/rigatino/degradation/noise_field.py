"""Unit noise, from which the noise operators are made."""

from __future__ import annotations

import numpy as np

from rigatino.degradation.arrays import Array


def is_grey(x: Array) -> bool:
    """True where all channels agree, also for a single one."""
    return bool((x == x[..., :1]).all())


def white(x: Array, rng: np.random.Generator) -> Array:
    """Independent per pixel and channel; in grey pictures the channels share it."""
    shape = (*x.shape[:2], 1) if is_grey(x) else x.shape
    return np.broadcast_to(rng.standard_normal(shape, np.float32), x.shape)


def kept_in(x: Array, clip: bool) -> Array:
    """Cut at 0 and 1 if asked for."""
    return np.clip(x, 0, 1) if clip else x
