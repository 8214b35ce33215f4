"""Lines of letters: where they stand, and that they are no fault."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.diagnosis.scenes import Pixels, found, leaves

from rigatino.diagnosis import Diagnosis, by_importance, diagnose, report_text
from rigatino.imaging import Picture, load

SCENE = leaves(384)
WORDS = "Harbour Street 1987"


def _lettered(size: int = 28, top: int = 300, quality: int = 80, strip: bool = False) -> bytes:
    image = Image.fromarray(SCENE)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size)
    if strip:
        pen.rectangle((20, top - 4, 370, top + size + 8), fill="black")
    pen.text((30, top), WORDS, "white", font, stroke_width=2, stroke_fill="black")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _looked(data: bytes) -> Diagnosis:
    return diagnose(load(data), only=["text regions"])


@pytest.mark.parametrize("strip", [False, True])
@pytest.mark.parametrize("size", [20, 28, 36])
def test_a_line_of_type_is_found_at_its_place(size: int, strip: bool) -> None:
    finding = _looked(_lettered(size, strip=strip)).finding("text regions")
    assert finding.found
    boxes = np.array(finding.estimate["boxes"])
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    assert ((middles > 296) & (middles < 308 + size)).all()
    assert finding.map is not None
    assert finding.map[: len(finding.map) // 2].max() == 0


def _fence() -> Pixels:
    """Slats, all alike, on quiet ground."""
    fence = np.random.default_rng(0).normal(110, 2, SCENE.shape).round().astype(np.uint8)
    for left in range(20, 360, 12):
        fence[200:240, left : left + 5] = 250
    return fence


def test_a_scene_and_a_fence_have_no_letters() -> None:
    assert not found("text regions", SCENE).found
    assert not found("text regions", _fence()).found


def test_a_large_picture_is_looked_at_as_a_whole_and_boxes_are_in_its_pixels() -> None:
    large = np.asarray(load(_lettered(36, quality=95)).colour).repeat(4, 0).repeat(4, 1)
    finding = found("text regions", large)
    assert finding.found
    top, left, foot, right = np.array(finding.estimate["boxes"])[0]
    assert 4 * 296 < top < foot < 4 * 350
    assert 4 * 20 < left < right <= 4 * 384


def test_letters_are_an_observation_and_change_no_verdict() -> None:
    looked = _looked(_lettered())
    assert looked.verdict.leave_alone
    assert by_importance(looked) == ()
    text = report_text(looked)
    wrong, seen = text.split("Seen, and no fault")
    assert "letters" not in wrong
    assert "There are letters in this picture" in seen
    assert "check them after a repair" in " ".join(seen.split())


def test_without_letters_nothing_is_said_of_them() -> None:
    looked = diagnose(Picture(SCENE), only=["text regions", "banding"])
    assert "letters" not in report_text(replace(looked, notes=()))
    assert "text regions" not in report_text(looked)
