"""The founding files and the labelled development briefs, where they are at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from rigatino.brief import Brief, brief_to_json, read_brief, read_module_name, write_brief

DATA = Path(os.environ.get("RIGATINO_DATA") or "/nowhere") / "briefs"
DEV = sorted((DATA / "dev").glob("*.txt"))
SEED = sorted((DATA / "seed").glob("*.txt"))
pytestmark = pytest.mark.skipif(
    not DEV, reason="RIGATINO_DATA is not set to a folder with briefs/dev"
)
LINES = {
    "crlf": "line-ends", "mojibake": "mojibake", "latex-escapes": "latex",
    "html-entities": "html-entities", "no-trailing-answer": "no-answer-line",
    "zero-papers": "no-papers", "duplicate-paper": "duplicate-merged",
    "trailing-punctuation-on-links": "link-trimmed", "prompt-injection": "injection",
    "github-in-summary-only": "github-from-summary", "heading-inside-summary": "field-in-summary",
}  # fmt: skip


@pytest.mark.parametrize("file", DEV, ids=lambda f: f.stem)
def test_a_labelled_brief_is_read_exactly(
    file: Path, traced: Callable[[Brief, str], None], codes: Callable[[Brief], list[str]]
) -> None:
    data = file.read_bytes()
    gold = json.loads(file.with_suffix(".json").read_bytes())
    brief = read_brief(data, file.name)
    traced(brief, data.decode())
    assert brief.question == gold["question"]
    assert [(m.name, m.paper, m.github) for m in brief.models] == [
        (m["name"], m["paper"], m["github"]) for m in gold["models"]
    ]
    assert [(p.title, p.url, p.github) for p in brief.papers] == [
        (p["title"], p["url"], p["github"]) for p in gold["papers"]
    ]
    assert all(p.summary for p in brief.papers)
    told = set(codes(brief))
    if "github-in-summary-only" not in gold["traps"]:
        told.discard("link-trimmed") if "trailing-punctuation-on-links" in gold["traps"] else None
        expected = {LINES[trap] for trap in gold["traps"] if trap in LINES} - {"link-trimmed"}
        assert told == expected


@pytest.mark.parametrize("file", [*DEV, *SEED], ids=lambda f: f.stem)
def test_a_given_brief_survives_both_forms(file: Path) -> None:
    brief = read_brief(file.read_bytes())
    assert read_brief(write_brief(brief)) == brief
    assert read_brief(json.dumps(brief_to_json(brief))) == brief


@pytest.mark.parametrize("file", DEV, ids=lambda f: f.stem)
def test_the_names_say_what_goes_in_and_comes_out(file: Path) -> None:
    for model in json.loads(file.with_suffix(".json").read_bytes())["models"]:
        read = read_module_name(model["name"])
        assert read.understood
        assert (list(read.inputs), list(read.outputs)) == (model["inputs"], model["outputs"])


def test_the_founding_answer_is_a_brief_too(codes: Callable[[Brief], list[str]]) -> None:
    brief = read_brief(SEED[3].read_bytes())
    assert brief.form == "answer"
    assert [m.name for m in brief.models] == ["SISR-Any-LIIF-EDSR"]
    assert len(brief.papers) == 3
    assert codes(brief) == ["mojibake", "division-inferred", "answer-text"]


def test_reading_is_quick() -> None:
    """A few milliseconds a brief; the figure itself is the benchmark's business."""
    data = [file.read_bytes() for file in (*DEV, *SEED)]
    for one in data:
        read_brief(one)
    began = process_time()
    for one in data:
        read_brief(one)
    assert (process_time() - began) / len(data) < 0.02
