"""What a picture looks like by itself, without a truth to compare with."""

from __future__ import annotations

import numpy as np

from rigatino.metrics.arrays import Floats, Picture, checked
from rigatino.metrics.brightness import full


def sharpness(picture: Picture) -> float:
    """How much of all steps between neighbours a small blur would take: 0 none … 1 all.

    1 − Σ |Δ(b ∗ x)| / Σ |Δx| over both directions, b = (1 1 1) / 3 along the step. It does not
    depend on contrast. Noise counts as sharp. An even picture has 0.
    """
    x = full(checked(picture))
    before, after = np.add(_steps(x, 0), _steps(x, 1))
    return float(np.clip(1 - after / before, 0, 1)) if before > 0 else 0.0


def _steps(x: Floats, axis: int) -> tuple[float, float]:
    """Σ |Δ| before and after the blur along one axis, where both are known."""
    x = x.swapaxes(0, axis)
    if len(x) < 4:
        return 0.0, 0.0
    soft = (x[:-2] + x[1:-1] + x[2:]) / 3
    return float(np.abs(np.diff(x[1:-1], axis=0)).sum()), float(np.abs(np.diff(soft, axis=0)).sum())


def noise(picture: Picture) -> float:
    """An estimate of the standard deviation of white noise, 0…1, of the worst channel.

    Immerkær 1996: √(π/2) / 6 · mean |n ∗ x| with n = (1 −2 1)ᵀ (1 −2 1), which is blind to slopes.
    Fine texture counts as noise.
    """
    x = checked(picture, side=3)
    for axis in (0, 1):
        x = np.diff(x, 2, axis=axis)
    return float(np.sqrt(np.pi / 2) / 6 * np.abs(x).mean(axis=(0, 1)).max())
