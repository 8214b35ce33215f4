from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest
from tests.answer.audit.conftest import TEXTS, audited, good_answer

from rigatino.answer.audit import CODES

PutIn = Callable[[str, str], tuple[str, int]]
OFFENCES = [
    (name, group["code"], sentence)
    for name, groups in tomllib.loads((TEXTS / "offences.toml").read_text("utf-8")).items()
    for group in groups
    for sentence in group["texts"]
]
#: Known limits: these pass unseen. A sentence that is caught one day has to leave the list.
MISSED = {
    "In summary, the proposed workflow offers a comprehensive solution to the problem at hand.",
    "StreakNet: Reading Camera Shake from a Single Photograph steers a robot arm that carries a "
    "heavy studio lamp.",
    "[P1] asks a jury of photographers to vote on each contour before anything is mended.",
}


@pytest.mark.parametrize(("name", "code", "sentence"), OFFENCES)
def test_an_offence_is_found_where_it_stands(
    name: str, code: str, sentence: str, put_in: PutIn
) -> None:
    text, at = put_in(name, sentence)
    hits = [f for f in audited(text, name).findings if f.start < at + len(sentence) and at < f.end]
    assert (code in {f.code for f in hits}) == (sentence not in MISSED)
    assert all(text[f.start : f.end] == f.text for f in hits)


@pytest.mark.parametrize(("name", "code", "sentence"), OFFENCES)
def test_an_offence_costs_at_least_fifteen_points(
    name: str, code: str, sentence: str, put_in: PutIn
) -> None:
    assert code in CODES
    text, at = put_in(name, sentence)
    before = audited(text[: at - 1] + text[at + len(sentence) :], name).score
    lost = before - audited(text, name).score
    assert lost >= 15 or sentence in MISSED


@pytest.mark.parametrize(
    ("file", "heading", "following"),
    [
        ("goal.bullets.md", "## 1.", "## 2."),
        ("goal.bullets.md", "## 2.", "## 3."),
        ("goal.bullets.md", "## 3.", None),
        ("goal.prose.md", "**2.", "**3."),
        ("cat.korean.md", "### 2.", "### 3."),
        ("pond.plain.md", "Workflow\n", "Papers and tools\n"),
    ],
)
def test_a_dropped_section_is_missed(file: str, heading: str, following: str | None) -> None:
    text = good_answer(file)
    start = text.index(heading)
    end = text.index(following) if following else len(text)
    audit = audited(text[:start] + text[end:], file.split(".", maxsplit=1)[0])
    assert [f.code for f in audit.findings if f.code == "missing-section"] == ["missing-section"]
    assert audit.score <= 85


def test_an_empty_section_is_as_good_as_none() -> None:
    text = good_answer("goal.bullets.md")
    start, end = text.index("## 2."), text.index("## 3.")
    heading = text[start : text.index("\n", start)]
    audit = audited(f"{text[:start]}{heading}\n\n{text[end:]}", "goal")
    assert "missing-section" in audit.codes


def test_the_same_words_are_fine_under_a_dismissing_lead_and_not_under_another() -> None:
    text = good_answer("goal.table.md")
    claim = "- [P3] explains how phones feel the movement of a hand."
    for lead, accused in (("**What does not fit:**", False), ("**What completes it:**", True)):
        changed = text.replace("About the number:", f"{lead}\n\n{claim}\n\nAbout the number:")
        assert ("paper-misused" in audited(changed, "goal").codes) == accused


def test_a_remark_in_the_list_of_sources_can_misuse_a_paper() -> None:
    text = good_answer("pond.ids.md")
    entry = "- [P2] Going Green: Counting Leaves from Drones"
    for remark, accused in (
        ("main support", True),
        ("explains the green", True),
        ("leaf counting", False),
        ("off topic", False),
    ):
        changed = text.replace(entry, f"{entry} ({remark})")
        # the list's own lead says that nothing here supports anything
        changed = changed.replace("None of this supports an answer. For completeness:\n\n", "")
        assert ("paper-misused" in audited(changed, "pond").codes) == accused, remark


def test_the_wrong_papers_number_is_credited_to_its_owner(put_in: PutIn) -> None:
    text, at = put_in("goal", "Its alarm comes 9 seconds early [P1].")
    finding = next(f for f in audited(text, "goal").findings if f.start >= at)
    assert finding.code == "number-not-in-source"
    assert finding.text == "9"
    assert "P3" in finding.message
