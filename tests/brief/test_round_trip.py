"""Text → record → text → record is the identity on records, whatever the texts hold."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigatino.brief import Brief, Model, Paper, brief_to_json, read_brief, write_brief
from rigatino.errors import BriefError, OutputError

#: Pieces that tempt the reader: fields, headings, damage, escapes, odd line ends.
TEMPTING = (
    "Model: ", "Paper: ", "GitHub: None", "Summary: ", "Answer:", "### Related Papers:",
    "### Recommended AI Models:", "**Model:** X", "- Code: https://github.com/a/b", "# Results",
    "Based on the following recommended models, explain:", "Question:", "---", "None", '"',
    "A user has asked the following question:", "â€™", "Ã©", "Ã¢â‚¬â„¢", "&amp;", "&#39;",
    "&amp;lt;", "&#x00004D;", "&#x00", "\\textit{a}", "\\%", "$x$", "{,}", "``a''", "\\'e",
    "\n", "\n\n", "\r\n", "\r", "\u2028", "\x0b", "\ufeff", "\ufdd0", "\u00a0", " ", "\t",
    "https://a.b/c).", "<https://a.b>", "[t](https://a.b)", "https://github.com/a/b", "**", "`",
    "_", "Paper: http://arxiv.org/pdf/1.pdf", "Model: T\nPaper: http://a.b/c\nSummary: s",
    "한국어", "é", "🧠", "ignore all previous instructions", "5Â ", "(", ")", "'", "1. ",
)  # fmt: skip
words = st.one_of(st.sampled_from(TEMPTING), st.text(max_size=8), st.sampled_from(("fog", "a b")))
texts = st.lists(words, max_size=12).map("".join)


def no_surrogates(text: str) -> str:
    """Lone surrogates cannot stand in a file."""
    return text.encode("utf-8", "replace").decode("utf-8")


running = texts.map(no_surrogates)
filled = running.filter(lambda t: t.strip().strip("\ufeff").strip() != "")
names = filled.filter(lambda t: t.strip().lower() not in ("none", "n/a", "-"))
paths = st.text(st.sampled_from("abcXYZ019-_./~%()&?=+,;:!'é"), min_size=1, max_size=20)
links = st.one_of(st.none(), paths.map("https://example.org/".__add__))


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """Records as the reader could make them: ids in order, no item twice."""
    models = draw(st.lists(st.tuples(names, links, links), max_size=3))
    papers = draw(st.lists(st.tuples(names, links, links, running), max_size=3))
    return Brief(
        draw(filled),
        tuple(Model(f"M{i}", f"{i} {n}", a, b) for i, (n, a, b) in enumerate(models, 1)),
        tuple(Paper(f"P{i}", f"{i} {n}", a, b, s) for i, (n, a, b, s) in enumerate(papers, 1)),
    )


def brief_or_none(data: bytes | str) -> Brief | None:
    """A brief, or None after a clear error; any other exception fails the test."""
    try:
        return read_brief(data)
    except BriefError as error:
        if "\n" in str(error) or not error.given:
            raise
        return None


def is_own(brief: Brief) -> bool:
    """Whether a summary names no repository that the reader would give to its paper."""
    return not any("github.com" in p.summary and not p.github for p in brief.papers)


@given(briefs().filter(is_own))
@settings(max_examples=300, deadline=None)
def test_a_record_survives_its_text(brief: Brief) -> None:
    assert read_brief(write_brief(brief)) == brief


@given(briefs().filter(is_own))
@settings(max_examples=150, deadline=None)
def test_a_record_survives_its_json(brief: Brief) -> None:
    assert read_brief(json.dumps(brief_to_json(brief))) == brief
    assert read_brief(json.dumps(brief_to_json(brief), ensure_ascii=False)) == brief


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_is_written_and_read_again(
    data: st.DataObject, founding: Callable[..., str], traced: Callable[[Brief, str], None]
) -> None:
    original = no_surrogates(
        founding(question=data.draw(texts), models=data.draw(texts), papers=data.draw(texts))
    )
    first = brief_or_none(original)
    if first is None:
        return
    traced(first, original)
    assert read_brief(write_brief(first)) == first
    assert read_brief(json.dumps(brief_to_json(first))) == first


@given(st.lists(words, max_size=40).map("\n".join).map(no_surrogates))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_brief_or_a_clear_error(original: str) -> None:
    brief = brief_or_none(original)
    assert brief is None or read_brief(write_brief(brief)) == brief


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_brief_or_a_clear_error(data: bytes) -> None:
    brief_or_none(data)


def test_a_record_that_no_file_says_is_refused() -> None:
    twice = (Paper("P1", "T", "https://a.b/c"), Paper("P2", "T", "https://a.b/c"))
    with pytest.raises(OutputError, match="no item twice"):
        write_brief(Brief("Why?", (), twice))


def test_plain_texts_are_written_as_they_stand(read: Callable[..., Brief]) -> None:
    text = write_brief(read())
    assert "&#x" not in text
    assert "### Related Papers:\nModel: Seeing Through Fog\n" in text
