"""The shares of a JPEG: they add to 1, the truth contradicts nothing, a blurred picture does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy.ndimage import gaussian_filter

import rigatino as rg
from rigatino.evidence.jpeg.fixed import FileNumbers, Known
from rigatino.evidence.jpeg.planes import cosines
from rigatino.evidence.jpeg.reading import read
from rigatino.evidence.jpeg.splitting import split
from rigatino.evidence.jpeg.tally import shares_by_name
from rigatino.evidence.laying import on_own_grid
from rigatino.imaging import coefficients, dct8
from tests.evidence.pictures import CLEAN, jpeg, opened, png

NUMBERS = st.floats(-1000, 1000, width=32)


def shares(file: bytes, after: np.ndarray) -> dict:
    fixed = FileNumbers(coefficients(file))
    return shares_by_name(read(fixed, on_own_grid(after)).tallies, fixed.colour)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(0.5, 200, width=32)), min_size=1))
def test_every_part_is_at_least_nothing_and_what_lies_inside_contradicts_nothing(rows) -> None:
    found, stored, half = (np.zeros((len(rows), 1, 64), np.float32) for _ in range(3))
    for at, (c, c0, h) in enumerate(rows):
        found[at, 0, 1:], stored[at, 0, 1:], half[at] = c, c0, h
    parts = split(found, Known(stored, -half, half, 0.5))
    for part in (parts.recovered, parts.filled, parts.contradicted):
        assert (part >= 0).all()
    inside = np.abs(found - stored) <= half
    assert (parts.contradicted[inside] == 0).all()
    assert (parts.contradicted[~inside] > 0).any() == (~inside).any()
    assert (parts.filled <= half**2 * 1.001 + 1e-3).all()


@settings(max_examples=12, deadline=None)
@given(st.integers(5, 95), st.sampled_from([0, 1, 2]), st.booleans())
def test_the_truth_contradicts_nothing_and_shares_add_to_one(
    quality, sampling, progressive
) -> None:
    truth = CLEAN[: 200 - quality % 7, : 180 + quality % 5]
    file = jpeg(truth, quality, subsampling=sampling, progressive=progressive)
    found = shares(file, truth)
    assert found["all"].contradicted < 1e-4
    for part in found.values():
        assert part.recovered + part.filled + part.contradicted == pytest.approx(1)


@pytest.mark.parametrize("quality", [20, 50, 85])
def test_the_decode_is_recovered_and_a_blurred_one_contradicts(quality) -> None:
    file = jpeg(CLEAN, quality)
    plain = opened(file)
    assert shares(file, plain)["luma fine"].filled < 0.05
    soft = gaussian_filter(plain.astype(float), (2, 2, 0)).astype(np.uint8)
    assert shares(file, soft)["fine"].contradicted > 0.15


def test_the_truth_is_filled_in_the_more_the_less_is_stored() -> None:
    filled = [shares(jpeg(CLEAN, q), CLEAN)["fine"].filled for q in (90, 75, 60, 30, 10)]
    assert filled == sorted(filled)


def test_without_detail_there_is_no_percentage() -> None:
    flat = np.full((64, 64, 3), 90, np.uint8)
    found = shares(jpeg(flat), flat)["fine"]
    assert (found.recovered, found.filled, found.contradicted) == (None, None, None)


def test_blocks_that_reach_beyond_the_picture_are_exempt() -> None:
    truth = CLEAN[:101, :99]
    file = jpeg(truth, 60, subsampling=0)
    spoilt = opened(file).copy()
    spoilt[96:] = 0
    spoilt[:, 96:] = 255
    assert shares(file, spoilt) == shares(file, opened(file))


def test_colour_finer_than_the_sampling_is_filled_in() -> None:
    file = jpeg(np.full((64, 64, 3), 128, np.uint8), 90)
    after = np.full((64, 64, 3), 128, np.uint8)
    after[::2, :, 2] += 40
    after[1::2, :, 2] -= 40
    assert shares(file, after)["chroma"].filled > 0.95


def test_colours_of_a_grey_file_are_filled_in() -> None:
    grey = CLEAN.mean(axis=2).astype(np.uint8)[..., None]
    file = jpeg(grey, 80)
    found = shares(file, np.repeat(grey, 3, axis=2))
    assert found["chroma"].filled is None or found["chroma"].energy < 0.1
    assert shares(file, CLEAN)["chroma"].filled == pytest.approx(1)


def test_bands_and_coefficients_are_those_of_the_orthonormal_transform() -> None:
    plane = CLEAN[:32, :40, 0].astype(np.float32)
    blocks = plane.reshape(4, 8, 5, 8).swapaxes(1, 2)
    assert np.allclose(
        cosines(plane).reshape(4, 5, 8, 8), dct8(np.ascontiguousarray(blocks)), atol=1e-2
    )


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_turned_file_says_the_same(orientation) -> None:
    truth = CLEAN[:160, :224]
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = jpeg(truth, 40, exif=exif)
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    turned = Image.fromarray(truth)
    if orientation > 1:
        turned = turned.transpose(Image.Transpose(turns[orientation]))
    found = rg.compare(file, png(np.asarray(turned)))
    assert found.main.shares["all"].contradicted < 1e-4
    assert found.main.shares["fine"].filled == pytest.approx(shares(file, truth)["fine"].filled)
    assert found.maps.filled.shape == tuple(-(-n // 8) for n in turned.size[::-1])
