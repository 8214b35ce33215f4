"""Scaling is held against Pillow's (float) and against what scaling must do."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.degradation import InLinearLight, Resize
from rigatino.errors import UsageError

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")


def plane(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(3).random((height, width)).astype(np.float32)


SIZES = [((40, 30), (17, 30)), ((40, 30), (20, 15)), ((31, 47), (60, 20)), ((20, 20), (47, 90))]


@pytest.mark.parametrize("kernel", ["bicubic", "bilinear", "lanczos"])
@pytest.mark.parametrize(("before", "after"), SIZES)
def test_weights_that_are_cut_at_the_border_are_those_of_pillow(kernel, before, after):
    x = plane(*before)
    filters = Image.Resampling
    theirs = Image.fromarray(x).resize(after[::-1], getattr(filters, kernel.upper()))
    ours = Resize.between(before, after, kernel, "cut").apply(x[..., None])[..., 0]
    np.testing.assert_allclose(ours, np.asarray(theirs), atol=2e-6)


def test_area_by_a_whole_factor_is_the_mean_of_blocks():
    x = plane(24, 36)
    ours = Resize(1 / 4, 1 / 3, "area").apply(x[..., None])[..., 0]
    np.testing.assert_allclose(ours, x.reshape(6, 4, 12, 3).mean((1, 3)), atol=1e-6)


def test_area_by_any_factor_keeps_the_mean():
    x = plane(35, 14)[..., None]
    out = Resize.between((35, 14), (10, 4), "area").apply(x)
    assert out.mean() == pytest.approx(x.mean(), abs=1e-6)


@pytest.mark.parametrize("kernel", ["bicubic", "bilinear", "lanczos", "area"])
@pytest.mark.parametrize("edge", ["mirror", "cut"])
def test_even_tones_stay_even_and_factor_one_changes_nothing(kernel, edge):
    even = np.full((9, 13, 3), 0.37, np.float32)
    out = Resize(0.43, 1.7, kernel, edge).apply(even)
    np.testing.assert_allclose(out, 0.37, atol=1e-6)
    x = plane(9, 13)[..., None]
    np.testing.assert_allclose(Resize(1, 1, kernel, edge).apply(x), x, atol=1e-6)


@pytest.mark.parametrize("kernel", ["bicubic", "bilinear", "lanczos"])
def test_a_slope_stays_a_slope_in_the_middle(kernel):
    """Positions are right: new sample i lies at (i + ½) / scale − ½."""
    x = np.tile(np.arange(60, dtype=np.float32) / 60, (4, 1))[..., None]
    out = Resize(1, 1.6, kernel).apply(x)[0, 20:-20, 0]
    where = (np.arange(96) + 0.5) / 1.6 - 0.5
    np.testing.assert_allclose(out, where[20:-20] / 60, atol=2e-3)


@pytest.mark.parametrize(
    ("size", "factor", "after"), [(100, 0.07, 7), (7, 0.5, 4), (1, 0.1, 1), (5, 3, 15)]
)
def test_sizes_are_rounded_up_as_in_the_literature(size, factor, after):
    assert Resize(factor, factor).out_size((size, size)) == (after, after)


def test_shrinking_in_light_keeps_fine_lines_brighter():
    """Half black, half white is half the light, which is stored as 0.735."""
    lines = np.tile(np.array((0, 1), np.float32), (8, 8))[..., None]
    stored = Resize(1, 0.5, "area").apply(lines)
    light = InLinearLight(Resize(1, 0.5, "area")).apply(lines)
    np.testing.assert_allclose(stored, 0.5, atol=1e-6)
    np.testing.assert_allclose(light, 0.7354, atol=1e-3)


@pytest.mark.parametrize("wrong", [lambda: Resize(0, 1), lambda: Resize(1, 1, "cubist")])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(UsageError):
        wrong()
