"""What opens an item or a section, and what is only text that looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rigatino.brief import Brief

HEAD = """Model: Seeing Through Fog
Paper: http://arxiv.org/pdf/1901.00001v2.pdf
Summary: Fog scatters light."""
NEXT = """Model: Haze
Paper: http://arxiv.org/pdf/1902.00002v1.pdf
Summary: Haze is thin fog."""

ONLY_TEXT = [
    "### Results\n\nIt works.",
    "## Related Papers\n\nOthers tried as well.",
    "### Recommended AI Models:\nWe recommend none.",
    "Model: we use a U-shaped network.",
    "Model: we use a U-shaped network.\n\nIt is small.",
    "Model: a network\nPaper: see the appendix\nand more.",
    "Paper: a thing made of wood.",
    "GitHub: is where people keep code.",
    "Summary: in short, it works.",
    "Answer:\nYes, it does.\n\nMore text.",
    "**Model**: described in Section 3.",
    "- Model: ResNet\n- Data: ImageNet",
    "1. Model: small.\n2. Paper: long.",
    "Link: the missing one.",
    "Title: none.",
    "You are an AI scientist.",
    "Based on the following recommended models, explain:",
    'A user has asked the following question:\n"Why?"',
    "---\n\nAfter the rule.",
    "Question: why?",
]


@pytest.mark.parametrize("text", ONLY_TEXT)
def test_text_inside_a_summary_stays_text(read: Callable[..., Brief], text: str) -> None:
    brief = read(papers=f"{HEAD}\n\n{text}\n\n{NEXT}")
    assert [p.title for p in brief.papers] == ["Seeing Through Fog", "Haze"]
    assert brief.papers[0].summary == f"Fog scatters light.\n\n{text}"
    assert brief.papers[1].summary == "Haze is thin fog."
    assert len(brief.models) == 1


@pytest.mark.parametrize("text", [*ONLY_TEXT, "Model: a network\nSummary: it is small."])
def test_text_at_the_end_of_the_last_summary_stays_text(
    read: Callable[..., Brief], text: str
) -> None:
    brief = read(papers=f"{HEAD} And so on.\n{text}")
    assert brief.papers[0].summary == f"Fog scatters light. And so on.\n{text}"


def test_what_looks_like_a_field_is_reported(
    read: Callable[..., Brief], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read(papers=f"{HEAD}\n\n### Results\n\nModel: small.\n\n{NEXT}")
    assert codes(brief).count("field-in-summary") == 2
    notice = next(n for n in brief.notices if n.code == "field-in-summary")
    assert (notice.where, notice.line) == ("P1", 24)


OPENS = [
    NEXT,
    "Model: Haze\nPaper: None\nSummary: Haze is thin fog.",
    "Model: Haze\n\nPaper: http://arxiv.org/pdf/1902.00002v1.pdf\n\nSummary: Haze is thin fog.",
    "Model: Haze\nGitHub: https://github.com/ex/haze\nSummary: Haze is thin fog.",
    "\nModel: Haze\nSummary: Haze is thin fog.",
    "Model:\nHaze\nPaper: http://arxiv.org/pdf/1902.00002v1.pdf\nSummary: Haze is thin fog.",
    "**Model:** Haze\n**Paper:** <http://a.b/c>\n**Summary:** Haze is thin fog.",
    "### Haze\nPaper: http://a.b/c\nSummary: Haze is thin fog.",
    "### Related Papers:\nModel: Haze\nPaper: http://a.b/c\nSummary: Haze is thin fog.",
]


@pytest.mark.parametrize("block", OPENS)
def test_a_block_that_keeps_the_grammar_opens_an_item(
    read: Callable[..., Brief], block: str
) -> None:
    brief = read(papers=f"{HEAD}\n{block}")
    assert [p.title for p in brief.papers] == ["Seeing Through Fog", "Haze"]
    assert [p.summary for p in brief.papers] == ["Fog scatters light.", "Haze is thin fog."]


def test_titles_and_names_may_hold_field_names_and_blanks(read: Callable[..., Brief]) -> None:
    brief = read(
        models="Model: Dehaze Fog Net\nPaper: None\nGitHub: None",
        papers="Model: Model: A Paper About Models\nPaper: http://a.b/c\nSummary: It is so.",
    )
    assert brief.models[0].name == "Dehaze Fog Net"
    assert brief.papers[0].title == "Model: A Paper About Models"


def test_lines_may_be_missing_and_in_any_order(read: Callable[..., Brief]) -> None:
    brief = read(
        models="Model: Dehaze-A\n\nModel: Dehaze-B\nGitHub: https://github.com/ex/b",
        papers=(
            "Model: One\n\nModel: Two\nSummary: It is so.\nGitHub: https://github.com/ex/two\n"
            "Paper: http://a.b/2\n\nModel: Three\nSummary: Also.\n"
        ),
    )
    assert [(m.name, m.paper, m.github) for m in brief.models] == [
        ("Dehaze-A", None, None),
        ("Dehaze-B", None, "https://github.com/ex/b"),
    ]
    assert [(p.title, p.url, p.github, p.summary) for p in brief.papers] == [
        ("One", None, None, ""),
        ("Two", "http://a.b/2", "https://github.com/ex/two", "It is so."),
        ("Three", None, None, "Also."),
    ]


def test_a_late_field_with_text_after_it_is_text(read: Callable[..., Brief]) -> None:
    papers = "Model: Two\nSummary: It is so.\nPaper: http://a.b/2\nAnd more."
    brief = read(papers=papers)
    assert brief.papers[0].url is None
    assert brief.papers[0].summary == "It is so.\nPaper: http://a.b/2\nAnd more."


def test_a_block_without_a_name_takes_its_link_for_one(
    read: Callable[..., Brief], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read(papers=f"{HEAD}\n\nPaper: http://a.b/c\nSummary: Nameless.")
    assert [p.title for p in brief.papers] == ["Seeing Through Fog", "http://a.b/c"]
    assert "name-missing" in codes(brief)


def test_a_title_broken_over_lines_is_joined(
    read: Callable[..., Brief], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read(papers="Model: Seeing\n   Through Fog\nPaper: http://a.b/c")
    assert brief.papers[0].title == "Seeing Through Fog"
    assert {"line-joined", "whitespace"} <= set(codes(brief))


def test_a_paragraph_without_a_field_name_is_the_summary(
    read: Callable[..., Brief], codes: Callable[[Brief], list[str]]
) -> None:
    text = "Fog scatters light on its way to the lens, and we measure by how much it does."
    brief = read(papers=f"Model: Seeing\nPaper: http://a.b/c\n\n{text}")
    assert brief.papers[0].summary == text
    assert "summary-inferred" in codes(brief)


def test_a_link_on_a_line_of_its_own_is_taken(read: Callable[..., Brief]) -> None:
    brief = read(
        papers="Model: Seeing\nPaper:\nhttp://a.b/c\nhttps://github.com/ex/see\nSummary: x"
    )
    assert (brief.papers[0].url, brief.papers[0].github) == (
        "http://a.b/c",
        "https://github.com/ex/see",
    )


def test_no_line_is_dropped_silently(
    read: Callable[..., Brief], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read(models="Model: Dehaze-A\nScore: 0.8\nPaper: None\nPaper: http://a.b/c")
    assert "unread-line" in codes(brief)
    assert "repeated-field" in codes(brief)


@pytest.mark.parametrize("nothing", ["", "None", "(none)", "No papers were found.", "Model: None"])
def test_an_empty_section_is_told(
    read: Callable[..., Brief], codes: Callable[[Brief], list[str]], nothing: str
) -> None:
    brief = read(papers=nothing)
    assert brief.papers == ()
    assert "no-papers" in codes(brief)
    assert "unread-line" not in codes(brief)


def test_what_follows_the_answer_line_is_not_read(
    founding: Callable[..., str], codes: Callable[[Brief], list[str]]
) -> None:
    from rigatino.brief import read_brief

    brief = read_brief(founding() + "The user wants to remove fog.\n")
    assert brief.papers[0].summary == "Fog scatters light. We undo it."
    assert "after-answer" in codes(brief)


def test_a_missing_answer_line_is_told(
    founding: Callable[..., str], codes: Callable[[Brief], list[str]]
) -> None:
    from rigatino.brief import read_brief

    assert "no-answer-line" in codes(read_brief(founding().replace("Answer:\n", "")))
    assert "no-answer-line" not in codes(read_brief(founding()))
