"""The pictures that training cuts its crops from: photographs from archives, and drawings."""

from __future__ import annotations

import io
import tarfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from drawings import drawings


def unpacked(tars: list[Path]) -> np.ndarray:
    """Every picture in the archives: (P, 512, 512, 3) bytes."""
    if not tars:
        raise SystemExit("no archive found; --data must name a folder with train-*.tar and val.tar")
    found = []
    for path in tars:
        with tarfile.open(path) as tar:
            files = [tar.extractfile(m) for m in tar if m.isfile()]
            found += [
                np.asarray(Image.open(io.BytesIO(f.read())).convert("RGB")) for f in files if f
            ]
    return np.stack(found)


@dataclass(frozen=True)
class Pictures:
    """Photographs and drawings, (P, 3, 512, 512) bytes each, on the device."""

    photos: Tensor
    drawn: Tensor
    drawn_share: float = 0.15
    grey_share: float = 0.12
    reduced_share: float = 0.0  # of the calls: crops up to 5/3 as large, made small (antialiased)

    def take(self, n: int, rng: torch.Generator, size: int) -> Tensor:
        """(n, 3, size, size) clean crops in 0…1, flipped and turned at random, some made grey.

        Pictures as people share them were mostly made small, so that more happens in fewer pixels
        than in a crop of a camera's file.
        """
        device = self.photos.device
        if torch.rand((), generator=rng, device=device) < self.reduced_share:
            large = round(size * (1 + 2 / 3 * float(torch.rand((), generator=rng, device=device))))
            whole = replace(self, reduced_share=0.0).take(n, rng, min(large, 512))
            small = F.interpolate(whole, (size, size), mode="bicubic", antialias=True)
            return (small.clamp(0, 1) * 255).round() / 255
        from_drawn = torch.rand(n, generator=rng, device=device) < self.drawn_share
        crops = torch.where(
            from_drawn.view(-1, 1, 1, 1),
            cut(self.drawn, n, rng, size),
            cut(self.photos, n, rng, size),
        )
        crops = crops.float() / 255
        turned = torch.rand(n, 1, 1, 1, generator=rng, device=device) < 0.5
        crops = torch.where(turned, crops.transpose(2, 3), crops)
        luma = crops.new_tensor((0.299, 0.587, 0.114)).view(1, 3, 1, 1)
        grey = torch.rand(n, 1, 1, 1, generator=rng, device=device) < self.grey_share
        # Rounded, because a grey file holds integers too.
        return torch.where(grey, ((crops * luma).sum(1, True) * 255).round() / 255, crops)


def cut(source: Tensor, n: int, rng: torch.Generator, size: int) -> Tensor:
    """n random crops, each flipped or not in either direction."""
    device = source.device

    def below(high: int) -> Tensor:
        return torch.randint(0, high, (n, 1), generator=rng, device=device)

    steps = torch.arange(size, device=device)[None]
    rows, columns = (
        below(source.shape[axis] - size + 1) + torch.where(below(2) == 1, size - 1 - steps, steps)
        for axis in (2, 3)
    )
    channels = torch.arange(3, device=device).view(1, 3, 1, 1)
    return source[below(len(source))[:, :, None, None], channels, rows[:, None, :, None],
                  columns[:, None, None, :]]  # fmt: skip


def load(
    data: Path, drawn: int, seed: int, device: torch.device, reduced: float = 0.0
) -> tuple[Pictures, Tensor]:
    """The training pictures, and the validation pictures (P, 3, 512, 512)."""
    photos = unpacked(sorted(data.glob("train-*.tar")))
    arrays = photos, drawings(drawn, photos, seed), unpacked(sorted(data.glob("val.tar")))
    tensors = (torch.from_numpy(x).permute(0, 3, 1, 2).contiguous().to(device) for x in arrays)
    training, drawn_, validation = tensors
    return Pictures(training, drawn_, reduced_share=reduced), validation
