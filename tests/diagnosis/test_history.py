"""Earlier savings, and whether the tables bind."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.scenes import leaves
from tests.diagnosis.test_compression import decoded, saved, scene

from rigatino.diagnosis import diagnose
from rigatino.imaging import Picture, load


def test_one_saving_is_one_and_binds() -> None:
    diagnosis = diagnose(load(saved(leaves(), 75)))
    finding = diagnosis.finding("compression")
    assert finding.estimate["savings"] == 1
    assert diagnosis.binds.value != "no", diagnosis.binds.reason


def test_a_second_saving_on_the_same_grid_is_found_with_its_quality() -> None:
    twice = saved(decoded(saved(scene(320), 55)), 85)
    diagnosis = diagnose(load(twice))
    said = diagnosis.finding("compression").estimate
    assert (said["savings"], said["earlier_kind"]) == (2, "aligned")
    assert abs(int(str(said["earlier_quality"])) - 55) <= 2
    assert diagnosis.binds.value == "no"
    assert "saved before" in diagnosis.binds.reason


def test_an_earlier_grid_is_found_with_its_place() -> None:
    once = np.ascontiguousarray(decoded(saved(scene(320), 40))[5:, 2:])
    said = diagnose(load(saved(once, 85))).finding("compression").estimate
    assert (said["savings"], said["earlier_kind"]) == (2, "shifted")
    assert said["earlier_grid"] == (3, 6)


def test_two_savings_are_seen_in_the_pixels_alone() -> None:
    pixels = np.ascontiguousarray(decoded(saved(decoded(saved(scene(320), 50)), 80))[1:, 4:])
    said = diagnose(Picture(pixels)).finding("compression").estimate
    assert (said["source"], said["savings"]) == ("pixels", 2)


def test_noise_before_saving_does_not_bind() -> None:
    rng = np.random.default_rng(0)
    noisy = np.clip(scene(320) + rng.normal(0, 18, (320, 320, 3)), 0, 255).astype(np.uint8)
    diagnosis = diagnose(load(saved(noisy, 90)))
    assert diagnosis.binds.value == "no"
    assert "noisy" in diagnosis.binds.reason


def test_progressive_tables_bind_at_most_likely() -> None:
    assert diagnose(load(saved(leaves(), 75, progressive=True))).binds.value == "likely"


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_the_grid_is_that_of_the_stored_picture(orientation: int) -> None:
    """Turned pictures whose sides are no multiples of 8 keep their grid at the stored corner."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(np.ascontiguousarray(scene(320)[:301, :299]), 75, exif=exif)
    once = diagnose(load(data)).finding("compression").estimate
    assert once["savings"] == 1
