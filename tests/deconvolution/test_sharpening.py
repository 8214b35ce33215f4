"""Rounds of division and repair, with repairs that are no networks."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.deconvolution import TURNS, sharpened
from rigatino.deconvolution.agreeing import agreeing, laid_out, slopes
from rigatino.degradation import Defocus, MotionBlur
from rigatino.degradation.light import to_light, to_stored
from tests.deconvolution.scenes import blurred, decibels, scene, soft

KERNEL = MotionBlur(9, 30).kernel()


class Watching:
    """Gives the inversion back, softened; keeps what it was given."""

    def __init__(self, sigma: float = 9.0) -> None:
        self.sigma = sigma
        self.told: list[np.ndarray] = []
        self.inverted: list[np.ndarray] = []

    def __call__(self, seen: np.ndarray, inverted: np.ndarray, told: np.ndarray) -> np.ndarray:
        assert seen.shape == inverted.shape
        self.told.append(told)
        self.inverted.append(inverted)
        return soft(inverted, self.sigma)


@pytest.mark.parametrize("channels", [1, 3])
def test_it_is_sharper_and_rounds_help(channels: int) -> None:
    x = scene(150, 131, channels)
    seen = blurred(x, KERNEL, 2.0)
    once, more = (sharpened(seen, KERNEL, 2.0, Watching(), turns=n) for n in (1, TURNS))
    assert decibels(x, once, 8) > decibels(x, seen, 8) + 1
    assert decibels(x, more, 8) > decibels(x, once, 8)


def test_the_network_is_told_what_is_known() -> None:
    seen = blurred(scene(96, 96), KERNEL, 5.0)
    watching = Watching()
    sharpened(seen, KERNEL, 5.0, watching, turns=2)
    first, second = watching.told
    assert first[:4].tolist() == pytest.approx([0.5, 1, 0, 0])
    assert second[:4].tolist() == pytest.approx([0.5, 1, 0, 1])
    assert 0 < first[5] < 1
    unsure = Watching()
    sharpened(seen, KERNEL, 5.0, unsure, exact=False, light=True, turns=1)
    assert unsure.told[0][1:3].tolist() == [0, 1]
    assert unsure.told[0][5] < first[5]


def test_an_estimated_kernel_is_followed_less_far() -> None:
    x = scene(128, 128)
    seen = blurred(x, Defocus(3.3).kernel())
    known, estimated = Watching(0), Watching(0)
    sharpened(seen, Defocus(3).kernel(), 1.0, known, turns=1)
    sharpened(seen, Defocus(3).kernel(), 1.0, estimated, exact=False, turns=1)
    assert decibels(x, estimated.inverted[0]) > decibels(x, known.inverted[0])


def test_what_was_blurred_in_light_is_divided_in_light() -> None:
    x = scene(128, 128)
    seen = to_stored(np.clip(blurred(to_light(x), KERNEL, 0.0), 0, 1))
    right, wrong = (sharpened(seen, KERNEL, 1.0, Watching(0), light=on) for on in (True, False))
    assert decibels(x, right, 8) > decibels(x, wrong, 8)


def test_the_solution_is_the_least_squares_one() -> None:
    """Gradient of the sum of squares, away from nothing."""
    seen = blurred(scene(60, 50), KERNEL)
    on = laid_out(seen, seen, KERNEL)
    alpha = np.float32(0.05) * slopes(on.shape) + np.float32(0.01)
    z = np.full_like(on.picture, 0.5)
    x = agreeing(on, on.picture, z, on.inside, alpha, steps=60)
    waves = [
        np.fft.rfft2(v, axes=(0, 1)) for v in (on.inside * (on.blurred(x) - on.picture), x - z)
    ]
    slope = np.fft.irfft2(on.blur.conj() * waves[0] + alpha * waves[1], on.shape, axes=(0, 1))
    assert np.abs(slope).max() < 1e-4
