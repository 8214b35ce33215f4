"""Grains on quiet parts."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Dust

SCENE = leaves(256)


@pytest.mark.parametrize(("tone", "kind"), [(1.0, "bright"), (0.0, "dark")])
def test_dust_is_found_and_its_kind_told(tone: float, kind: str) -> None:
    finding = found("dust", damaged(SCENE, Dust(600, 3, tone)))
    assert finding.found
    assert finding.estimate["kind"] == kind
    assert finding.map is not None


def test_a_clean_picture_has_no_dust() -> None:
    finding = found("dust", SCENE)
    assert not finding.found
    assert finding.map is None


def test_the_map_points_at_the_grains() -> None:
    dusty = np.random.default_rng(0).normal(90, 3, (256, 256, 3)).round().astype(np.uint8)
    dusty[8:120:16, 8:120:16] = 255
    finding = found("dust", dusty)
    assert finding.map is not None
    half = len(finding.map) // 2
    assert finding.map[:half, :half].sum() == pytest.approx(finding.map.sum())
