"""Metrics give published and independently computed figures, and say what they need."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from rigatino.degradation import Banding, GaussianBlur, GaussianNoise, Jpeg, Resize
from rigatino.errors import UsageError
from rigatino.metrics import (
    METRICS,
    blockiness,
    mean_absolute_difference,
    metric,
    noise,
    psnr,
    psnr_b,
    psnr_y,
    sharpness,
    ssim,
    ssim_map,
    ssim_y,
)

WITH_TRUTH = [m for m in METRICS.values() if m.needs_truth]


def picture(height: int = 64, width: int = 80) -> np.ndarray:
    """Whole-numbered arithmetic only, so that every machine makes the same picture."""
    y, x = np.mgrid[:height, :width]
    planes = [(3 * x + 5 * y + 40 * ((x // 9 + y // 7) % 3) + k * 30) % 256 for k in range(3)]
    return (np.stack(planes, -1) / 255).astype(np.float32)


def damaged(x: np.ndarray) -> np.ndarray:
    """Off by a pattern of -10 … 12 levels."""
    y, z = np.mgrid[: x.shape[0], : x.shape[1]]
    pattern = ((7 * y + 11 * z) % 23 - 10)[..., None] / 255
    return np.clip(x + pattern, 0, 1).astype(np.float32)


# --- against figures from elsewhere -----------------------------------------------------------

#: scikit-image 0.26.0: structural_similarity(a, b, data_range=1, channel_axis=2,
#: gaussian_weights=True, sigma=1.5, use_sample_covariance=False) and peak_signal_noise_ratio
SCIKIT_IMAGE = {
    (64, 80): (0.97282658, 31.70820),
    (33, 47): (0.97841042, 31.72027),
    (11, 11): (0.95467286, 31.52853),
}


@pytest.mark.parametrize("size", SCIKIT_IMAGE)
def test_ssim_and_psnr_are_those_of_scikit_image(size):
    x = picture(*size)
    structure, ratio = SCIKIT_IMAGE[size]
    assert ssim(x, damaged(x)) == pytest.approx(structure, abs=1e-6)
    assert psnr(x, damaged(x)) == pytest.approx(ratio, abs=1e-4)


#: bicubic enlargement of Set5 as papers since SRCNN (Dong et al. 2014) print it: PSNR of Y
SET5 = {2: 33.66, 3: 30.39, 4: 28.42}


@pytest.mark.parametrize("factor", SET5)
def test_enlarging_set5_gives_the_published_psnr(data: Path, factor):
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    figures = []
    for file in sorted((data / "data/test/Set5").glob("*.png")):
        pixels = np.asarray(image.open(file).convert("RGB"), np.float32) / 255
        h, w = (side - side % factor for side in pixels.shape[:2])
        truth = pixels[:h, :w]
        small = Banding(256).apply(Resize(1 / factor, 1 / factor).apply(truth))
        large = Banding(256).apply(Resize(factor, factor).apply(small))
        figures.append(psnr_y(truth, large, shave=factor))
    assert len(figures) == 5
    assert np.mean(figures) == pytest.approx(SET5[factor], abs=0.04)


def test_psnr_by_hand():
    x = np.full((8, 8, 3), 0.5, np.float32)
    assert psnr(x, x + np.float32(0.1)) == pytest.approx(20, abs=1e-4)
    assert mean_absolute_difference(x, x + np.float32(0.1)) == pytest.approx(0.1)
    # The weights of Y sum to 219 / 255: even errors look 1.32 dB smaller.
    assert psnr_y(x, x + np.float32(0.1)) == pytest.approx(
        20 - 20 * math.log10(219 / 255), abs=1e-4
    )


def test_psnr_b_by_hand():
    """Two blocks, 0 and 0.1: one border of 8 steps of 0.1 among 8 border steps, no other steps."""
    x = np.zeros((8, 16, 1), np.float32)
    x[:, 8:] = 0.1
    expected = 10 * math.log10(1 / (0.01 * math.log2(8) / math.log2(8)))
    assert psnr_b(x, x) == pytest.approx(expected, abs=1e-4)
    off = x[:, 3:]  # steps off the grid are no blocks
    assert psnr_b(off, off) == math.inf


# --- what each must do ------------------------------------------------------------------------


@pytest.mark.parametrize("m", WITH_TRUTH, ids=lambda m: m.name)
def test_perfect_is_the_better_end_and_more_damage_is_worse(m):
    x = GaussianBlur(1).apply(picture())
    none, little, much = (m.measure(x, x + np.float32(a) * (damaged(x) - x)) for a in (0, 0.3, 1))
    if m.better == "higher":
        assert none > little > much
        assert none == m.high or m.name == "psnr-b"
    else:
        assert none < little < much
        assert none == m.low


@pytest.mark.parametrize("m", METRICS.values(), ids=lambda m: m.name)
@pytest.mark.parametrize("seed", range(5))
def test_figures_lie_in_the_stated_range(m, seed):
    rng = np.random.default_rng(seed)
    first, second = (rng.random((16, 19, 3)).round(seed % 2).astype(np.float32) for _ in range(2))
    black, white = np.zeros_like(first), np.ones_like(first)
    pairs = ((first, second), (first, 1 - first), (black, white), (black, black))
    for truth, result in pairs:
        value = m.measure(truth, result) if m.needs_truth else m.measure(result)
        assert m.low - 1e-9 <= value <= m.high + 1e-9


def test_shaving_ignores_the_border():
    x = picture()
    wrong = x.copy()
    wrong[:3], wrong[-3:], wrong[:, :3], wrong[:, -3:] = 0, 0, 0, 0
    assert psnr(x, wrong) < 30
    assert psnr(x, wrong, shave=3) == psnr_y(x, wrong, shave=3) == math.inf
    assert ssim(x, wrong, shave=3) == ssim_y(x, wrong, shave=3) == pytest.approx(1)


def test_the_map_of_ssim_shows_where():
    x = picture().astype(np.float64)
    wrong = x.copy()
    wrong[30:34, 30:34] = 0.5
    places = ssim_map(x, wrong)
    assert places.shape == (54, 70, 3)
    assert places[:15].min() == pytest.approx(1)
    assert places[27, 27].max() < 0.95


def test_blockiness_sees_blocks_on_the_grid_only():
    x = GaussianBlur(2).apply(picture(128, 128))
    saved = Jpeg.of_quality(10).apply(x)
    assert blockiness(saved) > 1.5 > blockiness(x)
    assert blockiness(saved[4:, 4:]) < 1.2
    assert blockiness(np.full((20, 20, 1), 0.5, np.float32)) == 1
    grey, again = (picture.mean(axis=2, keepdims=True) for picture in (x, saved))
    assert psnr_b(grey, again) < psnr(grey, again)


def test_sharpness_falls_with_blur_and_not_with_contrast():
    x = picture()
    figures = [sharpness(x), *(sharpness(GaussianBlur(s).apply(x)) for s in (0.7, 1.5, 3))]
    assert figures == sorted(figures, reverse=True)
    assert sharpness(x * np.float32(0.3)) == pytest.approx(sharpness(x), abs=1e-5)
    assert sharpness(np.zeros((9, 9, 3), np.float32)) == 0


@pytest.mark.parametrize("sigma", [5, 20, 40])
def test_noise_is_estimated_on_smooth_pictures(sigma):
    y, x = np.mgrid[:200, :200] / 200
    slope = (0.3 + 0.2 * x + 0.2 * y).astype(np.float32)[..., None]
    noisy = GaussianNoise(sigma / 255).apply(slope, np.random.default_rng(2))
    assert noise(noisy) * 255 == pytest.approx(sigma, rel=0.03)
    assert noise(slope) < 1e-4


# --- what they refuse -------------------------------------------------------------------------


@pytest.mark.parametrize("m", WITH_TRUTH, ids=lambda m: m.name)
def test_shapes_that_differ_are_refused_in_one_line(m):
    with pytest.raises(UsageError, match=r"shape \(20, 20, 3\) and \(20, 21, 3\)") as caught:
        m.measure(np.zeros((20, 20, 3), np.float32), np.zeros((20, 21, 3), np.float32))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: psnr(np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4, 3), np.uint8)),
        lambda: ssim(picture(10, 30), picture(10, 30)),
        lambda: psnr(picture(10, 30), picture(10, 30), shave=5),
        lambda: psnr(picture(10, 30), picture(10, 30), shave=-1),
        lambda: psnr_y(np.zeros((4, 4, 4)), np.zeros((4, 4, 4))),
        lambda: noise(picture(2, 9)),
        lambda: metric("beauty"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_one_line(wrong):
    with pytest.raises(UsageError) as caught:
        wrong()
    assert "\n" not in str(caught.value)


def test_every_metric_is_found_by_its_name_and_says_what_it_is():
    for name, m in METRICS.items():
        assert metric(name) is m
        assert m.says.endswith(".")
        assert m.low < m.high
        assert m.measure.__doc__
