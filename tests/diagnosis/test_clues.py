"""The clue map says what was written, and keeps "not received" apart from "rounded away"."""

from __future__ import annotations

import numpy as np
import pytest
from tests.imaging import jpeg_writer

from rigatino.diagnosis import LEVELS, clues_of, percent, sureness
from rigatino.imaging import coefficients


def _jpeg(blocks: np.ndarray) -> bytes:
    rows, columns = blocks.shape[:2]
    part = jpeg_writer.Component(1, 1, np.full((8, 8), 10), blocks)
    return jpeg_writer.write(8 * columns, 8 * rows, [part], restart=1)


def _blocks() -> np.ndarray:
    """Left to right: average only, edges too, texture too, texture without edges."""
    blocks = np.zeros((1, 4, 8, 8), int)
    blocks[..., 0, 0] = 5
    blocks[0, 1, 0, 1] = blocks[0, 2, 1, 1] = 3
    blocks[0, 2, 4, 4] = blocks[0, 3, 0, 4] = -1
    return blocks


def test_every_square_is_what_was_written_into_it() -> None:
    clues = clues_of(coefficients(_jpeg(_blocks())))
    assert [LEVELS[level] for level in clues.survived[0]] == [
        "average", "edges", "texture", "texture",
    ]  # fmt: skip
    assert dict(clues.squares) == {"nothing": 0, "average": 0.25, "edges": 0.25, "texture": 0.5}
    assert clues.rounded[0] == pytest.approx([63 / 64, 62 / 64, 61 / 64, 62 / 64])
    assert clues.nonzero == round(8 / 256, 4)
    assert clues.sentence.startswith("3 % of the stored coefficients are not zero")


def test_what_was_not_received_was_not_rounded_away() -> None:
    whole = _jpeg(np.tile(_blocks(), (4, 1, 1, 1)))
    clues = clues_of(coefficients(whole[: whole.rindex(b"\xff\xd1")]))
    assert clues.received < 1
    assert clues.squares["nothing"] > 0
    lost = clues.survived == LEVELS.index("nothing")
    assert (clues.rounded[lost] == 0).all()
    assert clues.nonzero == pytest.approx(8 / 256, abs=0.01)
    assert "were not received" in clues.levels_sentence


def test_bands_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = coefficients(_jpeg(np.tile(_blocks(), (20, 3, 1, 1))))
    whole = clues_of(stored)
    monkeypatch.setattr("rigatino.diagnosis.clues._BAND", 8)
    banded = clues_of(stored)
    assert banded.to_json() == whole.to_json()
    assert (banded.survived == whole.survived).all()
    assert (banded.rounded == whole.rounded).all()


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (0.09, "9 %"), (0.004, "0.4 %"), (0.0004, "0.04 %")]
)
def test_a_small_share_is_not_rounded_to_nothing(share: float, words: str) -> None:
    assert percent(share) == words


def test_confidence_has_words_for_every_value() -> None:
    assert [sureness(c) for c in (1.0, 0.85, 0.6, 0.4, 0.0)] == [
        "sure", "very likely", "likely", "perhaps", "a weak guess",
    ]  # fmt: skip
