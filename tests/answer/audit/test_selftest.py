from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from tests.answer.audit.conftest import audited, brief_of, good_answer, verdicts_of

from rigatino.answer.audit import (
    CODES,
    report_json,
    report_text,
    run_selftest,
    selftest_json,
    selftest_text,
)
from rigatino.answer.audit.mutations import KINDS, mutations

ENGLISH = ["goal.bullets.md", "goal.prose.md", "goal.table.md", "pond.ids.md", "pond.plain.md",
           "cat.letter.md", "cat.academic.md"]  # fmt: skip
#: Of these a share may be missed; all others must be found, every one.
HARD = {"unsupported-sentence": 0.6}


def schema(name: str) -> object:
    return json.loads(
        files("rigatino.surfaces").joinpath(f"schemas/{name}.json").read_text("utf-8")
    )


@pytest.mark.parametrize("file", ENGLISH)
def test_the_selftest_finds_its_corruptions(file: str) -> None:
    name = file.split(".", maxsplit=1)[0]
    tested = run_selftest(good_answer(file), brief_of(name), verdicts_of(name), per_kind=4)
    assert len(tested.trials) >= 25
    for kind, (found, tried) in tested.by_kind().items():
        assert found >= HARD.get(kind, 1.0) * tried, kind
    assert all(t.score <= tested.audit.score - 15 for t in tested.trials if t.found)


def test_mutations_are_the_same_for_the_same_seed_and_differ_from_the_answer() -> None:
    text = good_answer("goal.bullets.md")
    made = [
        list(mutations(brief_of("goal"), text, verdicts_of("goal"), 3, seed)) for seed in (1, 1, 2)
    ]
    assert made[0] == made[1] != made[2]
    assert all(m.text != text for m in made[0])
    assert {m.kind for m in made[0]} <= set(KINDS)


def test_every_kind_expects_a_known_code_and_every_code_has_a_kind() -> None:
    assert set(KINDS.values()) == set(CODES)


def test_reports_fit_their_schemas_and_name_what_was_found() -> None:
    text = good_answer("goal.bullets.md").replace("31×31", "13×13")
    audit = audited(text, "goal")
    jsonschema.validate(report_json(audit), schema("audit"))
    assert "number-not-in-source" in report_text(audit)
    assert f"score {audit.score}" in report_text(audit)
    tested = run_selftest(text, brief_of("goal"), verdicts_of("goal"), per_kind=1)
    jsonschema.validate(selftest_json(tested), schema("selftest"))
    assert "of 1 found" in selftest_text(tested)
