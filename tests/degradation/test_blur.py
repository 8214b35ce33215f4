"""Kernels are what their names say, and borders are what is stated."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from rigatino.degradation import (
    CameraShake,
    Defocus,
    GaussianBlur,
    KernelBlur,
    MotionBlur,
    Oversharpening,
)
from rigatino.errors import UsageError

BLURS = [
    *(MotionBlur(7.3, 20), MotionBlur(0)),
    *(Defocus(3.2), Defocus(0)),
    *(GaussianBlur(2), GaussianBlur(0.1)),
]


def centre(kernel: np.ndarray) -> tuple[float, float]:
    return tuple(float(c) for c in ndimage.center_of_mass(kernel))


def moment(kernel: np.ndarray, axis: int) -> float:
    """The variance of a kernel along an axis."""
    offsets = np.arange(kernel.shape[axis]) - kernel.shape[axis] // 2
    return float((kernel.sum(1 - axis) * offsets**2).sum())


@pytest.mark.parametrize("blur", BLURS, ids=str)
def test_kernels_sum_to_one_around_their_middle(blur):
    kernel = blur.kernel()
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel.min() >= 0
    assert centre(kernel) == pytest.approx([s // 2 for s in kernel.shape], abs=1e-4)


@pytest.mark.parametrize("length", [1, 4, 9.5, 25])
def test_a_motion_is_as_long_as_it_says_and_points_where_it_says(length):
    across, down, rising = (MotionBlur(length, angle).kernel() for angle in (0, 90, 45))
    assert across.shape[0] == 1
    assert down.shape[1] == 1
    # A line of even light has the variance length² / 12; sharing among pixels adds up to ¼.
    assert moment(across, 1) == pytest.approx(length**2 / 12, abs=0.3 + 0.02 * length**2)
    assert np.tril(rising[::-1], -2).max() == np.triu(rising[::-1], 2).max() == 0


def test_a_quarter_turn_turns_the_kernel():
    one, other = MotionBlur(9, 30).kernel(), MotionBlur(9, 120).kernel()
    np.testing.assert_allclose(np.rot90(one), other, atol=1e-6)


@pytest.mark.parametrize("radius", [1, 2.5, 6])
def test_a_disk_has_its_radius(radius):
    kernel = Defocus(radius).kernel()
    assert kernel.max() == pytest.approx(1 / (np.pi * radius**2), rel=0.02)
    assert kernel.shape[0] == 2 * np.ceil(radius - 0.5) + 1


@pytest.mark.parametrize("sigma", [1, 2.5])
def test_a_bell_has_its_width(sigma):
    assert moment(GaussianBlur(sigma).kernel(), 1) == pytest.approx(sigma**2, rel=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_shake_stays_within_its_extent_and_does_not_displace(seed):
    shake = CameraShake(15)
    kernel = shake.kernel(np.random.default_rng(seed))
    filled = np.argwhere(kernel > 0)
    assert np.ptp(filled, axis=0).max() in (15, 16, 17)
    assert centre(kernel) == pytest.approx([s // 2 for s in kernel.shape], abs=1e-3)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    x = np.random.default_rng(9).random((20, 30, 1)).astype(np.float32)
    applied = shake.apply(x, np.random.default_rng(seed))
    np.testing.assert_array_equal(applied, KernelBlur(kernel).apply(x))


@pytest.mark.parametrize(("border", "mode"), [("mirror", "reflect"), ("periodic", "wrap")])
@pytest.mark.parametrize("size", [(20, 30), (4, 6), (1, 2)])
def test_borders_are_as_stated(border, mode, size):
    """Against a direct sum, with a kernel larger than the smallest pictures."""
    x = np.random.default_rng(1).random(size).astype(np.float32)
    kernel = np.random.default_rng(2).random((9, 5)).astype(np.float32)
    direct = ndimage.convolve(x, kernel, mode=mode)
    ours = KernelBlur(kernel, border).apply(x[..., None])[..., 0]
    np.testing.assert_allclose(ours, direct, rtol=1e-5)


def test_blur_can_be_undone_where_nothing_was_lost():
    x = np.random.default_rng(1).random((30, 40, 3)).astype(np.float32)
    for border in ("mirror", "periodic"):
        blur = GaussianBlur(0.6, border)
        np.testing.assert_allclose(blur.pseudo_inverse(blur.apply(x)), x, atol=1e-3)


def test_sharpening_draws_halos_along_an_edge_and_leaves_even_tones():
    edge = np.full((20, 40, 1), 0.3, np.float32)
    edge[:, 20:] = 0.7
    out = Oversharpening(1.5, 1.5).apply(edge)[10, :, 0]
    assert out[20] > 0.8
    assert out[19] < 0.2
    assert out[[0, -1]] == pytest.approx([0.3, 0.7], abs=1e-4)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: MotionBlur(-1),
        lambda: Defocus(float("nan")),
        lambda: GaussianBlur(0),
        lambda: KernelBlur(np.ones((4, 3), np.float32)),
        lambda: CameraShake(-3),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(UsageError):
        wrong()
