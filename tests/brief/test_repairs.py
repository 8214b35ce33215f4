"""Mojibake, character references and LaTeX are undone; honest text is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigatino.brief import Brief, read_brief
from rigatino.brief.markup import mend_latex, mend_references
from rigatino.brief.mojibake import mend_mojibake
from rigatino.brief.traced import Traced

HONEST = [
    "café”… and “cliché”—so",
    "voilà\u00a0« bien\u00a0»",
    "MENÜ“ und „Ä“",
    "naïveté’”",
    "SÃO PAULO, NÃO, Âncora",
    "Ångström, Øre, Þing, çà et là",
    "90 °C ± 2 µm × 3",
    "R&D at AT&T; x & y; a&b=c&times=3",
    "한국어 질문, 日本語, Ελληνικά, Русский",
    "costs $5 and $6, or $5-$6",
    r"C:\alpha\beta\in and \unknown{x}",
    "he wrote 50{} and a_b^c",
    "don't ``quote` like 'this''",
]


def damaged(text: str, codec: str = "cp1252") -> str:
    """UTF-8 read with the wrong table; what the table lacks becomes a control character."""
    return "".join(bytes((b,)).decode(codec, "ignore") or chr(b) for b in text.encode("utf-8"))


def mended(text: str) -> str:
    return mend_mojibake(Traced.original(text))[0].text


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_left_alone(text: str) -> None:
    assert mended(text) == text
    assert mend_references(Traced.original(text))[0].text == text
    assert mend_latex(Traced.original(text))[0].text == text


MEANT = [
    "Great-grandmother’s dress — “teal”… input → model",
    "café, naïve, Übergröße, señor, ça",
    "제트스키에서 떨어지는 제 사진",
    "写真をきれいにする",
    "старое фото",
    "παλιά φωτογραφία",
    "🧠 done ✓ ≤ 5 µm, 20 °C, 3×3",
    "łódź i žluťoučký kůň — ok",
    "“¿Qué?” dijo",
]


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("meant", MEANT)
def test_mojibake_is_undone(meant: str, codec: str) -> None:
    assert mended(damaged(meant, codec)) == meant


@pytest.mark.parametrize("meant", MEANT[:3])
def test_mojibake_of_mojibake_is_undone(meant: str) -> None:
    assert mended(damaged(damaged(meant))) == meant


@pytest.mark.parametrize("meant", MEANT)
def test_partial_mojibake_is_undone(meant: str) -> None:
    assert mended(f"an honest “quote”, {damaged(meant)}, é") == f"an honest “quote”, {meant}, é"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("he said â€œnoâ€ and left", "he said “no” and left"),
        ("he said â€œnoâ€\ufffd", "he said “no”"),
        ("5Â km", "5 km"),
        ("ðŸ§  **Question**", "🧠 **Question**"),
    ],
)
def test_mojibake_that_lost_a_character_is_undone(text: str, meant: str) -> None:
    assert mended(text) == meant


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_is_never_mojibake(text: str) -> None:
    assert mended(text) == text


@given(st.text(st.characters(categories=["Ll", "Lu", "Po", "Zs"], max_codepoint=0x24F)))
@settings(max_examples=300)
def test_mending_is_finished_when_it_is_done(text: str) -> None:
    once = mended(damaged(text))
    assert mended(once) == once


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
        ("it&#39;s &#x27;so&#x27; &quot;big&quot;", "it's 'so' \"big\""),
        ("256&times;256 &rarr; 512 &mdash; &hellip;", "256×256 → 512 — …"),
        ("&amp;amp; &amp;quot;twice&amp;quot;", '& "twice"'),
        ("caf&eacute; &nbsp;", "café \u00a0"),
        ("&bogus; &#xD800; & ;", "&bogus; &#xD800; & ;"),
        ("&#150;", "–"),
    ],
)
def test_references_are_resolved(text: str, meant: str) -> None:
    assert mend_references(Traced.original(text))[0].text == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\textit{DIA}, \emph{so} \textbf{\textit{deep}}", "DIA, so deep"),
        (r"18.40\% of $256 \times 256$ and 50{,}000", "18.40% of 256 × 256 and 50,000"),
        (r"$\sigma \in [0, 50]$, $T = 1000$, $9.46$", "σ ∈ [0, 50], T = 1000, 9.46"),
        (r"at \url{https://github.com/a/b}", "at https://github.com/a/b"),
        (r"\href{https://a.b/c}{our page}", "our page (https://a.b/c)"),
        (
            r"K\"onig, M\'{e}rida, \c{c}a, {\'e}t{\'e}, caf\'e, na\"{\i}ve",
            "König, Mérida, ça, été, café, naïve",
        ),
        (r"``quoted'' text", "“quoted” text"),
        (r"\alpha-channel, x\_1, \#1, A\&B, \{set\}", "α-channel, x_1, #1, A&B, {set}"),
        (r"$\mathcal{O}(n^{2})$ and $\frac{1}{2}$", "O(n^2) and 1/2"),
        (r"as shown~\cite{he2016} here", "as shown here"),
        (r"{\it old style} here", "old style here"),
        (r"he said \"fix\" it, don\'t", 'he said "fix" it, don\'t'.replace("don't", r"don\'t")),
        (r"\$5 and \$6", "$5 and $6"),
    ],
)
def test_latex_becomes_plain_text(text: str, meant: str) -> None:
    assert mend_latex(Traced.original(text))[0].text == meant


def test_every_repair_is_told_with_place_and_line(read: Callable[..., Brief]) -> None:
    brief = read(
        question="It&#39;s teal â€” why?",
        papers="Model: R&amp;D\nPaper: http://a.b/c.\nSummary: 5\\% \\mystery{x} of \ufffd it.",
    )
    assert brief.question == "It's teal — why?"
    told = {(n.code, n.where, n.line) for n in brief.notices}
    assert told == {
        ("mojibake", "brief", 4),
        ("lost-characters", "brief", 22),
        ("html-entities", "Q", 4),
        ("html-entities", "P1", 20),
        ("link-trimmed", "P1", 20),
        ("latex", "P1", 20),
        ("latex-left", "P1", 20),
    }


def test_an_undamaged_brief_has_no_notice(read: Callable[..., Brief]) -> None:
    assert read().notices == ()


def test_damage_within_references_is_undone(read: Callable[..., Brief]) -> None:
    assert read(question="aunt&acirc;&euro;&trade;s dress").question == "aunt’s dress"


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_mojibake_and_encodings_meet(founding: Callable[..., str], codec: str) -> None:
    text = founding(question="My aunt’s café?").replace("→", "-")
    assert read_brief(text.encode(codec)).question == "My aunt’s café?"


def test_korean_windows_files_are_read(founding: Callable[..., str]) -> None:
    text = founding(question="왜 안개가 사라졌나요?").replace("→", "-")
    assert read_brief(text.encode("cp949")).question == "왜 안개가 사라졌나요?"


def test_a_few_stray_bytes_spoil_nothing(founding: Callable[..., str]) -> None:
    data = founding(question="누구의 café?").encode() + b"\n\x92"
    assert read_brief(data).question == "누구의 café?"
