from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answer.audit.conftest import brief_of, good_answer, verdicts_of

from rigatino.answer.audit import audit_answer, report_json
from rigatino.brief import Brief, Model, Paper
from rigatino.recommendation import Recommendation

PIECES = st.sampled_from(
    ["# ", "## 1. Task\n", "\n", "- ", "| ", "**", "[P1]", "[P9]", "M1", "https://",
     "arxiv.org/pdf/", "github.com/", "3.5%", "1,700", "two billion", "â€™", "\ufffd", "é”…",
     "不", "그", "(", ")", "]", "`", "“", ". ", "? ", "StreakNet", "et al. 2019", "explains",
     "not ", "\r\n", "\u2028", "\x85"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_audited_and_every_place_is_right(text: str) -> None:
    audit = audit_answer(text, brief_of("goal"), verdicts_of("goal"))
    assert 0 <= audit.score <= 100
    assert 0 <= audit.transferability <= 1
    for finding in audit.findings:
        assert text[finding.start : finding.end] == finding.text
        assert finding.sentence is None or 0 <= finding.sentence < len(audit.sentences)
    for sentence in audit.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
    report_json(audit)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_brief_can_be_audited_against(question: str, title: str, summary: str) -> None:
    brief = Brief(question, (Model("M1", title),), (Paper("P1", title, None, None, summary),))
    nothing = Recommendation((), (), (), ())
    first = audit_answer(good_answer("goal.prose.md"), brief, nothing)
    assert first == audit_answer(good_answer("goal.prose.md"), brief, nothing)


def test_no_models_no_papers_no_verdicts() -> None:
    brief = Brief("Why is the ball a streak?", (), ())
    audit = audit_answer(good_answer("goal.prose.md"), brief, Recommendation((), (), (), ()))
    assert "link-not-in-brief" in audit.codes


def test_long_texts_take_their_time_but_not_more() -> None:
    text = good_answer("goal.bullets.md") * 12
    assert audit_answer(text, brief_of("goal"), verdicts_of("goal")).sentences
