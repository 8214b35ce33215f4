"""What a training run is judged by: fixed damages of the validation pictures."""

from __future__ import annotations

import torch
from torch import Tensor

from degrade import quality_tables, through_jpeg, with_noise


def validation_set(photos: Tensor) -> dict[str, tuple[Tensor, Tensor]]:
    """Fixed damages of the middle 256² of every validation picture: name -> clean, damaged."""
    clean = photos[:, :, 128:384, 128:384].float() / 255
    n = len(clean)
    rng = torch.Generator(clean.device).manual_seed(0)
    sets = {}
    for quality in (10, 20, 40):
        tables = quality_tables(torch.full((n,), quality, device=clean.device))
        sets[f"jpeg-{quality}"] = clean, through_jpeg(clean, tables)
    for sigma in (15, 25, 50):
        told = torch.full((n,), sigma / 255, device=clean.device)
        sets[f"noise-{sigma}"] = clean, with_noise(clean, told, rng)
    wide = photos[:, :, 124:388, 124:388].float() / 255
    first, last = (quality_tables(torch.full((n,), q, device=clean.device)) for q in (10, 30))
    shifted = through_jpeg(wide, first)[..., 4:260, 4:260]
    sets["twice-10-30"] = clean, through_jpeg(shifted, last)
    # Not bytes, because float noise must not be clipped; half precision errs by 0.06 grey levels.
    return {name: (c.half(), d.half()) for name, (c, d) in sets.items()}


def psnr(a: Tensor, b: Tensor) -> Tensor:
    """(N,) decibels, after rounding ``a`` as a file would."""
    a = (a.clamp(0, 1) * 255).round() / 255
    return -10 * (a - b).pow(2).flatten(1).mean(1).clamp(min=1e-10).log10()
