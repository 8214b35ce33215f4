"""Where AFTER lies on BEFORE, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import rigatino as rg
from rigatino.errors import UsageError
from rigatino.evidence.drawings import drawing
from tests.evidence.pictures import CLEAN, jpeg, png, resized

BEFORE = jpeg(CLEAN, 60)


def moved(pixels: np.ndarray, down: float, across: float) -> np.ndarray:
    """By a phase: pixel (y, x) shows what was at (y + down, x + across)."""
    rows, columns = np.fft.fftfreq(pixels.shape[0]), np.fft.fftfreq(pixels.shape[1])
    turn = np.exp(2j * np.pi * (down * rows[:, None] + across * columns[None]))
    spectrum = np.fft.fft2(pixels.astype(float), axes=(0, 1))
    return np.fft.ifft2(spectrum * turn[..., None], axes=(0, 1)).real


def test_the_same_size_lies_pixel_on_pixel() -> None:
    relation = rg.compare(BEFORE, png(CLEAN)).relation
    assert (relation.kind, relation.shift, relation.scale) == ("same", (0.0, 0.0), (1.0, 1.0))
    assert relation.likeness > 0.9


@pytest.mark.parametrize(("top", "left"), [(0, 0), (13, 40), (64, 31)])
def test_a_part_is_found_to_the_pixel(top, left) -> None:
    found = rg.compare(BEFORE, png(CLEAN[top : top + 160, left : left + 180]))
    assert found.relation.kind == "cropped"
    assert found.relation.box == (top, left, 160, 180)
    assert found.main.shares["all"].contradicted < 1e-4


@pytest.mark.parametrize(("down", "across"), [(0.5, 0.25), (2.75, -1.4)])
def test_a_shift_by_parts_of_a_pixel_is_measured_and_lowers_the_claim(down, across) -> None:
    found = rg.compare(BEFORE, png(moved(CLEAN, down, across)[8:-8, 8:-8]))
    assert np.allclose(found.relation.shift, (down + 8, across + 8), atol=0.06)
    assert found.main.binds.value != "sure"
    assert found.main.shares["all"].contradicted < 0.01


@pytest.mark.parametrize("size", [(512, 512), (377, 420), (900, 1000)])
def test_an_enlargement_of_the_whole_frame_by_any_factor(size) -> None:
    relation = rg.compare(BEFORE, png(resized(CLEAN, size))).relation
    assert relation.kind == "enlarged"
    assert relation.scale == pytest.approx((size[0] / 256, size[1] / 256))


def test_a_reduction_is_named_and_its_claim_lowered() -> None:
    found = rg.compare(BEFORE, png(resized(CLEAN, (128, 128))))
    assert found.relation.kind == "reduced"
    assert found.main.binds.value != "sure"


def test_a_change_of_colour_is_read_and_undone() -> None:
    relation = rg.compare(BEFORE, png(CLEAN * np.array((0.9, 1.0, 0.8)) + 12)).relation
    assert np.allclose(relation.gain, (0.9, 1.0, 0.8), atol=0.03)
    assert np.allclose(relation.offset, 12, atol=4)
    assert "colour" in relation.words


def test_another_picture_is_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match="does not show the same picture") as caught:
        rg.compare(BEFORE, png(drawing(12)))
    assert "\n" not in str(caught.value)


def test_what_is_too_small_to_find_must_have_the_same_size() -> None:
    tiny = CLEAN[:24, :24]
    assert rg.compare(jpeg(tiny), png(tiny)).relation.kind == "same"
    with pytest.raises(UsageError, match="too small or too plain"):
        rg.compare(jpeg(tiny), png(CLEAN[:20, :20]))


def wall(side: int = 400) -> np.ndarray:
    """Windows in even rows, each of its own shade."""
    rng = np.random.default_rng(0)
    out = 150 + rng.normal(0, 3, (side, side, 3))
    for top in range(12, side - 30, 36):
        for left in range(10, side - 24, 28):
            out[top : top + 24, left : left + 16] = rng.uniform(40, 60)
    return np.clip(out, 0, 255).astype(np.uint8)


def test_a_mirrored_patch_in_a_pattern_does_not_move_the_picture() -> None:
    after = wall()
    after[:133, :133] = after[:133, :133][::-1, ::-1]
    relation = rg.compare(jpeg(wall(), 40), png(after)).relation
    assert (relation.kind, relation.shift) == ("same", (0.0, 0.0))


def test_a_part_of_a_pattern_lies_where_its_own_shades_are() -> None:
    relation = rg.compare(jpeg(wall(), 40), png(wall()[48:-60, 31:-40])).relation
    assert relation.kind == "cropped"
    assert relation.box == (48, 31, 292, 329)


def test_a_half_plain_picture_that_was_blurred_is_still_placed() -> None:
    half = CLEAN.copy()
    half[:, 128:] = 90
    rows = np.cumsum(np.pad(half.astype(float), ((12, 12), (0, 0), (0, 0)), "edge"), axis=0)
    moved = (rows[24:] - np.pad(rows, ((1, 0), (0, 0), (0, 0)))[:256]) / 24
    after = half.copy()
    after[:, 128:] = 91
    assert rg.compare(png(moved[:256]), png(after)).relation.kind == "same"
