"""Scaling batches of pictures, as MATLAB's imresize and `rigatino.degradation.Resize` do it.

New sample i lies at u = (i + ½) / scale − ½ of the old ones; where a picture shrinks, Keys' cubic
(a = −½) is stretched, so that no detail is aliased; beyond the border the picture is mirrored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Phases:
    """Where the new samples of one axis lie among the old ones.

    Each old sample has as many slots as any of them has new ones nearest to it.
    """

    scale: float  # new samples per old one
    offset: Tensor  # (old, slots): from the old sample to the new, −½…½; 0 where a slot is empty
    slot: Tensor  # (new,): the place of each new sample among all slots


@lru_cache(maxsize=512)
def phases(old: int, new: int, device: torch.device) -> Phases:
    """Of one axis scaled from ``old`` samples to ``new``, never fewer."""
    scale = new / old
    at = (torch.arange(new, dtype=torch.float64) + 0.5) / scale - 0.5
    nearest = (at + 0.5).floor().clamp(0, old - 1).long()
    rank = torch.arange(new) - torch.searchsorted(nearest, nearest)
    slots = int(rank.max()) + 1
    slot = nearest * slots + rank
    offset = torch.zeros(old * slots)
    offset[slot] = (at - nearest).float()
    return Phases(scale, offset.view(old, slots).to(device), slot.to(device))


def cubic(d: Tensor) -> Tensor:
    """Keys' cubic with a = −½."""
    d = d.abs()
    near = (1.5 * d - 2.5) * d * d + 1
    far = ((-0.5 * d + 2.5) * d - 4) * d + 2
    return torch.where(d <= 1, near, torch.where(d < 2, far, torch.zeros_like(d)))


@lru_cache(maxsize=512)
def weights(old: int, new: int, device: torch.device) -> Tensor:
    """(new, old): how much each old sample weighs in each new one."""
    scale = new / old
    narrow = min(scale, 1.0)
    centre = (torch.arange(new, dtype=torch.float64) + 0.5) / scale - 0.5
    reach = math.ceil(4 / narrow) + 2
    index = (centre - 2 / narrow).floor().long()[:, None] + torch.arange(reach)
    weight = cubic((index - centre[:, None]) * narrow)
    weight = weight / weight.sum(1, keepdim=True)
    mirrored = index % (2 * old)
    mirrored = torch.minimum(mirrored, 2 * old - 1 - mirrored)
    matrix = torch.zeros(new, old, dtype=torch.float64).scatter_add_(1, mirrored, weight)
    return matrix.float().to(device)


def resized(x: Tensor, size: tuple[int, int]) -> Tensor:
    """(N, C, h, w) -> (N, C, *size), bicubic; never clipped."""
    down, across = (weights(n, m, x.device) for n, m in zip(x.shape[2:], size, strict=True))
    with torch.autocast(x.device.type, enabled=False):
        return down @ x.float() @ across.T
