"""The order of repair, and the pictures that are left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from tests.diagnosis.test_compression import saved, scene

from rigatino.diagnosis import Finding, diagnose
from rigatino.diagnosis.verdict import REPAIRS, verdict
from rigatino.imaging import Picture, load
from rigatino.tasks import slugs


def test_compression_comes_first_whatever_the_order_of_findings() -> None:
    found = [Finding("enlargement", True), Finding("noise", True), Finding("compression", True)]
    assert [step.finding for step in verdict(found).steps][:2] == ["compression", "noise"]


def test_what_was_refused_is_not_repaired() -> None:
    refused = Finding("noise", True, refused=True, reason="too small")
    assert verdict([refused, Finding("blur")]).leave_alone


def test_every_repair_is_a_task_that_there_is() -> None:
    assert {repair.task for repair in REPAIRS} <= set(slugs())


def test_a_hard_jpeg_is_to_be_repaired() -> None:
    steps = diagnose(load(saved(scene(320), 25))).verdict.steps
    assert steps[0].task == "jpeg-artifact-removal"


def test_pristine_pictures_are_left_alone(data: Path) -> None:
    files = sorted((data / "data/test/LIVE1").glob("*.png"))[::10]
    alone = []
    for file in files:
        with Image.open(file) as image:
            alone.append(diagnose(Picture(np.array(image.convert("RGB")))).verdict.leave_alone)
    assert len(alone) >= 3
    assert all(alone)


def test_where_nothing_could_be_told_nothing_is_advised() -> None:
    refused = [Finding(name, refused=True, reason="too small") for name in ("noise", "blur")]
    said = verdict(refused)
    assert not said.steps
    assert not said.leave_alone
    assert "could be told" in said.sentence


def test_a_refusal_limits_the_praise() -> None:
    seen = verdict([Finding("noise"), Finding("blur", refused=True, reason="too small")])
    assert seen.leave_alone
    assert "as far as could be told" in seen.sentence
    assert "as far as" not in verdict([Finding("noise"), Finding("blur")]).sentence
