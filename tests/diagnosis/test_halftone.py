"""Dots of a print."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Chain, Halftone, Jpeg

SCENE = leaves(256)


@pytest.mark.parametrize(("pitch", "angle"), [(3.5, 20.0), (6.0, 45.0), (9.0, 0.0), (5.0, 70.0)])
def test_pitch_and_angle_of_a_screen_are_found(pitch: float, angle: float) -> None:
    finding = found("halftone", damaged(SCENE, Halftone(pitch, (angle,))))
    assert finding.found
    assert finding.estimate["pitch"] == pytest.approx(pitch, rel=0.06)
    off = float(str(finding.estimate["angle"])) - angle
    assert abs((off + 45) % 90 - 45) < 4


def test_saving_does_not_hide_the_dots() -> None:
    assert found("halftone", damaged(SCENE, Chain((Halftone(), Jpeg.of_quality(60))))).found


def test_a_picture_and_a_fence_are_no_prints() -> None:
    fence = SCENE.copy()
    fence[:, ::6] = fence[:, ::6] // 2
    assert not found("halftone", SCENE).found
    assert not found("halftone", np.ascontiguousarray(fence)).found


def test_a_coarse_saving_is_no_print() -> None:
    assert not found("halftone", damaged(SCENE, Jpeg.of_quality(8))).found
