"""Things on the picture, lost tones, print, and journeys through several of them."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.degradation import (
    Banding,
    Chain,
    Clipping,
    ColourCast,
    Dust,
    Fading,
    GaussianBlur,
    Halftone,
    Holes,
    Jpeg,
    Lettering,
    LinearChain,
    Mask,
    Resize,
    Scratches,
    Screenshot,
    Screenshots,
)
from rigatino.degradation.light import to_light, to_stored
from rigatino.errors import UsageError

COVERS = [Scratches(5), Lettering(2, 14), Holes(2, 10), Dust(3000)]


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def picture(height: int = 90, width: int = 120) -> np.ndarray:
    return (0.2 + 0.5 * rng(1).random((height, width, 3))).astype(np.float32)


@pytest.mark.parametrize("cover", COVERS, ids=lambda c: type(c).__name__)
@pytest.mark.parametrize("seed", range(4))
def test_covers_lie_where_their_coverage_says(cover, seed):
    x = picture()
    covered = cover.coverage((90, 120), rng(seed))
    out = cover.apply(x, rng(seed))
    assert 0.001 < (covered > 0).mean() < 0.6
    assert covered.max() <= 1
    np.testing.assert_array_equal(out[covered == 0], x[covered == 0])
    np.testing.assert_allclose(out[covered == 1], cover.tone, atol=1e-6)


def test_a_thin_scratch_is_fainter_than_a_pixel():
    covered = Scratches(3, width=0.3).coverage((90, 120), rng())
    assert 0 < covered.max() <= 0.3


def test_scratches_are_longer_than_wide_and_holes_are_not():
    scratch = np.argwhere(Scratches(1, disorder=0).coverage((200, 200), rng(2)) > 0)
    assert np.ptp(scratch[:, 0]) > 5 * np.ptp(scratch[:, 1])
    whole = Holes(1, 20, raggedness=0)
    largest = max(whole.coverage((200, 200), rng(seed)).sum() for seed in range(9))
    assert largest == pytest.approx(np.pi * 20**2, rel=0.02)


def test_a_mask_that_does_not_fit_is_refused():
    with pytest.raises(UsageError, match=r"mask of \(3, 3\)"):
        Mask(np.ones((3, 3), np.float32)).apply(picture())
    with pytest.raises(UsageError, match="values in 0…1"):
        Mask(np.full((3, 3), 2.0, np.float32))


def test_light_and_stored_values_undo_one_another():
    values = np.linspace(-0.2, 1.3, 500, dtype=np.float32)
    np.testing.assert_allclose(to_stored(to_light(values)), values, atol=2e-6)
    assert to_light(np.float32(0.5)) == pytest.approx(0.2140, abs=1e-4)  # IEC 61966-2-1


@pytest.mark.parametrize("levels", [2, 8, 256])
def test_banding_leaves_as_many_tones_as_it_says(levels):
    ramp = np.linspace(0, 1, 5000, dtype=np.float32).reshape(1, -1, 1)
    out = Banding(levels).apply(ramp)
    assert len(np.unique(out)) == levels
    assert np.abs(out - ramp).max() <= 0.5 / (levels - 1) + 1e-6


def test_clipping_loses_only_what_lies_outside():
    x = picture()
    inside = (x >= 0.3) & (x <= 0.6)
    out = Clipping(0.3, 0.6).apply(x)
    np.testing.assert_array_equal(out[inside], x[inside])
    assert out.min() == np.float32(0.3)
    stretched = Clipping(0.3, 0.6, stretch=True).apply(x)
    assert (stretched.min(), stretched.max()) == (0, 1)


def test_a_cast_can_be_taken_off_and_fading_takes_colour_and_contrast():
    x = picture()
    cast = ColourCast((1, 0.8, 0.5))
    np.testing.assert_allclose(cast.pseudo_inverse(cast.apply(x)), x, atol=1e-6)
    assert Fading(colour=0).apply(x).std(axis=2).max() < 1e-6
    assert Fading(1, 0, 1).apply(x) == pytest.approx(x)
    assert Fading().apply(x).std() < x.std()


@pytest.mark.parametrize("tone", [0.1, 0.35, 0.5, 0.8])
@pytest.mark.parametrize("softness", [0, 0.2])
def test_dots_keep_the_tone_and_have_their_pitch(tone, softness):
    even = np.full((240, 240, 1), tone, np.float32)
    turned = Halftone(6.3, (15,), softness).apply(even)
    assert turned.mean() == pytest.approx(tone, abs=0.01)
    dots = Halftone(6, (0,), softness).apply(even)[..., 0]
    spectrum = np.abs(np.fft.fft(dots.mean(0) - dots.mean()))[1:121]
    assert np.argmax(spectrum) + 1 == 240 / 6


def test_without_softness_there_is_only_paper_and_ink():
    dots = Halftone(6.5, softness=0).apply(picture())
    assert np.isin(dots, (0, 1)).mean() > 0.999


def test_a_chain_is_its_steps_in_order():
    x = picture()
    first, second = GaussianBlur(1), Jpeg.of_quality(20)
    chained = Chain((first, second)).apply(x)
    np.testing.assert_array_equal(chained, second.apply(first.apply(x)))
    assert not np.array_equal(chained, Chain((second, first)).apply(x))


def test_a_linear_chain_is_the_chain_of_the_same_steps():
    steps = (GaussianBlur(1), Resize(0.5, 0.4))
    x = picture()
    np.testing.assert_array_equal(LinearChain(steps).apply(x), Chain(steps).apply(x))


def test_screenshots_of_screenshots_lose_more_each_time():
    x = np.repeat(picture()[::3, ::3], 3, 0).repeat(3, 1)
    errors = []
    for count in (1, 2, 3):
        there_and_back = (Screenshot(0.8, quality=60), Screenshot(1.25, quality=60)) * count
        out = Screenshots(there_and_back).apply(x)
        assert out.shape == x.shape
        errors.append(float(np.abs(out - x).mean()))
    assert errors == sorted(errors)
    assert errors[0] > 0.01


def test_drawn_screenshots_are_the_same_for_the_same_seed():
    assert Screenshots.drawn(3, rng(1)) == Screenshots.drawn(3, rng(1))
    assert Screenshots.drawn(3, rng(1)) != Screenshots.drawn(3, rng(2))
    lossless = Screenshots((Screenshot(1.0),)).apply(picture())
    np.testing.assert_array_equal(lossless, Banding(256).apply(picture()))
