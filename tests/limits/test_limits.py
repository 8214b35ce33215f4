"""Limits: the surrogate, the search, the planes, where a picture lies, what is shipped."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rigatino.errors import UsageError
from rigatino.imaging import save
from rigatino.limits import (
    PLANES,
    Axis,
    fitted,
    grid_of,
    grid_points,
    limits,
    plane,
    probabilities,
    report_text,
    scattered,
    straddled,
    sure,
    target_of,
)
from rigatino.limits.planes import model_of
from rigatino.limits.shipped import shelf
from rigatino.surfaces.limits_plot import plotted
from tests.run.conftest import fair, jpeg


def hill(at: np.ndarray) -> float:
    return float(36 - 14 * at[0] - 9 * at[1] + 5 * at[0] * at[1])


def score(points: np.ndarray, values: np.ndarray, target: float) -> float:
    grid = grid_points((24, 16))
    said = fitted(points, values).at(grid)[0] >= target
    truth = np.array([hill(at) for at in grid]) >= target
    return 2 * (said & truth).sum() / (said.sum() + truth.sum())


def test_the_surrogate_goes_through_what_was_measured_and_doubts_the_rest() -> None:
    points = np.random.default_rng(0).random((15, 2))
    values = np.array([hill(at) for at in points])
    mean, deviation = fitted(points, values).at(points)
    assert np.abs(mean - values).max() < 0.3
    far = fitted(points[:6] * 0.3, values[:6]).at(np.array([[1.0, 1.0], [0.15, 0.15]]))[1]
    assert far[0] > 2 * far[1]
    assert deviation.max() < far[0]


def test_straddling_finds_the_line_sooner_than_chance() -> None:
    candidates, target = grid_points((13, 9)), 27.0
    scores = {
        search: [score(*search(seed), target) for seed in map(np.random.default_rng, range(4))]
        for search in (
            lambda rng: straddled(hill, candidates, target, 12, rng),
            lambda rng: scattered(hill, candidates, 12, rng),
        )
    }
    straddle, random = (np.mean(values) for values in scores.values())
    assert straddle > 0.97
    assert straddle >= random


def test_no_point_is_measured_twice() -> None:
    points, _ = straddled(hill, grid_points((5, 4)), 27.0, 15, np.random.default_rng(1))
    assert len(np.unique(points, axis=0)) == 15


def test_where_it_is_sure_the_probability_is_extreme() -> None:
    points, values = straddled(hill, grid_points((9, 7)), 27.0, 15, np.random.default_rng(1))
    surface, grid = fitted(points, values), grid_points((20, 20))
    likely, known = probabilities(surface, grid, 27.0), sure(surface, grid, 27.0)
    assert (np.abs(likely[known] - 0.5) > 0.47).all()
    assert (np.abs(likely[~known] - 0.5) <= 0.476).all()


@pytest.mark.parametrize("bend", [1.0, 0.5])
def test_an_axis_and_its_shares_undo_each_other(bend: float) -> None:
    axis = Axis("blur", "pixels", 0.5, 8.0, bend)
    for share in (0.0, 0.3, 1.0):
        assert axis.share(axis.value(share)) == pytest.approx(share)
    assert axis.share(9.0) > 1
    assert axis.share(0.0) < 0


@pytest.mark.parametrize("task", PLANES)
def test_the_shipped_limits_are_of_the_shipped_weights(task: str) -> None:
    kept = shelf(task)
    assert kept.said["sha256"] == model_of(plane(task)).card.sha256
    found = limits(task, target_of("psnr:29"), grid=(8, 6))
    assert found.probability.shape == (6, 8)
    assert not found.notes
    assert found.probability[0, 0] > 0.5 > found.probability[-1, -1]
    text = report_text(found)
    assert max(len(line) for line in text.splitlines()) <= 88
    assert "unknown" in text


def test_other_weights_make_shipped_limits_stale() -> None:
    assert "other weights" in shelf("jpeg").notes("0" * 64)[0]


def test_own_pictures_are_measured_and_a_damaged_one_is_placed(tmp_path: Path) -> None:
    clean, bad = tmp_path / "clean.png", tmp_path / "bad.jpg"
    save(fair(), clean)
    bad.write_bytes(jpeg(fair(), quality=30))
    shares: list[float] = []
    found = limits(
        "jpeg", target_of("ssim:0.8"), [clean], [bad], grid=(6, 5), evaluations=7,
        progress=shares.append,
    )  # fmt: skip
    assert (found.measured, found.pictures, found.source) == (7, 1, "own pictures")
    assert shares[-1] == 1
    (place,) = found.places
    assert place.across == pytest.approx(70, abs=1)
    assert place.inside
    page = plotted(found)
    assert page.shape[2] == 3
    assert (page == (255, 214, 64)).all(axis=2).sum() > 100


def test_a_picture_without_that_damage_is_not_placed(tmp_path: Path) -> None:
    save(fair(), tmp_path / "fine.png")
    with pytest.raises(UsageError, match="no saving as JPEG"):
        limits("jpeg", target_of("psnr:30"), (), [tmp_path / "fine.png"])


def test_what_cannot_be_asked_is_one_line() -> None:
    for wrong in ("psnr", "psnr:900", "ssim:2", "beauty:3", "psnr:-3"):
        with pytest.raises(UsageError, match="--target"):
            target_of(wrong)
    for wrong in ("24", "2x2", "300x5", "axb"):
        with pytest.raises(UsageError, match="--grid"):
            grid_of(wrong)
    with pytest.raises(UsageError, match="--task 'x'"):
        plane("x")
    tiny = io.BytesIO()
    Image.new("RGB", (20, 20)).save(tiny, "PNG")
    with pytest.raises(UsageError, match="20×20"):
        limits("denoise", target_of("psnr:30"), [tiny.getvalue()])
