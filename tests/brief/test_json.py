"""The JSON form and JSONL rows."""

from __future__ import annotations

import gc
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from rigatino.brief import Brief, Row, brief_to_json, read_brief, read_rows
from rigatino.errors import BriefError

ROW = {
    "question": "Why did the fog\nleave “my” picture? 왜? 🧠",
    "models": [{"name": "Dehaze-FogNet", "paper": None, "github": "https://github.com/ex/f"}],
    "papers": [
        {
            "title": "Seeing Through Fog",
            "url": "http://arxiv.org/pdf/1901.00001v2.pdf",
            "github": None,
            "summary": 'Fog "scatters" light.\nWe undo it \\ 5 %.',
        }
    ],
}


@pytest.mark.parametrize("layout", [{}, {"indent": 2}, {"ensure_ascii": False}])
def test_the_json_form_is_read(
    layout: dict[str, int], traced: Callable[[Brief, str], None]
) -> None:
    text = json.dumps(ROW, **layout)
    brief = read_brief(text)
    traced(brief, text)
    assert brief.form == "json"
    assert brief.question == ROW["question"]
    assert brief.models[0].github == "https://github.com/ex/f"
    assert brief.papers[0].summary == 'Fog "scatters" light.\nWe undo it \\ 5 %.'
    assert brief.notices == ()


def test_json_and_text_say_the_same(read: Callable[..., Brief]) -> None:
    brief = read()
    assert read_brief(json.dumps(brief_to_json(brief))) == brief


def test_json_texts_are_mended_as_well(
    traced: Callable[[Brief, str], None], codes: Callable[[Brief], list[str]]
) -> None:
    text = json.dumps(
        {"question": "aunt\u00e2\u20ac\u2122s &amp; mine: 5\\% \u00e2\u20ac\u201d why?"}
    )
    brief = read_brief(text)
    traced(brief, text)
    assert brief.question == "aunt’s & mine: 5% — why?"
    assert {"mojibake", "html-entities", "latex"} <= set(codes(brief))


def test_our_own_json_is_taken_literally() -> None:
    text = json.dumps({"schema": "rigatino/brief/1", "question": "&amp; 5\\% â€™"})
    assert read_brief(text).question == "&amp; 5\\% â€™"


def test_other_names_of_members_are_understood(codes: Callable[[Brief], list[str]]) -> None:
    row = {
        "Question": "Why?",
        "models": ["Dehaze-A", {"model": "Dehaze-B", "url": "http://a.b/c"}],
        "related_papers": [{"name": "Fog", "pdf": "http://a.b/d", "abstract": "x", "year": 2001}],
        "user": "u1",
    }
    brief = read_brief(json.dumps(row))
    assert [m.name for m in brief.models] == ["Dehaze-A", "Dehaze-B"]
    assert (brief.papers[0].url, brief.papers[0].summary) == ("http://a.b/d", "x")
    assert codes(brief) == ["unknown-field", "unknown-field"]


def test_a_fence_round_the_json_is_looked_through(traced: Callable[[Brief, str], None]) -> None:
    text = "```json\n" + json.dumps(ROW, indent=1) + "\n```\n"
    traced(read_brief(text), text)
    assert read_brief(text).question == ROW["question"]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert read_brief('{"question": "why \\ud83d?"}').question == "why \ufffd?"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"question": "why?",\n "models": [}', 2, "not valid JSON"),
        ('{"question": "why?"}\n{"question": "how?"}', 2, "goes on after"),
        ('{"question": "why?",\n "models": "Dehaze"}', 2, "something else than a list"),
        ('{"question": "why?",\n "models": [1]}', 2, "no object"),
        ('{"question": "why?",\n "papers": [{"title": 3}]}', 2, "something else than a text"),
        ('{"question": ["why?"]}', 1, 'no text under "question"'),
        ("[1, 2]", 1, "no object"),
        ("[" * 100_000, 1, "JSON"),
    ],
)
def test_bad_json_is_an_error_with_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(BriefError, match=reason) as caught:
        read_brief(text)
    assert caught.value.line in (line, None)


def rows(*lines: str | bytes) -> list[Row]:
    data = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines)
    return list(read_rows(io.BytesIO(data)))


def test_rows_are_read_one_by_one(founding: Callable[..., str]) -> None:
    found = rows(
        json.dumps(ROW | {"id": "a"}),
        "",
        json.dumps({"id": 7, "brief": founding()}),
        json.dumps({"text": founding(question="How?")}),
        "{broken",
        json.dumps({"id": "e", "models": []}),
        b"\xff\xfe",
        '["no brief"]',
        json.dumps(ROW),
    )
    assert [(r.line, r.id) for r in found] == [
        (1, "a"), (3, "7"), (4, None), (5, None), (6, "e"), (7, None), (8, None), (9, None),
    ]  # fmt: skip
    good = [r.brief for r in found if isinstance(r.brief, Brief)]
    assert [b.id for b in good] == ["a", "7", None, None]
    assert good[2].question == "How?"
    bad = [r.brief for r in found if isinstance(r.brief, BriefError)]
    assert [e.line for e in bad] == [5, 6, 7, 8]
    assert all(str(e).startswith("line ") for e in bad)


def test_text_streams_work_as_well() -> None:
    assert [r.id for r in read_rows(io.StringIO(json.dumps(ROW | {"id": "ü"}) + "\r\n"))] == ["ü"]


def test_a_torn_last_line_is_a_bad_row() -> None:
    found = rows(json.dumps(ROW), json.dumps(ROW)[:50])
    assert isinstance(found[0].brief, Brief)
    assert isinstance(found[1].brief, BriefError)


def test_an_endless_line_is_passed_over() -> None:
    found = rows('{"question": "' + "a" * (9 << 20) + '"}', json.dumps(ROW))
    assert [isinstance(r.brief, Brief) for r in found] == [False, True]
    assert [r.line for r in found] == [1, 2]


class Endless(io.RawIOBase):
    """Many rows without holding them."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.row = json.dumps(ROW).encode() + b"\n"

    def readline(self, size: int | None = -1) -> bytes:
        del size
        self.left -= 1
        return self.row if self.left >= 0 else b""


def peak(work: Callable[[Iterator[Row]], object]) -> int:
    """The most memory that going through 1500 rows takes."""
    gc.collect()
    tracemalloc.start()
    try:
        work(read_rows(Endless(1500)))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_flat() -> None:
    def let_go(found: Iterator[Row]) -> None:
        for _ in found:
            pass

    let_go(read_rows(Endless(2500)))  # fills what is kept for good: patterns, caches
    assert peak(let_go) < peak(list) / 4


def test_rows_come_one_at_a_time() -> None:
    found: Iterator[Row] = read_rows(Endless(10**9))
    assert next(found).line == 1
    assert next(found).line == 2
