"""Undoing a known blur with a network that was trained for it, in a few rounds.

The first round divides by the blur as firmly as the noise allows, held to smoothness:

    x₁ = argmin |M (K x − y)|² + (off / SLOPE)² |∇x|²

and the network repairs that: z = N(y, x, what is known). Each further round divides again, held to
the last repair, and the same network repairs that:

    xₙ = argmin |M (K x − y)|² + (off / STRAY)² |x − zₙ₋₁|²

It was trained on just these divisions (``training/invert.py``), with kernels known and misjudged.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rigatino.deconvolution.agreeing import Seen, agreeing, laid_out, slopes
from rigatino.deconvolution.restoring import QUIETEST, inward_outward
from rigatino.deconvolution.spectra import Array, extended

#: (H, W, C) blurred, (H, W, C) inverted and six numbers -> (H, W, C)
Repair = Callable[[Array, Array, Array], Array]

TURNS = 2
#: slope of edges, and how far a repair is from the truth, of 255. Weak holds: what a division
#: leaves soft only the kernel could tell, while a network knows noise when it sees it
SLOPE, STRAY = 36.0, 20.0
#: what a kernel that was estimated leaves unexplained, of 255
ROUGH = 3.0
#: of conjugate gradients, in the first division and in further ones
_FIRST_STEPS, _STEPS = 12, 6
_LEAST = 1e-6


def sharpened(
    seen: Array, kernel: Array, noise: float, repair: Repair, *,
    light: bool = False, exact: bool = True, turns: int = TURNS,
) -> Array:  # fmt: skip
    """(H, W, C) in 0…1, blurred by a kernel (odd sides, sum 1), noise of 255 -> sharp, (H, W, C).

    ``light``: the blur happened in light. ``exact``: the kernel is known, not estimated.
    """
    inward, outward = inward_outward(light)
    h, w = seen.shape[:2]
    off = float(np.hypot(max(noise, QUIETEST), 0 if exact else ROUGH))
    on = laid_out(inward(seen), seen, kernel)
    x, z = on.picture, seen
    for turn in range(turns):
        x, alpha = _inverted(on, x, extended(inward(z), on.shape) if turn else None, off)
        inverted = np.clip(outward(x)[:h, :w], -1, 2)
        told = (noise / 10, float(exact), float(light), float(turn > 0), *_facts(on, alpha, off))
        z = repair(seen, inverted, np.array(told, np.float32))
    return z


def _inverted(on: Seen, x: Array, z: Array | None, off: float) -> tuple[Array, Array]:
    """The division, and the α it was held with."""
    if z is None:
        alpha = np.float32((off / SLOPE) ** 2) * slopes(on.shape) + np.float32(_LEAST)
        mask = on.binding(on.picture)
    else:
        alpha = np.full_like(on.power, (off / STRAY) ** 2)
        mask = on.binding(z)
    steps = _FIRST_STEPS if z is None else _STEPS
    return agreeing(on, x, z, mask, alpha, steps=steps), alpha


def _facts(on: Seen, alpha: Array, off: float) -> tuple[float, float]:
    """Noise after the division, of 0.1; the share of the spectrum that comes from the data."""
    through = on.power / (on.power + alpha) ** 2
    share = on.power / (on.power + alpha)
    return float(off / 25.5 * np.sqrt(through.mean())), float(share.mean())
