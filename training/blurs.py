"""What *sharpen* learns from: blurred pictures, and how a program would come to know the blur.

Kernels are (N, 31, 31), of sum 1: a path of the camera, a line, a disk out of focus, a soft spot.
Pictures are blurred where the kernel lies wholly inside them, in stored values or in light;
then comes noise, clipping, 8 bits and now and then a JPEG. Half of the kernels are told wrongly, as
estimates are wrong.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from degrade import Take, eight_bit, quality_tables, through_jpeg

#: side of all kernels
SIDE = 31
_FINE = 4  # samples per pixel and direction of a disk's edge
_STEPS = 96  # positions along a path
#: noise that a program is told for a saved picture: this share of the tables' mean step
_COARSE = 0.18


# --- light -----------------------------------------------------------------------------------


def to_light(stored: Tensor) -> Tensor:
    """sRGB's curve, straight on below 0."""
    power = ((stored.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4
    return torch.where(stored <= 0.04045, stored / 12.92, power)


def to_stored(light: Tensor) -> Tensor:
    """And back."""
    power = 1.055 * light.clamp(min=0.0031308) ** (1 / 2.4) - 0.055
    return torch.where(light <= 0.0031308, light * 12.92, power)


# --- kernels ---------------------------------------------------------------------------------


def between(n: int, low: float, high: float, rng: torch.Generator) -> Tensor:
    """(n,) numbers."""
    return low + (high - low) * torch.rand(n, generator=rng, device=rng.device)


def disks(radius: Tensor) -> Tensor:
    """The share of each pixel that lies within the radius."""
    fine = (torch.arange(SIDE * _FINE, device=radius.device) + 0.5) / _FINE - SIDE / 2
    far = (fine[:, None] ** 2 + fine**2).sqrt()
    inside = (far < radius.view(-1, 1, 1)).float()
    return normal(F.avg_pool2d(inside[:, None], _FINE)[:, 0])


def spots(sigma: Tensor) -> Tensor:
    """Gaussian."""
    at = torch.arange(SIDE, device=sigma.device) - SIDE // 2
    line = torch.exp(-(at**2) / (2 * sigma.view(-1, 1) ** 2))
    return normal(line[:, :, None] * line[:, None])


def exposed(path: Tensor) -> Tensor:
    """(n, T, 2) positions in pixels from the middle; each lights up the four pixels around it."""
    at = torch.arange(SIDE, device=path.device) - SIDE // 2
    near = (1 - (path[..., None] - at).abs()).clamp(min=0)  # (n, T, 2, SIDE)
    return normal(torch.einsum("nty,ntx->nyx", near[:, :, 0], near[:, :, 1]))


def lines(length: Tensor, angle: Tensor) -> Tensor:
    """Straight paths, evenly exposed."""
    along = torch.linspace(-0.5, 0.5, _STEPS, device=length.device)
    towards = torch.stack((angle.sin(), angle.cos()), 1)
    return (length.view(-1, 1) * along)[..., None] * towards[:, None]


def walks(extent: Tensor, restless: Tensor, rng: torch.Generator) -> Tensor:
    """Paths of a hand: the velocity drifts and is now and then jerked."""
    n, device = len(extent), extent.device
    drift = torch.randn(n, _STEPS, 2, generator=rng, device=device)
    jerk = torch.randn(n, _STEPS, 2, generator=rng, device=device) * 4
    jerked = torch.rand(n, _STEPS, 1, generator=rng, device=device) < 0.02
    first = torch.randn(n, 1, 2, generator=rng, device=device)
    change = restless.view(-1, 1, 1) * (0.35 * drift + jerk * jerked)
    path = (first + change.cumsum(1)).cumsum(1)
    path = path - path.mean(1, keepdim=True)
    reach = (path.amax(1) - path.amin(1)).amax(1).clamp(min=1e-3)
    limit = (SIDE // 2 - 1) / path.abs().amax((1, 2)).clamp(min=1e-3)
    return path * torch.minimum(extent / reach, limit).view(-1, 1, 1)


def normal(kernels: Tensor) -> Tensor:
    """Of sum 1."""
    return kernels / kernels.sum((1, 2), keepdim=True)


def drawn_kernels(n: int, rng: torch.Generator) -> tuple[Tensor, Tensor]:
    """(n, 31, 31) kernels that blurred, and the same as a good estimate has them."""
    kind = torch.rand(n, generator=rng, device=rng.device).view(-1, 1, 1)
    error = 1 + 0.05 * torch.randn(n, generator=rng, device=rng.device).clamp(-2, 2)
    radius = 0.8 + 7.2 * between(n, 0, 1, rng) ** 1.3
    sigma = between(n, 0.5, 3, rng)
    length, angle = between(n, 3, 30, rng), between(n, 0, math.pi, rng)
    turned = angle + math.pi / 60 * torch.randn(n, generator=rng, device=rng.device)
    path = walks(between(n, 5, 31, rng), between(n, 0.05, 1, rng), rng)
    wobble = 0.25 * torch.randn(path.shape, generator=rng, device=rng.device)
    length_told = (length * error).clamp(max=30)
    pairs = (
        (0.40, exposed(path), exposed((path * error.view(-1, 1, 1)).clamp(-15, 15) + wobble)),
        (0.60, exposed(lines(length, angle)), exposed(lines(length_told, turned))),
        (0.87, disks(radius), disks(radius * error)),
        (1.01, spots(sigma), spots(sigma * error)),
    )
    true, told = pairs[-1][1:]
    for share, *pair in reversed(pairs[:-1]):
        both = zip(pair, (true, told), strict=True)
        true, told = (torch.where(kind < share, a, b) for a, b in both)
    return true, centred_alike(roughened(told, rng), true)


def roughened(kernels: Tensor, rng: torch.Generator) -> Tensor:
    """Unevenly exposed, softened a little, without what is faint."""
    n = len(kernels)
    uneven = 1 + 0.35 * torch.randn(n, 1, 8, 8, generator=rng, device=kernels.device)
    uneven = F.interpolate(uneven, (SIDE, SIDE), mode="bilinear")[:, 0].clamp(min=0.2)
    side = between(n, 0, 0.12, rng).view(-1, 1, 1)
    soft = kernels * (1 - 2 * side) + side * (kernels.roll(1, 1) + kernels.roll(-1, 1))
    soft = soft * (1 - 2 * side) + side * (soft.roll(1, 2) + soft.roll(-1, 2))
    rough = soft * uneven
    return normal(torch.where(rough < 0.04 * rough.amax((1, 2), keepdim=True), 0, rough))


def centred_alike(kernels: Tensor, others: Tensor) -> Tensor:
    """Moved until the centres of mass agree: a shift of the result is nothing to learn."""
    at = torch.arange(SIDE, device=kernels.device) - SIDE // 2
    rest = kernels - others
    away = torch.stack(((rest * at).sum((1, 2)), (rest * at[:, None]).sum((1, 2))), 1)
    shift = torch.eye(2, 3, device=kernels.device).repeat(len(kernels), 1, 1)
    shift[:, :, 2] = away * 2 / SIDE
    grid = F.affine_grid(shift, [len(kernels), 1, SIDE, SIDE], align_corners=False)
    return normal(F.grid_sample(kernels[:, None], grid, align_corners=False)[:, 0])


# --- pictures --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Blurred:
    """A batch, and what a program knows of it."""

    clean: Tensor
    """(N, 3, S, S)."""
    stored: Tensor
    """(N, 3, S, S), of 8 bits."""
    kernels: Tensor
    """(N, 31, 31) as told."""
    noise: Tensor
    """(N,) of 1, as told."""
    exact: Tensor
    """(N,): 1 where the kernel is the true one."""
    light: Tensor
    """(N,): true where it was blurred in light."""


def convolved(x: Tensor, kernels: Tensor) -> Tensor:
    """(N, 3, S + 30, S + 30) -> (N, 3, S, S), only where the kernel lies wholly inside."""
    size = x.shape[-2:]
    whole = torch.fft.rfft2(x) * torch.fft.rfft2(kernels, size)[:, None]
    return torch.fft.irfft2(whole, size)[..., SIDE - 1 :, SIDE - 1 :]


def blurred_batch(take: Take, size: int, n: int, rng: torch.Generator) -> Blurred:
    """n crops of a size, blurred, noisy, clipped, stored; a fifth of them saved as JPEG."""
    sharp = brightened(take(size + SIDE - 1), rng)
    true, told = drawn_kernels(n, rng)
    exact = torch.rand(n, generator=rng, device=rng.device) < 0.5
    light = torch.rand(n, generator=rng, device=rng.device) < 0.2
    in_light = light.view(-1, 1, 1, 1)
    seen = convolved(torch.where(in_light, to_light(sharp), sharp), true)
    seen = torch.where(in_light, to_stored(seen.clamp(min=0)), seen)
    sigma = 0.3 + 19.7 * between(n, 0, 1, rng) ** 4  # half of it below 1.6
    grey = (sharp.amax(1) == sharp.amin(1)).flatten(1).all(1).view(-1, 1, 1, 1)
    noise = torch.randn(seen.shape, generator=rng, device=rng.device)
    noise = torch.where(grey, noise[:, :1], noise)
    seen = eight_bit(seen + sigma.view(-1, 1, 1, 1) / 255 * noise)
    stored, coarse = saved_now_and_then(seen, rng)
    about = 1 + 0.1 * torch.randn(n, generator=rng, device=rng.device).clamp(-2, 2)
    known = torch.maximum(sigma * about, coarse) / 255
    half = SIDE // 2
    clean = sharp[..., half : half + size, half : half + size].clamp(0, 1)
    kernels = torch.where(exact.view(-1, 1, 1), true, told)
    return Blurred(clean, stored, kernels, known, exact.float(), light)


def brightened(clean: Tensor, rng: torch.Generator) -> Tensor:
    """A fifth of the pictures has lights brighter than a file can say."""
    n = len(clean)
    gain = torch.where(between(n, 0, 1, rng) < 0.2, between(n, 1, 1.5, rng), 1.0)
    return clean * gain.view(-1, 1, 1, 1)


def saved_now_and_then(seen: Tensor, rng: torch.Generator) -> tuple[Tensor, Tensor]:
    """A fifth at quality 75…95; and what that does, as noise of 255."""
    n = len(seen)
    saved = torch.rand(n, generator=rng, device=rng.device) < 0.2
    tables = quality_tables(torch.round(between(n, 75, 95, rng)))
    coarse = torch.where(saved, _COARSE * tables[:, 0].mean((1, 2)), 0.0)
    if saved.any():
        seen = seen.clone()
        seen[saved] = through_jpeg(seen[saved], tables[saved])
    return seen, coarse
