"""Undoing a known blur with whichever network there is for it.

One that was trained for it repairs the division by the blur, in a few rounds; one that only takes
noise away says what pictures are like, in more.
"""

from __future__ import annotations

import numpy as np

from rigatino.deconvolution import ROUNDS, TURNS, restored, sharpened
from rigatino.inference import INVERSION, Known, ModelCard, Network
from rigatino.inference.session import Floats


def rounds_of(card: ModelCard) -> int:
    """How many rounds a network takes."""
    return TURNS if card.beside == INVERSION else ROUNDS


def undone(
    network: Network, seen: Floats, kernel: Floats, noise: float, *,
    light: bool = False, exact: bool = True, rounds: int | None = None,
    where: Floats | None = None,
) -> Floats:  # fmt: skip
    """(H, W, 1 or 3) in 0…1, blurred by a kernel, noise of 255 -> the same, sharp.

    ``light``: it was blurred in light. ``exact``: the kernel is known, not estimated. ``where``,
    (H, W): 1 where it was blurred so; the rest stays.
    """

    def repair(picture: Floats, inverted: Floats, told: Floats) -> Floats:
        return Network.apply(network, picture, Known(inversion=told), inverted)

    def denoise(picture: Floats, sigma: float) -> Floats:
        return Network.apply(network, picture, Known(sigma=sigma))

    count = rounds or rounds_of(network.card)
    if network.card.beside == INVERSION:
        done = sharpened(seen, kernel, noise, repair, light=light, exact=exact, turns=count)
        done = done if where is None else seen + where[..., None] * (done - seen)
    else:
        done = restored(seen, kernel, noise, denoise, light=light, rounds=count, where=where)
    return np.asarray(done, np.float32)
