"""Encoders that leave small numbers out are told from those that round."""

from __future__ import annotations

import pytest
from benchmarks.evidence.encoder import saved, thresholded, trellis_like

import rigatino as rg
from rigatino.evidence.jpeg.rounding import drops_small
from rigatino.imaging import coefficients
from tests.evidence.pictures import CLEAN, jpeg, png


@pytest.mark.parametrize("quality", [30, 60, 80, 95])
def test_a_plain_save_drops_nothing(quality) -> None:
    assert not drops_small(coefficients(jpeg(CLEAN, quality)))


@pytest.mark.parametrize("quality", [60, 80])
def test_dropped_units_are_noticed_and_lower_the_claim(quality) -> None:
    file = saved(CLEAN, quality, thresholded)
    assert drops_small(coefficients(file))
    claim = rg.compare(file, png(CLEAN)).main
    assert claim.binds.value != "sure"
    assert "left small numbers out" in claim.binds.reason


def test_a_rule_like_trellis_hardly_hurts_the_truth() -> None:
    claim = rg.compare(saved(CLEAN, 70, trellis_like), png(CLEAN)).main
    assert claim.shares["all"].contradicted < 0.01
