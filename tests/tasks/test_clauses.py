from __future__ import annotations

import pytest

from rigatino.tasks import last_clause


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("The squares are gone. How does it do that?", "how"),
        ("What clues does it use to rebuild the detail?", "clues"),
        ("Sharp again! How far can this really go?", "limits"),
        ("Can I hand it to the police as his picture?", "trust"),
        ("Is it making that up?", "invented"),
        ("Who says it ever looked like that?", "invented"),
        ("Was all of that really hiding in the file?", "source"),
        ("Why is it clearer than the original?", "better"),
        ("Why did it get the sign wrong?", "wrong"),
        ("Which one should I use for my scans?", "choose"),
        ("It handled the high resolution surprisingly well.", "remark"),
        ("¿De dónde sale la cara?", "source"),
        ("어떻게 하는 건가요?", "how"),
    ],
)
def test_the_last_clause_says_what_is_wanted(question: str, kind: str) -> None:
    assert last_clause(question).kind == kind


def test_the_clause_is_a_span_of_the_question() -> None:
    question = "It was dark.  Who lit it?  I wonder."
    clause = last_clause(question)
    assert question[clause.start : clause.end] == clause.text == "Who lit it?"
