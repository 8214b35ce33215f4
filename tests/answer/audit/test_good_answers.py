from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest
from tests.answer.audit.conftest import GOOD, TEXTS, audited, good_answer

HARMLESS = [
    (name, sentence)
    for name, group in tomllib.loads((TEXTS / "harmless.toml").read_text("utf-8")).items()
    for sentence in (*group["texts"], *group.get("paraphrases", {"texts": []})["texts"])
]


@pytest.mark.parametrize("file", GOOD)
def test_good_answers_in_any_layout_and_language_raise_no_alarm(file: str) -> None:
    audit = audited(good_answer(file), file.split(".", maxsplit=1)[0])
    assert [(f.code, f.text) for f in audit.findings] == []
    assert audit.caps == ()
    assert audit.score == 100


@pytest.mark.parametrize(("name", "sentence"), HARMLESS)
def test_harmless_sentences_raise_no_alarm(
    name: str, sentence: str, put_in: Callable[[str, str], tuple[str, int]]
) -> None:
    text, _ = put_in(name, sentence)
    assert [(f.code, f.text) for f in audited(text, name).findings] == []


@pytest.mark.parametrize("file", GOOD)
def test_every_word_of_the_answer_stands_in_one_sentence(file: str) -> None:
    text = good_answer(file)
    audit = audited(text, file.split(".", maxsplit=1)[0])
    for sentence in audit.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
    ends = [s.end for s in audit.sentences]
    starts = [s.start for s in audit.sentences]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    covered = "".join(s.text for s in audit.sentences)
    assert len(covered) > 0.8 * len(text)


def test_what_is_not_english_is_never_called_unsupported() -> None:
    for file in ("cat.korean.md", "goal.spanish.md", "pond.german.md"):
        audit = audited(good_answer(file), file.split(".")[0])
        assert {s.status for s in audit.sentences} <= {"supported", "cannot-tell"}
        assert any(s.status == "cannot-tell" for s in audit.sentences)


def test_a_close_paraphrase_is_supported_and_free_wording_cannot_be_told(
    put_in: Callable[[str, str], tuple[str, int]],
) -> None:
    close = "The network of [P1] was trained on 42,000 pairs made by averaging frames of film."
    free = "Out of clips shot in slow motion the authors cooked up what they taught it with [P1]."
    statuses = []
    for sentence in (close, free):
        text, at = put_in("goal", sentence)
        verdict = next(s for s in audited(text, "goal").sentences if s.start == at)
        statuses.append(verdict.status)
    assert statuses == ["supported", "cannot-tell"]
