"""The kernel between two pictures."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.deconvolution import alike, between, spread
from rigatino.degradation import CameraShake, KernelBlur
from tests.diagnosis.scenes import leaves

RNG = np.random.default_rng(3)
SHARP = np.asarray(leaves(256)[..., 1], np.float32)


def shaken(extent: float, noise: float) -> tuple[np.ndarray, np.ndarray]:
    kernel = CameraShake(extent, 0.4).kernel(np.random.default_rng(8))
    seen = 255 * KernelBlur(kernel).apply((SHARP / 255)[..., None])[..., 0]
    return seen + RNG.normal(0, noise, seen.shape).astype(np.float32), kernel


@pytest.mark.parametrize(("extent", "noise"), [(6, 0), (16, 0), (12, 4)])
def test_it_is_the_one_that_blurred(extent: float, noise: float) -> None:
    seen, kernel = shaken(extent, noise)
    found = between(SHARP, seen)
    assert alike(found.kernel, kernel) > 0.99
    assert found.left < 0.5 + 1.1 * noise < found.plain
    assert not found.cut


def test_another_picture_in_one_place_does_not_bend_it() -> None:
    seen, kernel = shaken(10, 1)
    other = SHARP.copy()
    other[100:164, 90:154] = SHARP[:64, :64][::-1]
    assert alike(between(other, seen).kernel, kernel) > 0.98


def test_noise_is_no_blur() -> None:
    assert spread(between(SHARP, SHARP + RNG.normal(0, 10, SHARP.shape)).kernel) < 0.3


def test_too_small_or_plain_is_nothing() -> None:
    assert between(SHARP[:60], SHARP[:60]) is None
    assert between(np.zeros_like(SHARP), SHARP) is None
