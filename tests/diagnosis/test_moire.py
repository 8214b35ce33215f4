"""Slanting waves over the whole picture."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import Pixels, damaged, found, leaves

from rigatino.degradation import Halftone
from rigatino.diagnosis import diagnose
from rigatino.imaging import Picture

SCENE = leaves(320)


def _waves(period: float, angle: float) -> Pixels:
    down, right = np.mgrid[:320, :320]
    turn = np.deg2rad(angle)
    wave = np.cos(2 * np.pi * (right * np.cos(turn) + down * np.sin(turn)) / period)
    return np.clip(SCENE * (1 + 0.15 * wave[..., None]), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("period", "angle"), [(4.0, 25.0), (7.0, 60.0), (10.0, 140.0)])
def test_waves_are_found_and_measured(period: float, angle: float) -> None:
    finding = found("moiré", _waves(period, angle))
    assert finding.found
    assert finding.estimate["period"] == pytest.approx(period, rel=0.05)
    off = (float(str(finding.estimate["angle"])) - angle + 90) % 180 - 90
    assert abs(off) < 5


def test_a_picture_without_waves_has_none() -> None:
    assert not found("moiré", SCENE).found


def test_the_dots_of_a_print_are_not_called_moire() -> None:
    looked = diagnose(Picture(damaged(SCENE, Halftone(6, (45,)))), only=["halftone", "moiré"])
    assert looked.finding("halftone").found
    assert looked.finding("moiré").refused
