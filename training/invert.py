"""Undoing a known blur by least squares, on batches: what *sharpen* is given to improve.

The same arithmetic as ``rigatino.deconvolution.agreeing``; ``tests/training`` compares them:

    x = argmin |M (K x − y)|² + Σ α(f) |x − z|²(f)

with y what was seen, K the blur, M where it was seen and not clipped. Conjugate gradients run on
spectra, where the preconditioner costs nothing and a step two transforms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

#: slope of edges, of 255: what the first inversion is held to, against the noise. Weakly: what
#: is left soft only the kernel could tell, while a network knows noise when it sees it
SLOPE = 36.0
#: how far a first repair is from the truth, of 255: what a further inversion holds it to
STRAY = 20.0
#: what a kernel that was estimated leaves unexplained, of 255
ROUGH = 3.0
FIRST_STEPS, STEPS = 12, 6  # of conjugate gradients
CLIPPED = 254.5 / 255
QUIETEST = 1.0


def mirrored(index: Tensor, n: int) -> Tensor:
    """Where samples at any index are found among 0…n-1; the border is shown twice."""
    index = index % (2 * n)
    return torch.minimum(index, 2 * n - 1 - index)


def lengthened(x: Tensor, length: int, dim: int) -> Tensor:
    """Behind the end: the mirrored end, fading into the mirrored start."""
    n, more = x.shape[dim], length - x.shape[dim]
    ahead = torch.arange(more, device=x.device)
    end = x.index_select(dim, mirrored(n + ahead, n))
    start = x.index_select(dim, mirrored(ahead - more, n))
    share = 0.5 - 0.5 * torch.cos(math.pi * (ahead + 0.5) / max(more, 1))
    share = share.view(-1, *(1,) * (x.ndim - 1 - dim % x.ndim))
    return torch.cat((x, end * (1 - share) + start * share), dim)


def transfer(kernels: Tensor, side: int) -> Tensor:
    """(N, k, k) with their middle at the origin -> (N, 1, side, side // 2 + 1)."""
    k = kernels.shape[-1]
    whole = kernels.new_zeros(len(kernels), side, side)
    whole[:, :k, :k] = kernels
    return torch.fft.rfft2(whole.roll((-(k // 2), -(k // 2)), (1, 2)))[:, None]


def slopes(side: int, device: torch.device) -> Tensor:
    """(side, side // 2 + 1): |∇|² of differences between neighbours, 0…8."""
    down = 2 - 2 * torch.cos(2 * math.pi * torch.fft.fftfreq(side, device=device))
    across = 2 - 2 * torch.cos(2 * math.pi * torch.fft.rfftfreq(side, device=device))
    return down[:, None] + across


@dataclass(frozen=True)
class Seen:
    """A batch on its canvas."""

    picture: Tensor
    """(N, 3, C, C): as seen, or its light, extended."""
    inside: Tensor
    """(N, 1, C, C): 1 where it was seen."""
    clipped: Tensor
    """(N, 3, C, C): 1 where it is as bright as a file can say."""
    blur: Tensor
    """(N, 1, C, C // 2 + 1)."""
    off: Tensor
    """(N, 1, 1, 1), of 1: what the data may be off by."""

    def blurred(self, x: Tensor) -> Tensor:
        return torch.fft.irfft2(self.blur * torch.fft.rfft2(x), x.shape[-2:])

    def binding(self, x: Tensor) -> Tensor:
        """1 where the data bind, given a picture so far."""
        return self.inside * (1 - self.clipped * (self.blurred(x) >= self.picture).float())


def uncertainty(noise: Tensor, exact: Tensor) -> Tensor:
    """(N,) of 1: what the data may be off by, from noise and from a kernel that is not known."""
    least = noise.clamp(min=QUIETEST / 255)
    return (least**2 + (1 - exact) * (ROUGH / 255) ** 2).sqrt()


def laid_out(stored: Tensor, data: Tensor, kernels: Tensor, off: Tensor, side: int) -> Seen:
    """``data`` is ``stored`` or its light; ``off`` (N,) is their `uncertainty`."""
    n, c, s, _ = stored.shape
    inside = stored.new_zeros(n, 1, side, side)
    inside[..., :s, :s] = 1
    clipped = stored.new_zeros(n, c, side, side)
    clipped[..., :s, :s] = (stored >= CLIPPED).float()
    picture = lengthened(lengthened(data, side, 2), side, 3)
    return Seen(picture, inside, clipped, transfer(kernels, side), off.view(-1, 1, 1, 1))


def first_inversion(
    on: Seen, slope: float = SLOPE, steps: int = FIRST_STEPS
) -> tuple[Tensor, Tensor]:
    """(N, 3, C, C), and the α it was held with: pictures are smooth, more is not known yet."""
    alpha = (on.off * 255 / slope) ** 2 * slopes(on.picture.shape[-1], on.off.device) + 1e-6
    nothing = torch.zeros_like(on.picture)
    return agreeing(on, on.picture, nothing, on.binding(on.picture), alpha, steps=steps), alpha


def next_inversion(
    on: Seen, x: Tensor, z: Tensor, stray: float = STRAY, steps: int = STEPS
) -> tuple[Tensor, Tensor]:
    """The same from the last inversion x (N, 3, C, C), held to the last repair z (N, 3, S, S)."""
    side = on.picture.shape[-1]
    whole = lengthened(lengthened(z, side, 2), side, 3)
    alpha = (on.off * 255 / stray) ** 2 * torch.ones_like(on.blur.real)
    return agreeing(on, x, whole, on.binding(whole), alpha, steps=steps), alpha


def spectral_facts(on: Seen, alpha: Tensor) -> Tensor:
    """(N, 2): noise after inverting, of 0.1; the share of the spectrum that comes from the data."""
    power = on.blur.abs() ** 2
    through = power / (power + alpha) ** 2
    noise = on.off.flatten() * through.mean((1, 2, 3)).sqrt()
    return torch.stack((10 * noise, (power / (power + alpha)).mean((1, 2, 3))), 1)


def agreeing(
    on: Seen, start: Tensor, wanted: Tensor, mask: Tensor, alpha: Tensor, *, steps: int
) -> Tensor:
    """Conjugate gradients on (K*MK + α) x = K*M y + α z, all spectra."""
    shape, blur = on.picture.shape[-2:], on.blur
    back = blur.conj()
    quick = 1 / (blur.abs() ** 2 + alpha)
    twice = alpha.new_full((shape[1] // 2 + 1,), 2.0)
    twice[0] = 1
    if shape[1] % 2 == 0:
        twice[-1] = 1

    def masked(x: Tensor) -> Tensor:
        return back * torch.fft.rfft2(mask * x)

    def applied(x: Tensor) -> Tensor:
        return masked(torch.fft.irfft2(blur * x, shape)) + alpha * x

    def dot(a: Tensor, b: Tensor) -> Tensor:
        product = (torch.view_as_real(a) * torch.view_as_real(b)).sum(-1)
        return (product * twice).sum((1, 2, 3), keepdim=True)

    x = torch.fft.rfft2(start)
    rest = masked(on.picture) + alpha * torch.fft.rfft2(wanted) - applied(x)
    way = quick * rest
    left = dot(rest, way)
    for _ in range(steps):
        moved = applied(way)
        share = left / dot(way, moved).clamp(min=1e-20)
        x, rest = x + share * way, rest - share * moved
        turned = quick * rest
        now = dot(rest, turned)
        way, left = turned + now / left.clamp(min=1e-20) * way, now
    return torch.fft.irfft2(x, shape)
