"""Briefs, verdicts and good answers of our own, in many layouts and four languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from rigatino.answer.audit import Audit, audit_answer
from rigatino.brief import Brief, read_brief
from rigatino.recommendation import ModelVerdict, PaperVerdict, Recommendation, TaskGuess

TEXTS = Path(__file__).parent / "texts"
GOOD = sorted(file.name for file in TEXTS.glob("*.md"))


@cache
def brief_of(name: str) -> Brief:
    return read_brief((TEXTS / f"{name}.json").read_bytes(), name)


@cache
def verdicts_of(name: str) -> Recommendation:
    brief = brief_of(name)
    fits = json.loads((TEXTS / f"{name}.verdicts.json").read_text(encoding="utf-8"))
    models = zip(brief.models, fits["models"], strict=True)
    papers = zip(brief.papers, fits["papers"], strict=True)
    return Recommendation(
        tasks=tuple(TaskGuess(slug, 0.9, ()) for slug in fits["tasks"]),
        alternatives=(),
        models=tuple(ModelVerdict(m.id, m.name, fit, "", (), (), ()) for m, fit in models),
        papers=tuple(PaperVerdict(p.id, p.title, fit, "", ()) for p, fit in papers),
    )


def audited(text: str, name: str) -> Audit:
    return audit_answer(text, brief_of(name), verdicts_of(name))


def good_answer(file: str) -> str:
    return (TEXTS / file).read_text(encoding="utf-8")


#: By brief: a good answer, and the words after which a sentence may be put into it.
HOSTS = {
    "goal": ("goal.prose.md", "which I cannot promise."),
    "pond": ("pond.ids.md", "subtract the former and stretch what remains."),
    "cat": ("cat.letter.md", "lets the rest shine through."),
}


@pytest.fixture
def put_in() -> Callable[[str, str], tuple[str, int]]:
    """A good answer with one sentence put into it, and where that sentence starts."""

    def put(name: str, sentence: str) -> tuple[str, int]:
        file, anchor = HOSTS[name]
        text = good_answer(file)
        at = text.index(anchor) + len(anchor)
        return f"{text[:at]} {sentence}{text[at:]}", at + 1

    return put
