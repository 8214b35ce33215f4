"""Measured sentences: a model may place them and not alter them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from tests.answer.modelled.conftest import GOOD, Ask, Row

import rigatino as rg
from rigatino.answer import verify
from rigatino.answer.measures import LABEL
from rigatino.run import example_picture


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A corner of the example, saved hard."""
    saved = BytesIO()
    corner = Image.open(BytesIO(example_picture())).convert("RGB").crop((0, 0, 160, 160))
    corner.save(saved, "JPEG", quality=20)
    return saved.getvalue()


def measured(answer: rg.Answer) -> list[str]:
    return [s.text for section in answer.sections for s in section.sentences
            if s.source == "measured"]  # fmt: skip


def test_a_placed_sentence_is_the_programs_own(ask: Ask, fitting: rg.Brief, picture: bytes) -> None:
    offline = measured(rg.answer_brief(fitting, picture))
    place: Row = ("how", "{F2}", None, None)
    answer = ask(*GOOD, place, image=picture)
    verify(answer)
    assert answer.changes == ()
    assert sorted(measured(answer)) == sorted(offline)
    second = answer.sections[1]
    (block,) = [b for b in second.blocks if b.label == LABEL]
    assert [s.text for s in block.sentences] == [offline[1]]
    text = rg.to_markdown(answer)
    assert rg.audit(text, fitting, picture).findings == ()


@pytest.mark.parametrize(
    "text", ["Your file is ruined: {F2}", "{F2} That is 99 % of it.", "{F2}{F1}"]
)
def test_the_words_around_it_are_not_the_models_to_choose(
    text: str, ask: Ask, fitting: rg.Brief, picture: bytes
) -> None:
    answer = ask(*GOOD, ("how", text, None, None), image=picture)
    (change,) = answer.changes
    assert change.what == "quoted"
    assert "program's own words" in change.why
    assert "ruined" not in rg.to_markdown(answer)
    assert "99 %" not in rg.to_markdown(answer)
    assert sorted(measured(answer)) == sorted(measured(rg.answer_brief(fitting, picture)))


@pytest.mark.parametrize("text", ["{F0}", "{F99}", "{F2} {F99}"])
def test_nothing_is_placed_that_was_not_measured(text: str, ask: Ask, picture: bytes) -> None:
    answer = ask(*GOOD, ("how", text, None, None), image=picture)
    assert len(answer.changes) == 1
    assert "{F" not in rg.to_markdown(answer)


def test_a_figure_is_placed_once(ask: Ask, fitting: rg.Brief, picture: bytes) -> None:
    answer = ask(*GOOD, *[("task", "{F1}", None, None)] * 2, image=picture)
    assert [c.what for c in answer.changes] == ["dropped"]
    assert sorted(measured(answer)) == sorted(measured(rg.answer_brief(fitting, picture)))


def test_a_model_cannot_restate_a_figure(ask: Ask, picture: bytes) -> None:
    said = "The compression of your file was measured at quality 30."
    answer = ask(*GOOD, ("task", said, None, None), image=picture)
    assert [c.what for c in answer.changes] == ["dropped"]
    assert said not in rg.to_markdown(answer)
