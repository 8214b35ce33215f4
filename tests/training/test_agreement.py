"""What networks are trained on (torch) is what the program says about damage (numpy)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from rigatino.degradation import Banding, Chain, GaussianNoise, Grain, Jpeg, Resize
from rigatino.degradation.jpeg import SAMPLINGS, quality_tables
from rigatino.inference.hints import Known, Tables, noise_and_tables

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))
degrade = pytest.importorskip("degrade", reason="the training folder has no degrade.py")


def picture(height: int, width: int) -> np.ndarray:
    """Soft colours, edges and texture, 8 bits as floats."""
    y, x = np.mgrid[0:height, 0:width]
    waves = np.stack(
        [0.5 + 0.4 * np.sin(x / a + y / b) for a, b in ((9, 23), (31, 11), (17, 40))], -1
    )
    waves[(x // 37 + y // 29) % 3 == 0] *= 0.4
    rough = waves + np.random.default_rng(7).normal(0, 0.02, waves.shape)
    return Banding(256).apply(rough.astype(np.float32))


def batch(x: np.ndarray):
    return torch.from_numpy(x.copy()).permute(2, 0, 1)[None]


def array(x) -> np.ndarray:
    return x[0].permute(1, 2, 0).numpy()


@pytest.mark.parametrize("quality", range(1, 101))
def test_the_tables_are_the_same(quality):
    theirs = degrade.quality_tables(torch.tensor([quality]))[0]
    for ours, other in zip(quality_tables(quality), theirs, strict=True):
        assert list(ours) == other.flatten().int().tolist()


@pytest.mark.parametrize("quality", [10, 40, 80])
@pytest.mark.parametrize("sampling", sorted(degrade.SAMPLINGS))
@pytest.mark.parametrize("fancy", [True, False])
@pytest.mark.parametrize("size", [(96, 128), (75, 91)])
def test_saving_agrees(quality, sampling, fancy, size):
    x = picture(*size)
    tables = degrade.quality_tables(torch.tensor([quality]))
    theirs = array(degrade.through_jpeg(batch(x), tables, sampling, fancy))
    ours = Jpeg.of_quality(quality, sampling, fancy=fancy).apply(x)
    # The torch side reckons its DCT in floats.
    assert np.abs(theirs - ours).mean() * 255 < 0.5
    assert abs(np.mean((theirs - x) ** 2) / np.mean((ours - x) ** 2) - 1) < 0.01


@pytest.mark.parametrize("height", range(65, 81))
@pytest.mark.parametrize("sampling", sorted(degrade.SAMPLINGS))
def test_the_last_rows_are_filled_up_alike(height, sampling):
    x = picture(height, 91)
    theirs = array(
        degrade.through_jpeg(batch(x), degrade.quality_tables(torch.tensor([10])), sampling)
    )
    ours = Jpeg.of_quality(10, sampling).apply(x)
    last = np.abs(theirs - ours)[64:] * 255
    assert last.mean() < 0.1


@pytest.mark.parametrize("sampling", sorted(degrade.SAMPLINGS))
@pytest.mark.parametrize("quality", [10, 50, 95])
def test_a_header_is_told_as_in_training(quality, sampling):
    mend = pytest.importorskip("mend", reason="onnx, which only training needs, is not installed")
    for x in (picture(48, 48), np.repeat(picture(48, 48)[..., :1], 3, 2)):
        halved = (sum(degrade.SAMPLINGS[sampling]) - 2) / 2
        tables = degrade.quality_tables(torch.tensor([quality]))
        made = degrade.Damaged(batch(x), batch(x), torch.tensor([25 / 255]), tables, halved)
        luma, chroma = (np.array(t, np.uint16).reshape(8, 8) for t in quality_tables(quality))
        known = Known(25.0, Tables(luma, chroma, halved))
        coloured = bool((x[..., 0] != x[..., 1]).any())
        wanted = mend.hints_of(made)[0].numpy()
        np.testing.assert_allclose(noise_and_tables(known, coloured), wanted, atol=1e-6)


def test_every_sampling_of_training_is_known_here():
    for name, (down, across) in degrade.SAMPLINGS.items():
        assert SAMPLINGS[name][0] == (across, down)


def test_storing_with_eight_bits_agrees():
    x = np.random.default_rng(1).normal(0.5, 0.5, (20, 20, 3)).astype(np.float32)
    np.testing.assert_array_equal(array(degrade.eight_bit(batch(x))), Banding(256).apply(x))


@pytest.mark.parametrize("factor", [0.61, 1.0, 1.43])
def test_resizing_between_saves_agrees(factor):
    x = picture(64, 64)
    side = round(64 * factor)
    theirs = torch.nn.functional.interpolate(batch(x), (side, side), mode="bicubic", antialias=True)
    ours = Resize.between((64, 64), (side, side), "bicubic", "cut").apply(x)
    np.testing.assert_allclose(array(theirs), ours, atol=1e-5)


@pytest.mark.parametrize("grey", [False, True])
def test_noise_agrees_in_strength_and_in_sharing(grey):
    x = np.full((128, 128, 3), 0.5, np.float32)
    x[..., 0] += 0 if grey else 0.01
    theirs = degrade.with_noise(batch(x), torch.tensor([0.1]), torch.Generator().manual_seed(1))
    ours = GaussianNoise(0.1).apply(x, np.random.default_rng(1))
    for noise in (array(theirs) - x, ours - x):
        assert noise.std() == pytest.approx(0.1, rel=0.02)
        assert np.allclose(noise[..., 0], noise[..., 1], atol=1e-6) == grey


@pytest.mark.parametrize("level", [0.1, 0.9])
def test_grain_agrees_in_strength_and_in_correlation(level):
    x = np.full((200, 200, 3), level, np.float32) + np.arange(3) * np.float32(1e-4)
    same, rng = (torch.Generator().manual_seed(1) for _ in range(2))
    drawn = [float(degrade.uniform(batch(x), same, 0, high)) for high in (0.8, 0.3, 0.5)]
    theirs = array(degrade.with_grain(batch(x), torch.tensor([0.1]), rng)) - x
    ours = Grain(0.1, *drawn, clip=False).apply(x, np.random.default_rng(1)) - x
    assert theirs.std() == pytest.approx(ours.std(), rel=0.03)
    for a, b in ((np.s_[..., 0], np.s_[..., 1]), (np.s_[:, 1:], np.s_[:, :-1])):
        together = [np.corrcoef(n[a].ravel(), n[b].ravel())[0, 1] for n in (theirs, ours)]
        assert together[0] == pytest.approx(together[1], abs=0.03)


def test_saving_twice_is_a_chain_there_and_here():
    x = picture(64, 64)
    y = batch(x)
    for quality in (20, 60):
        y = degrade.through_jpeg(y, degrade.quality_tables(torch.tensor([quality])), "4:2:0")
    ours = Chain((Jpeg.of_quality(20), Jpeg.of_quality(60))).apply(x)
    assert np.abs(array(y) - ours).mean() * 255 < 0.5
