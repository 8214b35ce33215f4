"""One tint over everything."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import ColourCast

SCENE = leaves(256)


@pytest.mark.parametrize(
    ("gains", "name"),
    [((1, 0.82, 0.6), "yellowish"), ((0.6, 0.8, 1), "bluish"), ((0.7, 1, 0.7), "greenish"),
     ((1, 0.7, 1), "pinkish")],
)  # fmt: skip
def test_a_cast_is_found_named_and_measured(gains: tuple[float, ...], name: str) -> None:
    finding = found("colour cast", damaged(SCENE, ColourCast(gains)))
    assert finding.found
    assert finding.estimate["tint"] in {name, "reddish" if name == "yellowish" else name}
    np.testing.assert_allclose(np.array(finding.estimate["gains"]), gains, atol=0.12)


def test_a_neutral_picture_has_none() -> None:
    assert not found("colour cast", SCENE).found


@pytest.mark.parametrize("channels", [1, 3])
def test_a_grey_picture_is_declined(channels: int) -> None:
    grey = np.repeat(SCENE[..., :1], channels, axis=2)
    finding = found("colour cast", grey)
    assert finding.refused
    assert "no colours" in finding.reason


def test_a_picture_mostly_white_is_declined() -> None:
    page = np.full((256, 256, 3), 255, np.uint8)
    page[:60] = SCENE[:60]
    assert found("colour cast", page).refused
