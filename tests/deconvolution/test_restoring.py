"""Undoing a known blur: laws that hold for any denoiser."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.deconvolution import restored, unexplained, wiener
from rigatino.deconvolution.spectra import canvas_size, extended, to_picture, to_waves, transfer
from rigatino.degradation import Defocus, InLinearLight, KernelBlur, MotionBlur
from tests.deconvolution.scenes import blurred, decibels, scene, soft


def test_a_product_of_spectra_is_the_blur() -> None:
    x, kernel = scene(64, 80), MotionBlur(9, 20).kernel()
    shape = (64, 80)
    periodic = KernelBlur(kernel, "periodic").apply(x)
    product = to_picture(transfer(kernel, shape)[..., None] * to_waves(x), shape)
    assert np.allclose(product, periodic, atol=1e-5)


def test_the_canvas_holds_the_picture_and_joins_its_edges() -> None:
    x = scene(50, 61)
    whole = extended(x, canvas_size((50, 61), 20))
    assert (whole[:50, :61] == x).all()
    for axis in (0, 1):
        joints = np.abs(np.diff(np.concatenate([whole, whole.take([0], axis)], axis), axis=axis))
        assert joints.take([-1], axis).mean() < 0.03


@pytest.mark.parametrize("channels", [1, 3])
def test_it_beats_what_was_seen_and_wiener(channels: int) -> None:
    x, kernel = scene(160, 160, channels), Defocus(3).kernel()
    seen = blurred(x, kernel)
    mended = restored(seen, kernel, 1.0, soft)
    classical = max(decibels(x, wiener(seen, kernel, r), 8) for r in (1e-4, 1e-3, 1e-2))
    assert mended.shape == x.shape
    assert mended.dtype == np.float32
    assert decibels(x, mended, 8) > decibels(x, seen, 8) + 3
    assert decibels(x, mended, 8) > classical


def test_it_is_the_same_every_time() -> None:
    x, kernel = scene(96, 96), Defocus(2).kernel()
    once, again = (restored(blurred(x, kernel), kernel, 1.0, soft, rounds=3) for _ in range(2))
    assert (once == again).all()


def test_a_result_explains_what_was_seen_to_the_noise() -> None:
    x, kernel = scene(160, 160), MotionBlur(11, 30).kernel()
    seen = blurred(x, kernel, 2.0)
    left = unexplained(seen, kernel, restored(seen, kernel, 2.0, soft))
    assert 1 < left < 4
    assert unexplained(seen, kernel, seen) > 2 * left


def test_blur_in_light_is_undone_in_light() -> None:
    x, kernel = scene(128, 128), Defocus(3).kernel()
    seen = InLinearLight(KernelBlur(kernel)).apply(x)
    rightly, wrongly = (restored(seen, kernel, 1.0, soft, light=light) for light in (True, False))
    assert decibels(x, rightly, 8) > decibels(x, wrongly, 8) + 1


def test_clipped_lights_bind_only_from_below() -> None:
    x = scene(128, 128)
    x[60:66, 60:66] = 8.0
    kernel = Defocus(3).kernel()
    seen = np.clip(KernelBlur(kernel).apply(x), 0, 1).astype(np.float32)
    mended = restored(seen, kernel, 1.0, soft)
    ring = np.abs(mended - np.clip(x, 0, 1))[50:76, 50:76]
    plain = np.abs(wiener(seen, kernel, 1e-3) - np.clip(x, 0, 1))[50:76, 50:76]
    assert ring.mean() < plain.mean()


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (17, 9)])
def test_pictures_smaller_than_the_kernel_are_done_too(size: tuple[int, int]) -> None:
    x = np.full((*size, 3), 0.4, np.float32)
    mended = restored(x, MotionBlur(25).kernel(), 1.0, soft, rounds=2)
    assert mended.shape == x.shape
    assert np.isfinite(mended).all()
