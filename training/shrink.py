"""What *enlarge* learns from: large patches, and what is left of them when they were made small."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from degrade import chance, eight_bit, quality_tables, through_jpeg, uniform, with_noise
from pictures import Pictures
from resample import resized


@dataclass(frozen=True)
class Group:
    """Patches that share a factor: the truth, what is left of it, and which kind it is."""

    large: Tensor  # (n, 3, H, W)
    small: Tensor  # (n, 3, p, p)
    real: float


def group(source: Pictures, n: int, side: int, rng: torch.Generator, real_share: float) -> Group:
    """n patches scaled down by one factor in 1…4; a quarter has another factor along each axis."""
    real = chance(rng, real_share)
    tall, wide = torch.randint(side, 4 * side + 1, (2,), generator=rng, device=rng.device).tolist()
    wide = wide if chance(rng, 0.25) else tall
    large = source.take(n, rng, max(tall, wide))[..., :tall, :wide]
    make = worn if real else shrunk
    return Group(large, make(large, side, rng), float(real))


def shrunk(large: Tensor, side: int, rng: torch.Generator) -> Tensor:  # noqa: ARG001
    """As the literature has it: bicubic, antialiased, rounded to 8 bits."""
    return eight_bit(resized(large, (side, side)))


def worn(large: Tensor, side: int, rng: torch.Generator) -> Tensor:
    """What people really enlarge: soft, a little noisy, saved at quality 60…95; any may lack."""
    small = resized(large, (side, side))
    if chance(rng, 0.5):
        small = softened(small, uniform(small, rng, 0.2, 0.8))
    if chance(rng, 0.6):
        small = with_noise(small, uniform(small, rng, 0, 10 / 255), rng)
    small = eight_bit(small)
    if chance(rng, 0.7):
        small = saved(small, rng)
    return small


def softened(small: Tensor, sigma: Tensor) -> Tensor:
    """A Gaussian blur of (n,) widths in small pixels."""
    steps = torch.arange(-3, 4, device=small.device)
    kernel = torch.exp(-0.5 * (steps / sigma[:, None]) ** 2)
    kernel = (kernel / kernel.sum(1, keepdim=True)).repeat_interleave(3, 0)  # (3n, 7)
    flat = F.pad(small, (3, 3, 3, 3), mode="replicate").flatten(0, 1)[None]
    flat = F.conv2d(flat, kernel[:, None, :, None], groups=len(kernel))
    return F.conv2d(flat, kernel[:, None, None, :], groups=len(kernel))[0].view_as(small)


def saved(small: Tensor, rng: torch.Generator) -> Tensor:
    """Through JPEG, the block grid beginning anywhere."""
    top, left = torch.randint(0, 8, (2,), generator=rng, device=rng.device).tolist()
    tables = quality_tables(uniform(small, rng, 60, 95).round())
    before = F.pad(small, (left, 0, top, 0), mode="replicate")
    sampling = "4:2:0" if chance(rng, 0.7) else "4:4:4"
    return through_jpeg(before, tables, sampling)[..., top:, left:]
