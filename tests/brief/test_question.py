"""The question, however it stands in the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rigatino.brief import Brief, question_only, read_brief
from rigatino.errors import BriefError

QUESTIONS = [
    "Why?",
    '"Repair" did it, but what is "real"?',
    'The button said "repair".',
    "Two paragraphs.\n\nThe second one asks: why?",
    "왜 안개가 사라졌나요? '수리' 버튼을 눌렀어요.",
    "¿Por qué desapareció la niebla? «Reparar», decía.",
    'My disk is 3.5" wide. Why?',
    "It said:\n### Related Papers:\nand then\nModel: x\nPaper: http://a.b/c\nWhy?",
    "Based on the following recommended models, explain:\nwhy?",
    "Answer:\nwhat?",
    "1. What? 2. How?",
    "line one\nline two\n" * 150 + "why?",
    "Why does “smart” repair work?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_quoted_question_is_read_as_it_stands(read: Callable[..., Brief], question: str) -> None:
    assert read(question=question).question == question


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", "„“", "「」", "''", "‘’"])
def test_other_quotation_marks_are_taken_off(
    founding: Callable[..., str], opening: str, closing: str
) -> None:
    text = founding().replace('"Why', opening + "Why").replace('lake?"', "lake?" + closing)
    assert read_brief(text).question == "Why did the fog leave my picture of the lake?"


def test_quotation_marks_may_be_escaped(founding: Callable[..., str]) -> None:
    text = founding().replace('"', "&quot;")
    assert read_brief(text).question == "Why did the fog leave my picture of the lake?"


def test_a_question_without_quotation_marks_is_told(
    founding: Callable[..., str], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read_brief(founding().replace('"', ""))
    assert brief.question == "Why did the fog leave my picture of the lake?"
    assert "question-unquoted" in codes(brief)


@pytest.mark.parametrize(
    "introduction",
    [
        'A user has asked the following question: "{}"',
        'The user asked: "{}"',
        'Question: "{}"',
        '**Question:** "{}"',
        "**User Question**:\n\n{}",
        "## User question\n\n{}",
        '### Question\n\nA user has asked the following question:\n"{}"',
        "User's question: {}",
        "질문: {}",
        "Pregunta: {}",
        "> **Question:** {}",
        "🧠 **User Question:**  \n{}",
    ],
)
def test_the_question_may_be_introduced_in_many_ways(introduction: str) -> None:
    text = (
        introduction.format("Why? And how?") + "\n\n### Recommended AI Models:\nModel: Dehaze-A\n"
    )
    assert read_brief(text).question == "Why? And how?"


def test_without_an_introduction_the_first_text_is_the_question(
    codes: Callable[[Brief], list[str]],
) -> None:
    brief = read_brief("You are an AI scientist.\n\nWhy is it so?\n\n### Related Papers:\n")
    assert brief.question == "Why is it so?"
    assert "question-inferred" in codes(brief)


@pytest.mark.parametrize(
    "text",
    [
        "### Recommended AI Models:\nModel: Dehaze-A\n",
        'A user has asked the following question:\n""\n\n### Related Papers:\n',
        "A user has asked the following question:\n\n### Related Papers:\n",
        '{"question": "", "models": []}',
        '{"question": null}',
        '{"models": []}',
    ],
)
def test_a_file_that_asks_nothing_is_an_error(text: str) -> None:
    with pytest.raises(BriefError, match=r"line \d+: .*(asks|question)"):
        read_brief(text)


def test_a_file_that_lists_nothing_is_an_error() -> None:
    with pytest.raises(BriefError, match="no models and no papers"):
        read_brief('A user has asked the following question:\n"Why?"\n')


def test_a_question_alone_makes_a_brief() -> None:
    brief = question_only(" Why is the sky\r\nblue? ")
    assert (brief.question, brief.models, brief.papers) == ("Why is the sky\r\nblue?", (), ())
    assert brief.form == "question"
    with pytest.raises(BriefError, match="empty"):
        question_only("  ")


def test_a_question_alone_may_look_like_anything() -> None:
    assert question_only("### Related Papers: {why}").question == "### Related Papers: {why}"
