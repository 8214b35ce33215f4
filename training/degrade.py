"""How pictures get damaged, on whole batches and on whatever device they lie.

Pictures are float tensors (N, 3, H, W) of RGB in 0…1.  The JPEG round trip follows libjpeg step by
step (colour conversion, chroma averaging, 8×8 DCT, quantisation, "fancy" chroma interpolation, each
with its rounding to integers), so that a network trained here meets the same errors as in files;
``tests/training/test_degrade.py`` holds it against Pillow.

The lower half is one function per damage.  Each takes ``take`` (gives n clean crops of a size), the
size wanted and a random generator, and returns a `Damaged` batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

# ITU-T T.81, annex K, tables K.1 and K.2, in natural order.
LUMA_TABLE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
CHROMA_TABLE = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *(((99,) * 8,) * 4),
)
# (down, across): how many picture samples share one chroma sample.
SAMPLINGS = {"4:4:4": (1, 1), "4:2:2": (1, 2), "4:2:0": (2, 2)}


# --- the JPEG round trip ---------------------------------------------------------------------


def quality_tables(quality: Tensor) -> Tensor:
    """(N,) qualities 1…100 -> (N, 2, 8, 8) luma and chroma tables, scaled as libjpeg does."""
    base = torch.tensor((LUMA_TABLE, CHROMA_TABLE), dtype=torch.float32, device=quality.device)
    quality = quality.float()
    percent = torch.where(quality < 50, torch.floor(5000 / quality), 200 - 2 * quality)
    scaled = torch.floor((base * percent.view(-1, 1, 1, 1) + 50) / 100)
    return scaled.clamp(1, 255)


def dct_matrix(device: torch.device) -> Tensor:
    """The orthonormal 8-point DCT-II: rows are frequencies."""
    k = torch.arange(8, device=device, dtype=torch.float32)
    rows = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) / 2
    rows[0] /= math.sqrt(2)
    return rows


def rounded(x: Tensor) -> Tensor:
    """Nearest integer, halves away from zero (the tiny excess forgives float DCT ties)."""
    return torch.sign(x) * torch.floor(x.abs() + 0.50001)


def levels(x: Tensor) -> Tensor:
    """0…1 -> the integers 0…255 that a file would hold."""
    return torch.floor(x * 255 + 0.5).clamp(0, 255)


def eight_bit(x: Tensor) -> Tensor:
    """What is left of a float picture after it was stored with 8 bits."""
    return levels(x) / 255


def rgb_to_ycc(rgb: Tensor) -> Tensor:
    """(N, 3, H, W) integers -> integers."""
    r, g, b = rgb.unbind(1)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    cb = 128 - 0.168735892 * r - 0.331264108 * g + 0.5 * b
    cr = 128 + 0.5 * r - 0.418687589 * g - 0.081312411 * b
    return torch.floor(torch.stack((y, cb, cr), 1) + 0.49999)


def ycc_to_rgb(y: Tensor, chroma: Tensor) -> Tensor:
    """(N, 1, H, W) and (N, 2, H, W) integers -> (N, 3, H, W) integers."""
    y = y[:, 0]
    cb, cr = (chroma - 128).unbind(1)
    r = y + 1.402 * cr
    g = y - 0.344136286 * cb - 0.714136286 * cr
    b = y + 1.772 * cb
    return torch.floor(torch.stack((r, g, b), 1) + 0.5).clamp(0, 255)


def subsampled(chroma: Tensor, sampling: str) -> Tensor:
    """Average the samples that share one; libjpeg alternates the rounding from column to column."""
    down, across = SAMPLINGS[sampling]
    if across == 1:
        return chroma
    total = F.avg_pool2d(chroma, (down, across)) * (down * across)
    odd = (torch.arange(total.shape[-1], device=chroma.device) % 2).float()
    bias = odd + (1 if down == 2 else 0)
    return torch.floor((total + bias) / (down * across))


def _blend(near: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """3 × own + 1 × neighbour, for the half sample before and the half sample after."""
    size = near.shape[dim]
    index = torch.arange(size, device=near.device)
    before = near.index_select(dim, (index - 1).clamp(min=0))
    after = near.index_select(dim, (index + 1).clamp(max=size - 1))
    return 3 * near + before, 3 * near + after


def _interleaved(first: Tensor, second: Tensor, dim: int) -> Tensor:
    return torch.stack((first, second), dim + 1).flatten(dim, dim + 1)


def upsampled(chroma: Tensor, sampling: str, fancy: bool) -> Tensor:
    """Back to one chroma sample per pixel: triangle-filtered ("fancy") or repeated."""
    down, across = SAMPLINGS[sampling]
    if across == 1:
        return chroma
    if not fancy:
        return chroma.repeat_interleave(across, -1).repeat_interleave(down, -2)
    if down == 1:
        left, right = _blend(chroma, 3)
        return _interleaved(torch.floor((left + 1) / 4), torch.floor((right + 2) / 4), 3)
    tall = _interleaved(*_blend(chroma, 2), 2)
    left, right = _blend(tall, 3)
    return _interleaved(torch.floor((left + 8) / 16), torch.floor((right + 7) / 16), 3)


def quantised(plane: Tensor, table: Tensor) -> Tensor:
    """(N, C, H, W) integers and (N, 8, 8) -> the integers that decoding gives back."""
    n, _, h, w = plane.shape
    D = dct_matrix(plane.device)
    padded = F.pad(plane, (0, -w % 8, 0, -h % 8), mode="replicate") - 128
    blocks = padded.unflatten(3, (-1, 8)).unflatten(2, (-1, 8)).transpose(3, 4)
    q = table.view(n, 1, 1, 1, 8, 8)
    coefficients = rounded(D @ blocks @ D.T / q) * q
    pixels = (D.T @ coefficients @ D).transpose(3, 4).flatten(4, 5).flatten(2, 3)
    return rounded(pixels[..., :h, :w] + 128).clamp(0, 255)


def through_jpeg(
    rgb: Tensor, tables: Tensor, sampling: str = "4:2:0", fancy: bool = True
) -> Tensor:
    """Save as JPEG and open again: (N, 3, H, W) in 0…1 and (N, 2, 8, 8) -> (N, 3, H, W).

    The block grid starts at the first pixel.  A picture whose channels agree comes out as a grey
    JPEG would.
    """
    h, w = rgb.shape[-2:]
    down, across = SAMPLINGS[sampling]
    # Before chroma is averaged the last column is repeated up to whole blocks, the last row only
    # until rows can be averaged; `quantised` repeats the last row of averages.
    pad = (0, -w % (8 * across), 0, -h % down)
    ycc = rgb_to_ycc(F.pad(levels(rgb), pad, mode="replicate"))
    y = quantised(ycc[:, :1], tables[:, 0])[..., :h, :w]
    chroma = quantised(subsampled(ycc[:, 1:], sampling), tables[:, 1])
    stored = chroma[..., : -(-h // down), : -(-w // across)]
    return ycc_to_rgb(y, upsampled(stored, sampling, fancy)[..., :h, :w]) / 255


# --- noise -----------------------------------------------------------------------------------


def is_grey(rgb: Tensor) -> Tensor:
    """(N,) true where the three channels agree."""
    return (rgb.amax(1) == rgb.amin(1)).flatten(1).all(1)


def white_noise(clean: Tensor, rng: torch.Generator) -> Tensor:
    """Unit noise, independent per pixel and channel; in grey pictures the channels share it."""
    noise = torch.randn(clean.shape, generator=rng, device=clean.device)
    return torch.where(is_grey(clean).view(-1, 1, 1, 1), noise[:, :1], noise)


def with_noise(clean: Tensor, sigma: Tensor, rng: torch.Generator) -> Tensor:
    """Add white Gaussian noise of (N,) standard deviations; nothing is clipped."""
    return clean + sigma.view(-1, 1, 1, 1) * white_noise(clean, rng)


def with_grain(clean: Tensor, peak: Tensor, rng: torch.Generator) -> Tensor:
    """Poisson-Gaussian grain: its variance grows with brightness up to ``peak``² at white.

    It is correlated between the channels (as film and demosaicked sensors are) and a little between
    neighbours; both strengths are drawn per picture.
    """
    strengths = (uniform(clean, rng, 0, high).view(-1, 1, 1, 1) for high in (0.8, 0.3, 0.5))
    shared, spread, floor = strengths
    own = white_noise(clean, rng)
    common = torch.randn(clean[:, :1].shape, generator=rng, device=clean.device)
    noise = shared.sqrt() * common + (1 - shared).sqrt() * own
    kernel = torch.tensor((1.0, 2.0, 1.0), device=clean.device)
    kernel = (kernel[:, None] * kernel / 16).expand(3, 1, 3, 3)
    soft = F.conv2d(F.pad(noise, (1, 1, 1, 1), mode="reflect"), kernel, groups=3)
    noise = noise + spread * (soft / 0.375 - noise)  # 0.375: what the kernel leaves of unit noise
    brightness = clean.mean(1, keepdim=True)
    return clean + peak.view(-1, 1, 1, 1) * (floor**2 + (1 - floor**2) * brightness).sqrt() * noise


# --- damages: what training draws from -------------------------------------------------------

Take = Callable[[int], Tensor]


@dataclass(frozen=True)
class Damaged:
    """A batch, and what its makers knew: σ in 0…1 (0: none), the tables a header would show."""

    clean: Tensor  # (N, 3, S, S)
    damaged: Tensor  # (N, 3, S, S), not clipped where the noise is float
    sigma: Tensor  # (N,)
    tables: Tensor  # (N, 2, 8, 8), zeros where the picture was never saved
    halved: float  # share of the two directions in which chroma is stored at half density


def uniform(like: Tensor, rng: torch.Generator, low: float, high: float) -> Tensor:
    """(N,) numbers between low and high."""
    return low + (high - low) * torch.rand(len(like), generator=rng, device=like.device)


def chance(rng: torch.Generator, probability: float) -> bool:
    """True this often."""
    return bool(torch.rand((), generator=rng, device=rng.device) < probability)


def drawn_sampling(rng: torch.Generator) -> str:
    """4:2:0 mostly, as in the wild."""
    if chance(rng, 0.75):
        return "4:2:0"
    return "4:4:4" if chance(rng, 0.6) else "4:2:2"


def drawn_tables(like: Tensor, rng: torch.Generator) -> Tensor:
    """Quality 5…95, the lower half oftener."""
    return quality_tables(torch.round(5 + 90 * uniform(like, rng, 0, 1) ** 1.4))


def saved(clean: Tensor, before: Tensor, sigma: Tensor, rng: torch.Generator) -> Damaged:
    """The last save: ``before`` is what was saved, ``clean`` what should have been."""
    tables, sampling = drawn_tables(before, rng), drawn_sampling(rng)
    damaged = through_jpeg(before, tables, sampling, fancy=chance(rng, 0.85))
    halved = (sum(SAMPLINGS[sampling]) - 2) / 2
    return Damaged(clean, damaged, sigma, tables, halved)


def never(clean: Tensor) -> tuple[Tensor, Tensor]:
    """No noise, no tables."""
    return clean.new_zeros(len(clean)), clean.new_zeros(len(clean), 2, 8, 8)


def untouched(take: Take, size: int, rng: torch.Generator) -> Damaged:  # noqa: ARG001
    """A picture that needs nothing."""
    clean = take(size)
    return Damaged(clean, clean, *never(clean), 0.0)


def saved_once(take: Take, size: int, rng: torch.Generator) -> Damaged:
    """One JPEG save."""
    clean = take(size)
    return saved(clean, clean, never(clean)[0], rng)


def saved_again(take: Take, size: int, rng: torch.Generator) -> Damaged:
    """Saved twice or three times; mostly cut in between, so that the block grids disagree."""
    times = 3 if chance(rng, 0.25) else 2
    clean = take(size + 16 * (times - 1))
    before = clean
    for _ in range(times - 1):
        before = saved(clean, before, never(clean)[0], rng).damaged
        cut = torch.randint(0, 16, (2,), generator=rng, device=rng.device).tolist()
        top, left = (0, 0) if chance(rng, 0.125) else cut
        side = before.shape[-1] - 16
        clean, before = (x[..., top : top + side, left : left + side] for x in (clean, before))
    return saved(clean, before, never(clean)[0], rng)


def rescaled_between_saves(take: Take, size: int, rng: torch.Generator) -> Damaged:
    """Saved, resized, saved again; the truth is the original, resized alike."""
    factor = float(torch.empty((), device=rng.device).uniform_(0.6, 1.5, generator=rng))
    original = take(max(8, round(size / factor)))
    first = saved(original, original, never(original)[0], rng).damaged

    def resize(x: Tensor) -> Tensor:
        return F.interpolate(x, (size, size), mode="bicubic", antialias=True).clamp(0, 1)

    clean = resize(original)
    return saved(clean, resize(first), never(clean)[0], rng)


def noisy(take: Take, size: int, rng: torch.Generator) -> Damaged:
    """White noise up to σ 50: mostly float and not clipped, else stored in 8 bits."""
    clean = take(size)
    sigma = uniform(clean, rng, 0, 50 / 255)
    damaged = with_noise(clean, sigma, rng)
    damaged = eight_bit(damaged) if chance(rng, 0.25) else damaged
    return Damaged(clean, damaged, sigma, never(clean)[1], 0.0)


def grainy(take: Take, size: int, rng: torch.Generator) -> Damaged:
    """Film grain and sensor noise, stored in 8 bits."""
    clean = take(size)
    damaged = eight_bit(with_grain(clean, uniform(clean, rng, 0, 40 / 255), rng))
    return Damaged(clean, damaged, *never(clean), 0.0)


def noisy_then_saved(take: Take, size: int, rng: torch.Generator) -> Damaged:
    """Noise or grain first, one JPEG save after it."""
    clean = take(size)
    sigma = uniform(clean, rng, 0, 35 / 255)
    if chance(rng, 0.5):
        return saved(clean, with_grain(clean, sigma, rng), torch.zeros_like(sigma), rng)
    return saved(clean, with_noise(clean, sigma, rng), sigma, rng)
