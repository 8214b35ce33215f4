"""The records: frozen, plain, and honest about refusing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rigatino.diagnosis import DETECTORS, Finding, diagnose
from rigatino.errors import UsageError
from rigatino.imaging import Picture


def test_a_diagnosis_is_plain_json() -> None:
    pixels = np.random.default_rng(0).integers(60, 190, (64, 80, 3)).astype(np.uint8)
    data = json.loads(json.dumps(diagnose(Picture(pixels)).to_json()))
    assert data["schema"] == "rigatino/diagnosis/1"
    assert [finding["name"] for finding in data["findings"]] == list(DETECTORS)


def test_an_estimate_cannot_be_changed() -> None:
    finding = Finding("x", estimate={"a": 1})
    with pytest.raises(TypeError):
        finding.estimate["a"] = 2  # type: ignore[index]


def test_who_refuses_says_why() -> None:
    with pytest.raises(ValueError, match="why"):
        Finding("x", refused=True)


def test_a_tiny_picture_is_refused_by_every_detector() -> None:
    diagnosis = diagnose(Picture(np.zeros((20, 30, 1), np.uint8)))
    assert all(finding.refused for finding in diagnosis.findings)
    assert not diagnosis.verdict.steps
    assert not diagnosis.verdict.leave_alone


def test_an_unknown_detector_is_named() -> None:
    with pytest.raises(UsageError, match="'colour of the frame'"):
        diagnose(Picture(np.zeros((64, 64, 1), np.uint8)), only=["colour of the frame"])


@pytest.mark.parametrize("kind", ["flat", "16 bits", "grey", "alpha", "narrow"])
def test_odd_pictures_are_diagnosed_without_a_crash(kind: str) -> None:
    rng = np.random.default_rng(1)
    pixels = {
        "flat": np.full((64, 64, 3), 128, np.uint8),
        "16 bits": rng.integers(0, 65535, (90, 70, 3)).astype(np.uint16),
        "grey": rng.integers(0, 255, (90, 70, 1)).astype(np.uint8),
        "alpha": rng.integers(0, 255, (90, 70, 4)).astype(np.uint8),
        "narrow": rng.integers(0, 255, (48, 3000, 3)).astype(np.uint8),
    }[kind]
    diagnosis = diagnose(Picture(pixels))
    assert len(diagnosis.findings) == len(DETECTORS)
