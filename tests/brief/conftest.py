"""Small briefs of our own, and the checks that several tests of this room make."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rigatino.brief import Brief, read_brief

FOUNDING = """You are an AI scientist.

A user has asked the following question:
"{question}"

Based on the following recommended models, explain:

1. What task the user is trying to perform.
2. How the model(s) would work in a CNAPS AI-like workflow (input → model → output).
3. List relevant papers and tools (with GitHub or ArXiv links) that support your answer.

Use **only the provided models and papers**. Do not refer to outside sources.

### Recommended AI Models:
{models}

### Related Papers:
{papers}


Answer:
"""
QUESTION = "Why did the fog leave my picture of the lake?"
MODEL = """Model: Dehaze-FogNet-Outdoor
Paper: https://arxiv.org/pdf/1901.00001
GitHub: https://github.com/example/fognet"""
PAPER = """Model: Seeing Through Fog
Paper: http://arxiv.org/pdf/1901.00001v2.pdf
GitHub: https://github.com/example/fognet
Summary: Fog scatters light. We undo it."""


def assert_traced(brief: Brief, original: str) -> None:
    """Segments cover every source in order; verbatim ones equal the original."""
    for source in brief.sources:
        place = 0
        for segment in source.origin:
            assert segment.at == place
            place += segment.length
            if segment.length == segment.raw_length:
                raw = original[segment.raw_at : segment.raw_at + segment.raw_length]
                assert source.text[segment.at : place] == raw
            assert 0 <= segment.raw_at <= segment.raw_at + segment.raw_length <= len(original)
        assert place == len(source.text)


@pytest.fixture(scope="session")
def traced() -> Callable[[Brief, str], None]:
    """The check that a brief's sources map to a text."""
    return assert_traced


@pytest.fixture(scope="session")
def founding() -> Callable[..., str]:
    """A founding text; every part may be replaced."""

    def text(question: str = QUESTION, models: str = MODEL, papers: str = PAPER) -> str:
        return FOUNDING.format(question=question, models=models, papers=papers)

    return text


@pytest.fixture(scope="session")
def read(founding: Callable[..., str]) -> Callable[..., Brief]:
    """Read a founding text with some of its parts replaced; origins are checked."""

    def brief(**parts: str) -> Brief:
        original = founding(**parts)
        found = read_brief(original)
        assert_traced(found, original)
        return found

    return brief


@pytest.fixture(scope="session")
def codes() -> Callable[[Brief], list[str]]:
    """The codes of a brief's notices."""
    return lambda brief: [notice.code for notice in brief.notices]
