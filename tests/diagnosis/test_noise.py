"""Noise of known strength is measured."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import Pixels, leaves
from tests.diagnosis.test_compression import saved

from rigatino.diagnosis import Finding, diagnose
from rigatino.diagnosis.noise.clipped import uncut
from rigatino.imaging import Picture, load


def noisy(sigma: float, size: int = 320) -> Pixels:
    values = leaves(size) + np.random.default_rng(7).normal(0, sigma, (size, size, 3))
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def look(picture: Picture) -> Finding:
    return diagnose(picture, only=["compression", "noise"]).finding("noise")


@pytest.mark.parametrize("sigma", [5, 10, 25, 50])
def test_white_noise_is_measured_in_every_channel(sigma: float) -> None:
    finding = look(Picture(noisy(sigma)))
    tolerance = max(0.1 * sigma, 1.0)
    assert finding.estimate["sigma"] == pytest.approx(sigma, abs=tolerance)
    by_channel = finding.estimate["by_channel"]
    assert isinstance(by_channel, tuple)
    assert len(by_channel) == 3
    assert by_channel == pytest.approx((sigma,) * 3, abs=tolerance)
    assert finding.found is (sigma >= 6.5)


@pytest.mark.parametrize("sigma", [10, 25])
def test_noise_is_measured_through_a_jpeg(sigma: float) -> None:
    finding = look(load(saved(noisy(sigma), 80)))
    assert finding.estimate["source"] == "JPEG"
    assert finding.estimate["sigma"] == pytest.approx(sigma, abs=max(0.15 * sigma, 1.0))


def test_a_quiet_picture_is_not_called_noisy() -> None:
    finding = look(Picture(leaves(320)))
    assert not finding.found


def test_photon_noise_grows_with_the_light_and_white_noise_does_not() -> None:
    photons = np.random.default_rng(1).poisson(leaves(320) / 255 * 150) / 150 * 255
    shot = np.clip(np.rint(photons), 0, 255).astype(np.uint8)
    assert look(Picture(shot)).estimate["grows_with_light"] is True
    assert look(Picture(noisy(12))).estimate["grows_with_light"] is False


@pytest.mark.parametrize("level", [10, 60, 128, 250])
def test_cutting_is_undone(level: float) -> None:
    values = np.clip(level + np.random.default_rng(2).normal(0, 40, 200_000), 0, 255)
    assert uncut(float(values.mean()), float(values.std())) == pytest.approx(40, abs=1)
