"""Every text of a brief maps to the file, whatever was mended on the way."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from rigatino.brief import Brief, read_brief
from rigatino.brief.traced import Traced


def test_a_mended_quote_is_found_in_the_file(founding: Callable[..., str]) -> None:
    original = founding(
        papers="Model: R&amp;D of Fog\nPaper: http://a.b/c\n"
        "Summary: The dress \\textit{was} teal â€” 5\\% of it.\nAnd more."
    ).replace("\n", "\r\n")
    source = read_brief(original).source("P1")
    assert source.text == "R&D of Fog\nThe dress was teal — 5% of it.\nAnd more."
    for quote, raw in (
        ("R&D", "R&amp;D"),
        ("was teal", "was} teal"),
        ("teal — 5%", "teal â€” 5\\%"),
        ("it.\nAnd", "it.\r\nAnd"),
        ("dress", "dress"),
    ):
        start = source.text.index(quote)
        low, high = source.raw_span(start, start + len(quote))
        assert original[low:high] == raw


def test_a_repair_of_equal_length_is_not_verbatim(founding: Callable[..., str]) -> None:
    original = founding(question="one\rtwo")
    source = read_brief(original).source("Q")
    assert source.text == "one\ntwo"
    assert [(s.length, s.raw_length) for s in source.origin] == [(3, 3), (1, 0), (0, 1), (3, 3)]
    low, high = source.raw_span(0, 7)
    assert original[low:high] == "one\rtwo"


def test_an_undamaged_text_is_one_run(read: Callable[..., Brief]) -> None:
    assert len(read().source("Q").origin) == 1


def test_a_byte_order_mark_counts(founding: Callable[..., str]) -> None:
    original = "\ufeff" + founding()
    for data in (original, original.encode(), original.encode("utf-16-le")):
        source = read_brief(data).source("Q")
        low, high = source.raw_span(0, len(source.text))
        assert original[low:high] == source.text


@given(st.text(max_size=40), st.data())
def test_edits_and_cuts_keep_the_map(text: str, data: st.DataObject) -> None:
    traced = Traced.original(text)
    for _ in range(data.draw(st.integers(0, 4))):
        size = len(traced)
        cuts = sorted(data.draw(st.lists(st.integers(0, size), max_size=6, unique=True)))
        edits = [
            (a, b, data.draw(st.text(max_size=4)))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        expected = traced.text
        for start, end, new in reversed(edits):
            expected = expected[:start] + new + expected[end:]
        traced = traced.edited(edits)
        assert traced.text == expected
        low, high = sorted((data.draw(st.integers(0, len(traced))), len(traced)))
        traced = traced.slice(low, high)
    place = 0
    for segment in traced.segments():
        assert segment.at == place
        place += segment.length
        if segment.length == segment.raw_length:
            raw = text[segment.raw_at : segment.raw_at + segment.raw_length]
            assert traced.text[segment.at : place] == raw
    assert place == len(traced)


@given(st.text(max_size=20), st.text(max_size=20))
def test_joined_texts_keep_both_maps(one: str, other: str) -> None:
    whole = one + other
    first, second = Traced.original(whole).slice(0, len(one)), Traced.original(other, len(one))
    joined = first.joined("\n", second)
    assert joined.text == f"{one}\n{other}"
    assert sum(s.length for s in joined.segments()) == len(joined)
