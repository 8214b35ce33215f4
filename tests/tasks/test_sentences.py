from __future__ import annotations

import pytest

from rigatino.tasks import sentence_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Gains of 0.45 dB. More follows.", ["Gains of 0.45 dB.", "More follows."]),
        ("Methods (e.g. CNNs) fail. So what.", ["Methods (e.g. CNNs) fail.", "So what."]),
        ("Dong et al. showed it. Yes.", ["Dong et al. showed it.", "Yes."]),
        ('He said "stop." Then left.', ['He said "stop."', "Then left."]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == expected
