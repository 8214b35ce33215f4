"""Too few tones."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import damaged, found, leaves

from rigatino.degradation import Banding

SCENE = leaves(256)


@pytest.mark.parametrize("levels", [8, 16, 32, 64])
def test_the_number_of_tones_is_found(levels: int) -> None:
    finding = found("banding", damaged(SCENE, Banding(levels)))
    assert finding.found
    assert finding.estimate["levels"] == pytest.approx(levels, abs=1)


def test_a_picture_with_all_its_tones_is_fine() -> None:
    assert not found("banding", SCENE).found


def test_a_drawing_of_three_tones_is_declined() -> None:
    drawing = (np.arange(90_000).reshape(300, 300, 1) // 30_000 * 100).astype(np.uint8)
    assert found("banding", drawing).refused


def test_three_tones_at_uneven_distances_are_declined_and_not_averaged() -> None:
    tones = np.array([0, 10, 90], np.uint8)[np.arange(90_000).reshape(300, 300, 1) // 30_000]
    assert found("banding", tones).refused
