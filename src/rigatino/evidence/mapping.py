"""Maps for the eye, from energies per block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence.record import Maps
from rigatino.imaging import upright

Floats = NDArray[np.float32]
#: grey levels (root mean square) of detail at which a share shows half as strongly
_VISIBLE = 1.5
_BLOCK = 8


def maps_of(energies: Floats, looked: NDArray[np.bool_], orientation: int) -> Maps:
    """``energies``: (3, R, C) per block as stored; the maps are upright."""
    total = energies.sum(axis=0)
    shown = total + _BLOCK**2 * _VISIBLE**2
    filled, against = (np.where(looked, energies[k] / shown, 0) for k in (1, 2))
    detail = np.sqrt(total) / _BLOCK
    upright_ = [_turned(part, orientation) for part in (filled, against, detail)]
    return Maps(upright_[0], upright_[1], upright_[2], _turned(looked, orientation) > 0)


def _turned(plane: NDArray[Any], orientation: int) -> Floats:
    """Blocks that are cut at the end lie at the beginning then: half a block at most is lost."""
    turned: NDArray[Any] = upright(plane[..., None], orientation)
    return turned[..., 0].astype(np.float32)
