"""Blur that differs from place to place: gaps of a kernel, windows, what is left alone."""

from __future__ import annotations

import numpy as np
import pytest

from rigatino.deconvolution import estimated, gaps, restored, surveyed, unexplained
from rigatino.deconvolution.gaps import FILLED
from rigatino.deconvolution.judging import agreement
from rigatino.degradation import Defocus, MotionBlur
from tests.deconvolution.scenes import blurred, decibels, scene, soft


def half_soft(height: int = 320, width: int = 576, radius: float = 4) -> np.ndarray:
    """Sharp on the left, out of focus on the right, (H, W, 1)."""
    x = scene(height, width)
    seen = blurred(x, Defocus(radius).kernel())
    seen[:, : width // 2] = blurred(x, np.ones((1, 1), np.float32))[:, : width // 2]
    return seen


def test_gaps_are_empty_after_the_blur_and_filled_in_a_sharp_picture() -> None:
    x, kernel = scene(), Defocus(4).kernel()
    assert gaps(blurred(x, kernel)[..., 0], kernel, 1.0).filled < 0.05
    assert gaps(blurred(x, np.ones((1, 1), np.float32))[..., 0], kernel, 1.0).filled > FILLED


def test_a_larger_kernel_than_the_true_one_is_not_taken_for_it() -> None:
    seen = blurred(scene(), Defocus(2).kernel())[..., 0]
    true, larger = (gaps(seen, Defocus(radius).kernel(), 1.0).filled for radius in (2, 5))
    assert true < 0.05
    assert larger > 2 * true


def test_places_that_are_sharp_are_told_from_those_that_are_not() -> None:
    seen = half_soft()[..., 0]
    explained = gaps(seen, Defocus(4).kernel(), 1.0).explained()
    assert explained[:, :256].mean() < 0.02
    assert explained[:, 320:].mean() > 0.6


def test_an_edge_outside_the_mask_has_no_part_in_the_kernel() -> None:
    seen = half_soft()[..., 0]
    where = np.zeros(seen.shape, np.float32)
    where[:, 310:] = 1
    beside = np.abs(estimated(seen, where=where) - estimated(seen[:, 290:])).sum()
    assert beside < np.abs(estimated(seen) - estimated(seen[:, 290:])).sum()


def test_what_lies_outside_the_mask_is_left_as_it_is() -> None:
    x, seen = scene(320, 576), half_soft()
    kernel = Defocus(4).kernel()
    where = gaps(seen[..., 0], kernel, 1.0).explained()
    mended = restored(seen, kernel, 1.0, soft, rounds=4, where=where)
    assert (mended[where == 0] == seen[where == 0]).all()
    assert decibels(x[:, 330:], mended[:, 330:], 8) > decibels(x[:, 330:], seen[:, 330:], 8) + 1
    everywhere = restored(seen, kernel, 1.0, soft, rounds=4)
    inside = unexplained(seen, kernel, mended, where=where)
    assert inside < unexplained(seen, kernel, everywhere)


def test_windows_tell_their_own_disk_and_sharp_ones_none() -> None:
    seen = half_soft(320, 768)[..., 0]
    found = surveyed(lambda rows, columns: seen[rows, columns], seen.shape, 1.0)
    assert found.contradicts
    assert not found.one
    right = [cell for cell in found.cells if cell.columns.start >= 384]
    left = [cell for cell in found.cells if cell.columns.stop <= 192]
    assert all(cell.partly for cell in left)
    assert any(cell.source != "left" for cell in right)
    for cell in right:
        if cell.source != "left":
            assert cell.blur.size == pytest.approx(4, abs=0.6)
    assert all(cell.why for cell in found.cells if cell.source == "left")


def test_cells_cover_the_picture_once_and_know_their_pixels() -> None:
    flat = np.full((300, 500), 0.5, np.float32)
    found = surveyed(lambda rows, columns: flat[rows, columns], flat.shape, 1.0)
    seen = np.zeros(flat.shape, int)
    for at, cell in enumerate(found.cells):
        seen[cell.rows, cell.columns] += 1
        assert found.at(cell.rows.start, cell.columns.stop - 1) == at
    assert (seen == 1).all()
    assert not found.undoable


def test_a_large_picture_has_no_more_cells_than_were_allowed() -> None:
    looked: list[tuple[int, int]] = []

    def read(rows: slice, columns: slice) -> np.ndarray:
        looked.append((rows.stop - rows.start, columns.stop - columns.start))
        return np.full(looked[-1], 0.5, np.float32)

    found = surveyed(read, (900, 1500), 1.0, 3)
    assert len(found.cells) <= 9
    assert max(max(size) for size in looked) <= 2 * found.side


def test_a_sum_of_two_paths_agrees_with_neither() -> None:
    one, other = MotionBlur(17, 10).kernel(), MotionBlur(17, 100).kernel()
    side = max(*one.shape, *other.shape)
    both = sum(
        np.pad(k, [((side - n) // 2, (side - n) // 2) for n in k.shape]) for k in (one, other)
    )
    assert agreement(both / 2, one, other) < 0.6
    assert agreement(one, one) == pytest.approx(1, abs=1e-3)
