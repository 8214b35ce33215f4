"""The page on diagnosis has a section for every detector, with what it cannot do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rigatino.diagnosis import DETECTORS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "diagnosis.md"


def _sections() -> dict[str, str]:
    """Heading -> its text, in single blanks."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    heads, bodies = parts[1::2], parts[2::2]
    return {head: " ".join(body.split()) for head, body in zip(heads, bodies, strict=True)}


@pytest.mark.parametrize("name", DETECTORS)
def test_every_detector_says_on_the_page_what_it_cannot_do(name: str) -> None:
    section = _sections()[name]
    assert DETECTORS[name].asks in section
    assert DETECTORS[name].cannot in section
