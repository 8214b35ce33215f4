"""Tones that ran into the end of the scale."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Clipping

SCENE = leaves(256)


@pytest.mark.parametrize("end", ["white", "black"])
@pytest.mark.parametrize("share", [0.06, 0.2])
def test_lost_tones_are_found_and_counted(end: str, share: float) -> None:
    tones = SCENE.mean(2) / 255
    limit = float(np.quantile(tones, 1 - share if end == "white" else share))
    cut = Clipping(0.0, limit, True) if end == "white" else Clipping(limit, 1.0, True)
    finding = found("clipping", damaged(SCENE, cut))
    assert finding.found
    assert float(str(finding.estimate[f"{end}_share"])) == pytest.approx(share, rel=0.5)
    assert finding.map is not None
    assert finding.map.mean() > share / 2


def test_a_picture_whose_tones_end_before_the_scale_does_is_fine() -> None:
    finding = found("clipping", SCENE)
    assert not finding.found
    assert finding.map is None


def test_a_cut_out_on_white_is_a_background_and_no_loss() -> None:
    cut_out = np.full((256, 256, 3), 255, np.uint8)
    cut_out[64:192, 64:192] = SCENE[64:192, 64:192] // 2
    assert not found("clipping", cut_out).found
