"""Letters and faces that changed are pointed out; those that were only made sharper are not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy.ndimage import gaussian_filter

import rigatino as rg
from rigatino.evidence import faces
from rigatino.evidence.faces import CHANGED, NOT_LOOKED_FOR, likeness
from rigatino.evidence.letters import changed
from rigatino.evidence.letters import likeness as letters_alike
from tests.evidence.pictures import jpeg, opened, png

GROUND = (60, 90, 120)


def _sign(text: str) -> np.ndarray:
    image = Image.new("RGB", (360, 120), GROUND)
    drawing = ImageDraw.Draw(image)
    for at, letter in enumerate(text):
        place = (20 + 27 * at, 40)
        drawing.text(place, letter, (240, 240, 235), font=ImageFont.load_default(36))
    return np.asarray(image)


def _luma(pixels: np.ndarray) -> np.ndarray:
    return (pixels.astype(np.float32) @ (0.299, 0.587, 0.114)).astype(np.float32)


def test_another_letter_is_found_and_sharper_ones_are_not() -> None:
    clean = _sign("HARBOUR FAIR")
    before = jpeg(clean, 40)
    sharper = Image.fromarray(opened(before)).filter(ImageFilter.UnsharpMask(1, 60))
    for after, due in ((clean, False), (np.asarray(sharper), False), (_sign("HARBOUN FAIR"), True)):
        found = rg.compare(before, png(after))
        assert any(alarm.kind == "text" for alarm in found.alarms) is due


def test_the_alarm_says_where_and_never_restored() -> None:
    found = rg.compare(jpeg(_sign("HARBOUR FAIR"), 40), png(_sign("HARBOUN FAIR")))
    alarm = next(alarm for alarm in found.alarms if alarm.kind == "text")
    top, left, height, width = alarm.box
    assert top <= 45
    assert top + height >= 75
    assert left <= 20 + 27 * 6
    assert left + width >= 20 + 27 * 7
    assert "not restored" in alarm.words
    assert 0.5 <= alarm.confidence <= 0.95


def test_likeness_of_letters_falls_when_one_is_another() -> None:
    old, new = (_luma(_sign(text))[30:90] for text in ("HARBOUR", "HARBOXR"))
    soft = gaussian_filter(old, 1)
    assert letters_alike(old, soft) > 0.9
    assert letters_alike(old, new) < 0.8


def test_what_neither_the_file_nor_the_strokes_doubt_is_no_alarm() -> None:
    assert changed(alike=0.99, against=0.5) == 0
    assert changed(alike=0.5, against=0.0) == 0
    assert changed(alike=0.5, against=0.5) > changed(alike=0.1, against=0.0) > 0


def _face(mouth: float) -> np.ndarray:
    """An oval with eyes, nose and a mouth that bends up or down, luma (96, 96)."""
    image = Image.new("L", (96, 96), 90)
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((8, 2, 88, 94), fill=190)
    for x in (32, 64):
        drawing.ellipse((x - 8, 34, x + 8, 44), fill=240)
        drawing.ellipse((x - 4, 35, x + 4, 43), fill=40)
    drawing.line((48, 44, 44, 60, 52, 61), fill=130, width=3)
    bend = [(30 + i, round(74 + mouth * ((i - 18) / 18) ** 2)) for i in range(37)]
    drawing.line(bend, fill=90, width=4)
    return gaussian_filter(np.asarray(image, np.float32), 0.8)


def test_a_face_with_another_mouth_is_another_and_a_softer_one_is_not() -> None:
    smiling = _face(-8)
    assert likeness(smiling, gaussian_filter(smiling, 1.5)) > CHANGED
    assert likeness(smiling, _face(8)) < CHANGED


def test_without_the_extra_the_record_says_that_faces_were_not_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(faces, "find_spec", lambda _: None)
    found = rg.compare(jpeg(_sign("HARBOUR"), 40), png(_sign("HARBOUR")))
    assert NOT_LOOKED_FOR in found.notes
    assert 'pip install "rigatino[faces]"' in NOT_LOOKED_FOR
    assert not [alarm for alarm in found.alarms if alarm.kind == "face"]


def test_a_plain_picture_has_no_letters_and_no_faces() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), GROUND).save(stream, "JPEG")
    plain = png(np.full((64, 64, 3), GROUND, np.uint8))
    assert rg.compare(stream.getvalue(), plain).alarms == ()
