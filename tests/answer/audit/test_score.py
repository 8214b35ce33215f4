from __future__ import annotations

import random

import pytest
from tests.answer.audit.conftest import audited, brief_of, good_answer

from rigatino.answer.audit.score import CAPS, PRICES

BRIEF = brief_of("goal")
QUESTION = BRIEF.question
ABSTRACT = BRIEF.papers[0].summary
LIST = "\n".join(f"- [{p.id}] {p.title}: {p.url}" for p in BRIEF.papers)
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor. " * 9


def gibberish() -> str:
    rng = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(rng.choices(letters, k=rng.randint(3, 9))) for _ in range(120))


def headed(task: str, workflow: str, sources: str = LIST) -> str:
    return (
        f"### 1. Task\n\n{task}\n\n### 2. Workflow\n\n{workflow}\n\n### 3. Sources\n\n{sources}\n"
    )


NO_ANSWERS = {
    "nothing": "",
    "white space": " \n\n",
    "the question": QUESTION,
    "the question under headings": headed(QUESTION, QUESTION),
    "an abstract": ABSTRACT,
    "an abstract under headings": headed(QUESTION, ABSTRACT),
    "gibberish": gibberish(),
    "gibberish under headings": headed(gibberish(), gibberish()),
    "dummy text under headings": headed(LOREM, LOREM),
    "one phrase again and again": headed("the ball " * 99, "the ball " * 99),
    "a refusal": "I am sorry, but I cannot help with that request.",
    "three shrugs": headed("I don't know.", "I don't know.", "I don't know."),
    "the list alone": LIST,
    "symbols": "🙂" * 50,
}


@pytest.mark.parametrize("kind", NO_ANSWERS)
def test_what_is_no_answer_never_scores_above_forty(kind: str) -> None:
    audit = audited(NO_ANSWERS[kind], "goal")
    assert audit.score <= 40
    assert audit.caps


def test_an_answer_to_another_brief_is_worth_little() -> None:
    assert audited(good_answer("pond.ids.md"), "goal").score <= 40


def test_open_quotation_is_no_echo() -> None:
    sentences = ABSTRACT.split(". ")
    quoted = " ".join(f'[P1] says: "{s}".' for s in sentences[:4])
    own = good_answer("goal.prose.md").split("Can you trust")[0]
    assert "echo" not in audited(f"{own}\n\n{quoted}", "goal").caps


def test_one_finding_of_any_code_costs_fifteen_points_and_leaves_eighty_to_a_slip() -> None:
    assert min(PRICES.values()) >= 15
    assert max(price for code, price in PRICES.items() if code != "injection-obeyed") <= 20
    assert all(cap <= 40 for name, cap in CAPS.items() if name != "would serve any brief")
