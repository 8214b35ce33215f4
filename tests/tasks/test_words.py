from __future__ import annotations

import pytest

from rigatino.tasks.words import features, stem, telling, words


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("blocks", "block"),
        ("blocky", "block"),
        ("blurred", "blur"),
        ("glass", "glas"),
        ("sea", "sea"),
    ],
)
def test_a_stem_is_the_word_without_its_commonest_endings(word: str, root: str) -> None:
    assert stem(word) == root


def test_words_keep_their_places() -> None:
    text = "The sky’s squares, 100 % real?"
    for word in words(text):
        assert text[word.start : word.end] == word.shown


def test_stop_words_are_not_telling() -> None:
    assert [w.lower for w in telling("How does it know what the squares were?")] == ["squares"]


def test_features_name_the_word_that_they_stand_on() -> None:
    named = features("camera shake")
    assert ("w:camera", 0) in named
    assert ("b:camera shak", 1) in named
    assert all(i in (0, 1) for _, i in named)


def test_hangul_is_cut_into_pairs() -> None:
    assert ("c:사진", 0) not in features("the")
    assert any(name.startswith("c:흐릿") for name, _ in features("흐릿한"))
