"""Tones that ran into the end of the scale."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Clipping

SCENE = leaves(256)


@pytest.mark.parametrize("stretch", [True, False])
def test_burnt_out_lights_are_found(stretch: bool) -> None:
    cut = float(np.quantile(SCENE.mean(2), 0.85)) / 255
    finding = found("clipping", damaged(SCENE, Clipping(0.0, cut, stretch)))
    assert finding.found
    assert finding.estimate["white_share"] == pytest.approx(0.15, abs=0.05)
    assert finding.map is not None


def test_blocked_shadows_are_found() -> None:
    cut = float(np.quantile(SCENE.mean(2), 0.2)) / 255
    finding = found("clipping", damaged(SCENE, Clipping(cut, 1.0, stretch=True)))
    assert finding.found
    assert float(str(finding.estimate["black_share"])) > 0.1


def test_a_cut_out_on_white_is_no_clipping() -> None:
    cut_out = SCENE.copy()
    cut_out[:, :60] = 255
    assert not found("clipping", cut_out).found


def test_a_picture_that_uses_its_scale_is_fine() -> None:
    assert not found("clipping", SCENE).found
