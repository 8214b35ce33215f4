"""The JPEG that training sees is the JPEG that Pillow (libjpeg) writes and reads."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")
Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))
degrade = pytest.importorskip("degrade", reason="the training folder is not here")


def picture(height: int, width: int) -> np.ndarray:
    """Soft colours, sharp edges, a little texture: something of everything that JPEG handles."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    periods = ((9, 23), (31, 11), (17, 40))
    waves = np.stack([127 + 90 * np.sin(x / a + y / b) for a, b in periods], -1)
    waves[(x // 37 + y // 29) % 3 == 0] *= 0.4
    waves[20:40, 10:70] = (250, 20, 30)
    return np.clip(waves + rng.normal(0, 6, waves.shape), 0, 255).astype(np.uint8)


def by_pillow(pixels: np.ndarray, quality: int, sampling: str) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, subsampling=sampling)
    return np.asarray(Image.open(file).convert("RGB"))


def by_torch(pixels: np.ndarray, quality: int, sampling: str) -> np.ndarray:
    rgb = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].float() / 255
    tables = degrade.quality_tables(torch.tensor([quality]))
    out = degrade.through_jpeg(rgb, tables, sampling)
    return (out[0].permute(1, 2, 0) * 255).round().byte().numpy()


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(-10 * np.log10(np.mean((a.astype(float) - b) ** 2) / 255**2))


@pytest.mark.parametrize("quality", [5, 10, 20, 40, 49, 50, 75, 95])
@pytest.mark.parametrize("sampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("size", [(192, 256), (137, 171)])
def test_agrees_with_pillow(quality, sampling, size):
    original = picture(*size)
    theirs, ours = by_pillow(original, quality, sampling), by_torch(original, quality, sampling)
    # libjpeg's integer DCT errs by some hundredths of a unit: where a quotient lies near a half, it
    # rounds the other way.  That is rare except where the steps are as small as at quality 95.
    assert np.abs(theirs.astype(int) - ours).mean() < (0.3 if quality < 90 else 0.8)
    assert abs(psnr(original, theirs) - psnr(original, ours)) < 0.02


@pytest.mark.parametrize("quality", [10, 60])
def test_grey_pictures_come_out_as_grey_files_do(quality):
    grey = picture(64, 96)[..., 0]
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "JPEG", quality=quality)
    theirs = np.asarray(Image.open(file))
    ours = by_torch(np.repeat(grey[..., None], 3, -1), quality, "4:2:0")
    assert (ours == ours[..., :1]).all()
    assert np.abs(theirs.astype(int) - ours[..., 0]).mean() < 0.3


@pytest.mark.parametrize("quality", [1, 7, 33, 50, 51, 90, 100])
def test_tables_are_those_pillow_writes(quality):
    file = io.BytesIO()
    Image.new("RGB", (16, 16)).save(file, "JPEG", quality=quality)
    theirs = Image.open(file).quantization
    ours = degrade.quality_tables(torch.tensor([quality]))[0]
    for number in (0, 1):
        assert sorted(theirs[number]) == sorted(int(v) for v in ours[number].flatten())


DAMAGES = [
    degrade.untouched, degrade.saved_once, degrade.saved_again, degrade.rescaled_between_saves,
    degrade.noisy, degrade.grainy, degrade.noisy_then_saved,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda f: f.__name__)
def test_a_damage_keeps_its_pictures_together(damage):
    """Shapes agree, the same seed draws the same batch, and damage is never a displacement."""
    whole = torch.from_numpy(picture(400, 400)).permute(2, 0, 1)[None].float() / 255

    def take(size):
        return whole[..., :size, :size].expand(3, -1, -1, -1)

    first, second = (damage(take, 80, torch.Generator().manual_seed(3)) for _ in range(2))
    assert first.clean.shape == first.damaged.shape == (3, 3, 80, 80)
    assert torch.equal(first.damaged, second.damaged)
    assert torch.isfinite(first.damaged).all()
    error = (first.clean - first.damaged).pow(2).mean()
    moved = (first.clean - first.damaged.roll(3, -1)).pow(2).mean()
    assert error < moved


@pytest.mark.parametrize("sigma", [10, 50])
def test_noise_has_the_strength_it_says(sigma):
    clean = torch.rand(2, 3, 128, 128, generator=torch.Generator().manual_seed(1))
    rng = torch.Generator().manual_seed(2)
    noise = degrade.with_noise(clean, torch.full((2,), sigma / 255), rng) - clean
    assert float(noise.std()) * 255 == pytest.approx(sigma, rel=0.02)


def test_grain_grows_with_brightness():
    rng = torch.Generator().manual_seed(2)
    dark, bright = (torch.full((4, 3, 96, 96), level) for level in (0.05, 0.95))
    dark[:, 0] += 0.01  # not exactly grey
    bright[:, 0] += 0.01
    peak = torch.full((4,), 0.1)
    spreads = [(degrade.with_grain(x, peak, rng.manual_seed(2)) - x).std() for x in (dark, bright)]
    assert spreads[0] < spreads[1] <= 0.11
