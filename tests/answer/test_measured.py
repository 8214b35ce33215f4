"""What is said of the asker's file is what was measured in it, and the auditor knows."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from PIL import Image, ImageFilter

from rigatino import pipeline
from rigatino.answer import Answer, Sentence, to_html, to_json, to_markdown, verify
from rigatino.answer.measured import measured_block
from rigatino.answer.measures import KEPT, LABEL, measured_fault, pointed, whole_record
from rigatino.answer.phrases import Phrases
from rigatino.brief import Brief, question_only
from rigatino.diagnosis import Binds, Diagnosis, Finding, Step, Verdict, percent
from rigatino.errors import UnverifiedError, UsageError
from rigatino.recommendation import recommend
from rigatino.run import example_picture
from rigatino.surfaces.cli.showing import schema_text

BLOCKY = "The squares in my jpeg are gone after the repair, how does it know what was there?"
CAT = "Could you paint me a cat that sits on a green sofa?"


def _jpeg(width: int, height: int) -> bytes:
    shades = np.random.default_rng(5).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(shades).resize((width, height), 0).save(stream, "JPEG", quality=15)
    return stream.getvalue()


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    return _jpeg(128, 96)


@pytest.fixture(scope="module")
def stamp() -> bytes:
    """Too small for any detector, so that only the clues are measured, and quickly."""
    return _jpeg(40, 40)


@pytest.fixture(scope="module")
def blocky(jpeg: bytes) -> Answer:
    return pipeline.ask(BLOCKY, jpeg)


def _measured(answer: Answer) -> list[Sentence]:
    return [s for part in answer.sections for s in part.sentences if s.source == "measured"]


def test_every_measured_sentence_points_to_what_it_says(blocky: Answer) -> None:
    proof = to_json(blocky)
    jsonschema.validate(proof, json.loads(schema_text("answer")))
    jsonschema.validate(proof["measured"], json.loads(schema_text("diagnosis")))
    said = [s for part in proof["sections"] for s in part["sentences"] if s["measure"]]
    assert {s["source"] for s in said} == {"measured"}
    assert any(s["measure"] == "/clues/nonzero" for s in said)
    record = whole_record(proof["measured"], proof["evidence"])
    for s in said:
        for pointer in s["measure"].split(" "):
            value = pointed(record, pointer)
            assert not isinstance(value, str) or value.rstrip(".") in s["text"]


def test_the_page_and_the_text_have_the_paragraph(blocky: Answer) -> None:
    assert f"**{LABEL}:** " in to_markdown(blocky)
    assert 'class="measured"' in to_html(blocky)


def test_without_a_file_nothing_is_measured() -> None:
    blocky = pipeline.ask(BLOCKY)
    assert _measured(blocky) == []
    assert to_json(blocky)["measured"] is None
    assert LABEL not in to_markdown(blocky)


def test_a_figure_changed_by_one_does_not_pass_the_verifier(blocky: Answer) -> None:
    verify(blocky)
    for s in _measured(blocky):
        digit = next((c for c in s.text if c.isdigit()), None)
        if digit is None:
            continue
        forged = replace(s, text=s.text.replace(digit, str((int(digit) + 1) % 10), 1))
        with pytest.raises(UnverifiedError):
            verify(_with(blocky, forged))


def test_a_measured_sentence_needs_a_file(blocky: Answer) -> None:
    with pytest.raises(UnverifiedError, match="no file was measured"):
        verify(replace(blocky, measured=None))


def _with(answer: Answer, sentence: Sentence) -> Answer:
    first = answer.sections[0]
    block = replace(first.blocks[0], sentences=(sentence,))
    return replace(answer, sections=(replace(first, blocks=(block,)), *answer.sections[1:]))


RECORD = {"a": {"share": 0.0912, "count": 12, "sure": True, "steps": [3, 5]}, "b": "On 7 rows."}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("9 % are left.", "/a/share"),
        ("9.1 % are left.", "/a/share"),
        ("12 of them, or 9 %.", "/a"),
        ("So it is.", "/a/sure"),
        ("What was seen: On 7 rows, all of them.", "/b"),
    ],
)
def test_what_the_record_says_may_be_said(text: str, measure: str) -> None:
    assert measured_fault(Sentence(text, "measured", measure=measure), RECORD) is None


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("10 % are left.", "/a/share"),
        ("9 are left.", "/a/share"),
        ("12 of them, or 8 %.", "/a"),
        ("1 of them.", "/a/sure"),
        ("3 steps.", "/a/steps"),
        ("3 steps.", "/a"),
        ("On 8 rows.", "/b"),
        ("On 7 rows, and 9 more.", "/b"),
        ("9 % are left.", "/a/nothing"),
        ("9 % are left.", "/a/steps/x"),
        ("9 % are left.", None),
    ],
)
def test_what_the_record_does_not_say_is_refused(text: str, measure: str | None) -> None:
    assert measured_fault(Sentence(text, "measured", measure=measure), RECORD)


COMPRESSED = Finding("compression", True, confidence=1.0, evidence=("Quality 12.",))
NOISY = Finding("noise", True, confidence=0.7, evidence=("Grain of 9 levels.",))
NO_COMPRESSION = Finding("compression", confidence=0.9)
NO_GRAIN = Finding("noise", confidence=0.9)
GRAINY = "My scan is grainy and full of noise, how does the tool know which specks to remove?"


def _said(question: str, *findings: Finding) -> list[str]:
    """The paragraph, each sentence of which the verifier accepts."""
    tasks = {"compression": "jpeg-artifact-removal", "noise": "denoising"}
    steps = tuple(Step(f.name, tasks[f.name], "it is") for f in findings if f.found)
    made = Diagnosis(findings, Verdict(steps, "Done."), Binds("no", "none"))
    brief = question_only(question)
    block = measured_block(brief, recommend(brief), made, Phrases(question))
    assert [measured_fault(s, made.to_json()) for s in block.sentences] == [None] * len(
        block.sentences
    )
    return [s.text for s in block.sentences]


def _compared(question: str, *findings: Finding) -> str:
    return _said(question, *findings)[0]


def test_words_and_file_may_disagree() -> None:
    said = _compared(GRAINY, COMPRESSED, NO_GRAIN)
    assert "denoising" in said
    assert said.endswith("the problem of the file itself is compression.")


def test_what_could_not_be_told_is_not_denied() -> None:
    said = _compared(GRAINY, COMPRESSED, Finding("noise", refused=True, reason="too small"))
    assert "the problem measured in the file is compression" in said
    assert "whether it needs denoising as well could not be told" in said


def test_words_and_file_may_agree() -> None:
    assert "agree" in _compared(GRAINY, NO_COMPRESSION, NOISY)
    assert "compression has to be repaired first" in _compared(GRAINY, COMPRESSED, NOISY)


def test_a_fine_file_is_said_to_be_fine() -> None:
    said = _said(GRAINY, NO_COMPRESSION, NO_GRAIN)
    assert "nothing of the kind was found" in said[0]
    assert said[-1] == "Done."


def test_a_file_is_not_called_fine_unless_it_was_looked_at() -> None:
    blind = Finding("noise", refused=True, reason="too small")
    (only,) = _said(GRAINY, NO_COMPRESSION, blind)
    assert "could not be told" in only


def test_a_wish_is_no_statement_about_the_file() -> None:
    assert "compression (sure)" in _compared(CAT, COMPRESSED)


def test_the_auditor_does_not_accuse_what_was_measured(fitting: Brief, jpeg: bytes) -> None:
    """With the file every figure is checked, without it none can be."""
    plain = to_markdown(pipeline.answer_brief(fitting))
    text = to_markdown(pipeline.answer_brief(fitting, jpeg))
    known = {(f.code, f.text) for f in pipeline.audit(plain, fitting).findings}
    for image in (None, jpeg):
        found = pipeline.audit(text, fitting, image)
        assert {(f.code, f.text) for f in found.findings} <= known


def test_the_auditor_finds_a_figure_that_the_file_does_not_give(
    fitting: Brief, stamp: bytes
) -> None:
    text = to_markdown(pipeline.answer_brief(fitting, stamp))
    forged = text.replace(f"**{LABEL}:** ", f"**{LABEL}:** The grain is 47.3 levels strong. ")
    hits = [f.text for f in pipeline.audit(forged, fitting, stamp).findings]
    assert "47.3" in hits
    assert "47.3" not in [f.text for f in pipeline.audit(forged, fitting).findings]


def test_the_same_sentences_elsewhere_are_held_against_the_brief(
    fitting: Brief, stamp: bytes
) -> None:
    text = to_markdown(pipeline.answer_brief(fitting, stamp))
    moved = text.replace(f"**{LABEL}:** ", "The grain is 47.3 levels strong. ")
    assert "47.3" in [f.text for f in pipeline.audit(moved, fitting, stamp).findings]


def test_a_link_in_the_paragraph_is_still_accused(fitting: Brief, stamp: bytes) -> None:
    text = to_markdown(pipeline.answer_brief(fitting, stamp))
    forged = text.replace(f"**{LABEL}:** ", f"**{LABEL}:** See https://evil.example/x for it. ")
    assert "link-not-in-brief" in pipeline.audit(forged, fitting, stamp).codes


@pytest.fixture(scope="module")
def poster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("poster") / "poster.jpg"
    path.write_bytes(example_picture())
    return path


@pytest.fixture(scope="module")
def restored(poster: Path) -> Answer:
    return pipeline.ask(BLOCKY, poster)


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)? %", text)


def test_the_shares_in_the_prose_are_those_of_the_json(restored: Answer) -> None:
    proof = to_json(restored)
    main = proof["evidence"]["claims"][0]
    fine, plain = main["shares"]["fine"], main["plain"]["fine"]
    part = proof["markdown"].split(f"**{KEPT}:** ")[1].split("\n")[0]
    expected = [fine["recovered"], fine["filled"], fine["contradicted"]]
    expected += [plain["filled"], plain["contradicted"]]
    assert _figures(part)[:5] == [percent(share) for share in expected]
    assert proof["evidence"]["says"] in part
    assert main["binds"]["reason"] in part or main["binds"]["value"] == "sure"


def test_every_figure_of_the_restoration_has_its_number(restored: Answer) -> None:
    proof = to_json(restored)
    jsonschema.validate(proof, json.loads(schema_text("answer")))
    said = [s for part in proof["sections"] for s in part["sentences"]]
    kept = [s for s in said if (s["measure"] or "").startswith("/evidence")]
    assert len(kept) >= 4
    for s in kept:
        places = s["measure"].split(" ")
        assert all(p.startswith("/evidence/") for p in places)
        values = [pointed({"evidence": proof["evidence"]}, p) for p in places]
        shares = [percent(v) for v in values if isinstance(v, float)]
        assert all(figure in [*shares, "0 %"] for figure in _figures(s["text"]))


def test_the_auditor_accepts_the_figures_and_catches_altered_ones(
    restored: Answer, poster: Path
) -> None:
    text = to_markdown(restored)
    head, tail = text.split(f"**{KEPT}:** ")
    figure = _figures(tail)[0]
    changed = f"{head}**{KEPT}:** {tail.replace(figure, '99 %', 1)}"
    asked = question_only(BLOCKY)
    wrong = [
        {
            f.text
            for f in pipeline.audit(given, asked, poster).findings
            if f.code == "number-not-in-source"
        }
        for given in (text, changed)
    ]
    assert wrong == [set(), {"99 %"}]


def test_a_restoration_by_another_tool_is_measured_too(poster: Path) -> None:
    blurred = Image.open(poster).filter(ImageFilter.GaussianBlur(3))
    stream = io.BytesIO()
    blurred.save(stream, "PNG")
    answer = pipeline.ask(BLOCKY, poster, after=stream.getvalue())
    assert answer.evidence is not None
    assert answer.evidence.main.shares["fine"].contradicted > 0.1
    assert "handed in" in to_markdown(answer)


@pytest.mark.parametrize(("kind", "factor"), [("WEBP", 1), ("PNG", 2), ("PNG", 0.5)])
def test_whatever_was_handed_in_the_auditor_finds_nothing(
    fitting: Brief, poster: Path, kind: str, factor: float
) -> None:
    opened = Image.open(poster)
    size = round(opened.width * factor), round(opened.height * factor)
    stream = io.BytesIO()
    opened.resize(size, Image.Resampling.BICUBIC).save(stream, kind)
    text = to_markdown(pipeline.answer_brief(fitting, poster, after=stream.getvalue()))
    assert not pipeline.audit(text, fitting, poster, after=stream.getvalue()).findings


def test_a_restoration_without_its_file_is_refused() -> None:
    with pytest.raises(UsageError, match="--image"):
        pipeline.ask(BLOCKY, after=b"")
