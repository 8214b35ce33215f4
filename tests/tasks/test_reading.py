from __future__ import annotations

import pytest

from rigatino.tasks import glossed, language_of, rarity, read


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("The jpeg squares in the sky are gone after the repair", "jpeg-artifact-removal"),
        ("My hands shook and the photo is smeared, now it is sharp", "deblurring"),
        ("It took the grain and speckle out of my night shot", "denoising"),
        ("It coloured my black and white photo of grandma", "colorization"),
        ("The fog over the valley in my drone picture is gone", "dehazing"),
        ("Mi foto estaba llena de ruido y grano, y ahora está limpia, ¿cómo lo hace?", "denoising"),
        ("흑백 사진에 색을 입혀 주었는데 옷 색깔은 어떻게 알았나요?", "colorization"),
    ],
)
def test_plain_questions_reach_their_task(question: str, slug: str) -> None:
    assert read(question, "question")[0].slug == slug


def test_the_words_that_decided_are_words_of_the_text() -> None:
    text = "All the blocky squares in my forwarded meme are gone"
    guess = read(text, "question")[0]
    assert guess.because
    assert all(word in text for word in guess.because)


def test_probabilities_are_probabilities_and_sorted() -> None:
    guesses = read("A cat", "question")
    values = [g.confidence for g in guesses]
    assert values == sorted(values, reverse=True)
    assert all(0 <= v <= 1 for v in values)


def test_an_empty_text_is_read_as_nothing_in_particular() -> None:
    assert all(not g.because for g in read("", "question"))


def test_languages_are_told_apart() -> None:
    assert language_of("How does it know?") == "en"
    assert language_of("¿Cómo sabe qué había debajo de la mancha de mi foto?") == "es"
    assert language_of("사진이 흐릿해요") == "ko"


def test_the_glossary_adds_and_takes_nothing_away() -> None:
    text = "사진의 얼굴이 흐릿해요"
    assert glossed(text).startswith(text)
    assert "face" in glossed(text)


def test_rare_words_are_rarer() -> None:
    assert rarity("the") < rarity("glitch") <= rarity("qwxyzzy") == 1.0
