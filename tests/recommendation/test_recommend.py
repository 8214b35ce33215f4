from __future__ import annotations

import pytest

from rigatino.brief import Brief, question_only, read_brief
from rigatino.recommendation import lacking, recommend
from rigatino.recommendation.shared import shared_words


def _brief(question: str, model: str = "", title: str = "", summary: str = "") -> Brief:
    models = f"Model: {model}\nPaper: None\nGitHub: None\n" if model else ""
    papers = f"Model: {title}\nPaper: None\nSummary: {summary}\n" if title else ""
    return read_brief(
        f'A user has asked the following question:\n"{question}"\n\n'
        f"### Recommended AI Models:\n{models}\n### Related Papers:\n{papers}\n\nAnswer:\n"
    )


SHAKE = "My hands shook and every photo of the race is smeared. Now they are crisp. How?"


@pytest.mark.parametrize(
    ("model", "fit", "ground"),
    [
        ("Deblur-NAFNet-W64", "direct", "task"),
        ("Txt2Img-StableDiffusionV1-QGO-PromptingReal", "none", "blind"),
        ("Img2Depth-MiDaS-Large", "none", "other"),
        ("ImgMask2Img-LaMa-Big", "none", "other"),
    ],
)
def test_modules_are_judged_by_what_they_take_give_and_do(
    model: str, fit: str, ground: str
) -> None:
    verdict = recommend(_brief(SHAKE, model)).models[0]
    assert (verdict.fit, verdict.ground) == (fit, ground)


def test_a_fixed_factor_does_not_serve_a_free_choice() -> None:
    question = (
        "I typed 5.3 times and my tiny thumbnail became a huge poster. How can it enlarge that?"
    )
    assert recommend(_brief(question, "SISR-x4-RealESRGAN")).models[0].condition == "4"
    assert recommend(_brief(question, "SISR-Any-LIIF-EDSR")).models[0].fit == "direct"


def test_raw_data_is_lacking_and_text_is_not() -> None:
    assert lacking(("raw sensor data", "text", "quality-factor (optional)"), ("image",)) == (
        "raw sensor data",
    )


def test_a_shared_word_alone_never_makes_a_paper_direct() -> None:
    verdict = recommend(
        _brief(
            SHAKE,
            title="Shaking Hands: Authenticated Key Exchange in Smeared Networks",
            summary="We study handshake protocols between servers and prove that the session key "
            "stays secret. The protocol needs 3 messages and was tested on 40 data centres.",
        )
    ).papers[0]
    assert verdict.fit == "keyword-only"
    assert verdict.misleading_word
    assert verdict.misleading_word in verdict.title


def test_the_span_of_a_verdict_lies_in_the_source() -> None:
    summary = "We estimate the blur kernel of camera shake and deconvolve the image."
    brief = _brief(SHAKE, title="Deblurring by Estimating Camera Shake", summary=summary)
    verdict = recommend(brief).papers[0]
    assert verdict.fit == "direct"
    assert verdict.span
    assert brief.source("P1").text[slice(*verdict.span)]


def test_items_tip_an_unsure_reading_and_never_a_sure_one() -> None:
    sure = "The jpeg blocks and square compression artifacts in my meme are gone. How?"
    brief = _brief(sure, "Deblur-NAFNet-W64")
    assert recommend(brief).tasks[0].slug == "jpeg-artifact-removal"
    assert not recommend(brief).tipped


def test_a_question_alone_has_no_items_to_judge() -> None:
    recommendation = recommend(question_only(SHAKE))
    assert recommendation.models == recommendation.papers == ()
    assert not recommendation.fits_exist


def test_the_asker_s_own_rare_word_in_a_title_misleads_most() -> None:
    title = "Unveiling Glitches of an Encoder"
    tasks = ("jpeg-artifact-removal",)
    words = shared_words("The glitches in my meme", tasks, title, "A meme is a picture.")
    assert words[0].word == "Glitches"
    assert words[0].in_title
    assert words[0].in_question
