"""Noise is as strong as it says, and depends on brightness as it says."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.degradation import CameraNoise, GaussianNoise, Grain, PoissonNoise


def grey(level: float, channels: int = 3) -> np.ndarray:
    """Nearly even; the channels differ a trifle, so that the picture does not count as grey."""
    return np.full((200, 200, channels), level, np.float32) + np.arange(channels) * np.float32(1e-5)


def added(noise, x) -> np.ndarray:
    return noise.apply(x, np.random.default_rng(4)) - x


@pytest.mark.parametrize("sigma", [3, 25, 50])
def test_gaussian_noise_has_its_strength_and_no_bias(sigma):
    noise = added(GaussianNoise(sigma / 255), grey(0.5)) * 255
    assert noise.std() == pytest.approx(sigma, rel=0.01)
    assert abs(noise.mean()) < 0.02 * sigma
    assert abs(np.corrcoef(noise[..., 0].ravel(), noise[..., 1].ravel())[0, 1]) < 0.02


def test_in_grey_pictures_the_channels_share_the_noise():
    out = GaussianNoise(0.1).apply(np.full((9, 9, 3), 0.5, np.float32), np.random.default_rng(0))
    assert (out == out[..., :1]).all()
    assert out.std() > 0.05


def test_clipping_is_only_done_when_asked_for():
    x = grey(0.98)
    assert GaussianNoise(0.2).apply(x, np.random.default_rng(0)).max() > 1.2
    assert GaussianNoise(0.2, clip=True).apply(x, np.random.default_rng(0)).max() == 1


@pytest.mark.parametrize("level", [0.1, 0.8])
def test_the_variance_of_photons_is_their_mean(level):
    noise = added(PoissonNoise(400), grey(level))
    assert noise.var() == pytest.approx(level / 400, rel=0.03)
    assert abs(noise.mean()) < 1e-3


@pytest.mark.parametrize("level", [0.0, 0.5])
def test_a_camera_adds_readout_to_shot_noise(level):
    noise = added(CameraNoise(400, 6, curve=False, clip=False), grey(level))
    assert noise.var() == pytest.approx(level / 400 + (6 / 400) ** 2, rel=0.03)


def test_on_stored_values_the_dark_is_noisier_than_the_bright():
    dark, bright = (added(CameraNoise(1000, 3), grey(level)).std() for level in (0.1, 0.9))
    assert dark > 1.5 * bright


def test_grain_grows_with_brightness_up_to_its_peak():
    black, white = (added(Grain(0.08, spread=0, clip=False), grey(v)).std() for v in (0.0, 1.0))
    assert white == pytest.approx(0.08, rel=0.02)
    assert black == pytest.approx(0.25 * 0.08, rel=0.03)


def test_grain_is_shared_by_the_colours_and_by_neighbours():
    noise = added(Grain(0.08, shared=0.6, spread=0.5, clip=False), grey(0.5))
    colours = np.corrcoef(noise[..., 0].ravel(), noise[..., 1].ravel())[0, 1]
    neighbours = np.corrcoef(noise[:, 1:, 0].ravel(), noise[:, :-1, 0].ravel())[0, 1]
    assert colours == pytest.approx(0.6, abs=0.03)
    assert neighbours > 0.25
