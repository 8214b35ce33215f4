"""Radius, length and angle of planted blur; sharp pictures stay sharp; declining."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Chain, Defocus, GaussianNoise, Jpeg, MotionBlur
from rigatino.diagnosis import diagnose
from rigatino.imaging import Picture

SCENE = leaves(384)


@pytest.mark.parametrize("radius", [1.5, 2.3, 3.6, 5.0])
def test_the_radius_of_a_defocus_is_found(radius: float) -> None:
    finding = found("blur", damaged(SCENE, Chain((Defocus(radius), GaussianNoise(1 / 255)))))
    assert finding.found
    assert finding.estimate["radius"] == pytest.approx(radius, abs=0.5)


@pytest.mark.parametrize(("length", "angle"), [(9.0, 20.0), (14.0, 75.0), (22.0, 150.0)])
def test_length_and_angle_of_a_motion_are_found(length: float, angle: float) -> None:
    moved = damaged(SCENE, Chain((MotionBlur(length, angle), GaussianNoise(1 / 255))))
    estimate = found("blur", moved).estimate
    assert estimate["kind"] == "motion"
    assert estimate["length"] == pytest.approx(length, rel=0.12)
    assert estimate["angle"] == pytest.approx(angle, abs=8)


def test_a_sharp_picture_is_not_called_blurred() -> None:
    assert not found("blur", SCENE).found


def test_a_coarse_saving_hides_the_gaps_and_it_declines_or_is_right() -> None:
    saved = damaged(SCENE, Chain((Defocus(3.0), Jpeg.of_quality(50))))
    finding = diagnose(Picture(saved), only=["compression", "blur"]).finding("blur")
    assert finding.refused or finding.estimate["radius"] == pytest.approx(3.0, abs=0.5)


def test_flat_and_small_pictures_are_declined() -> None:
    assert found("blur", np.full((200, 200, 3), 90, np.uint8)).refused
    assert found("blur", SCENE[:100, :100]).refused


def test_where_it_is_blurred_is_shown() -> None:
    wide = leaves(640)
    half = np.concatenate((wide[:, :320], damaged(wide, Defocus(4.0))[:, 320:]), axis=1)
    finding = found("blur", half)
    assert finding.map is not None
    assert finding.map[:, 2].mean() > finding.map[:, 0].mean() + 0.2
