"""Grey blacks, dull whites, pale colours."""

from __future__ import annotations

import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Clipping, Fading

SCENE = leaves(256)


@pytest.mark.parametrize("black", [0.15, 0.25])
def test_a_faded_picture_is_found(black: float) -> None:
    finding = found("fading", damaged(SCENE, Fading(0.5, black, 0.85)))
    assert finding.found
    assert float(str(finding.estimate["darkest"])) >= 255 * black


def test_a_picture_with_blacks_and_whites_is_not_faded() -> None:
    assert not found("fading", SCENE).found


def test_a_bright_picture_with_whites_is_not_faded() -> None:
    assert not found("fading", damaged(SCENE, Clipping(-1.0, 0.9, stretch=True))).found
