"""The score of an answer, 0 to 100.

It starts at 100. The first two findings of a code cost the full price of the code each,
further ones of the same code a third of it, three at most. Some answers are no answers at
all; what shows that holds the score down whatever else is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rigatino.answer.audit.boilerplate import stock_stems
from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.layout import Layout
from rigatino.answer.audit.masking import without_links
from rigatino.answer.audit.mentions import find_mentions
from rigatino.answer.audit.record import Code, Finding
from rigatino.answer.audit.words import STOPWORDS, content_stems, stem, words

#: What the first finding of each code costs.
PRICES: dict[Code, int] = {
    "link-not-in-brief": 20,
    "link-swapped": 20,
    "number-not-in-source": 18,
    "name-not-in-brief": 18,
    "paper-misused": 20,
    "boilerplate": 18,
    "mojibake": 16,
    "missing-section": 20,
    "unsupported-sentence": 18,
    "injection-obeyed": 35,
}
MOST_REPEATS = 3

#: Reasons that hold the score down, and to what.
CAPS: dict[str, int] = {
    "empty": 0,
    "no section at all": 40,
    "echo": 40,
    "gibberish": 20,
    "says too little": 40,
    "not about the question": 40,
    "would serve any brief": 55,
}
_ECHO = 0.5
_ECHO_QUOTED = 0.85
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{2,600}[\"”»]")
_LEAST_WORDS = 40
_RUN = 6


def score_of(findings: Iterable[Finding], caps: Iterable[str]) -> int:
    """The score that findings and caps leave."""
    counts = Counter(finding.code for finding in findings)
    lost = sum(_price(code, count) for code, count in counts.items())
    return max(0, min([100 - lost, *(CAPS[cap] for cap in caps)]))


def _price(code: Code, count: int) -> int:
    full, repeats = min(count, 2), max(0, min(count - 2, MOST_REPEATS))
    return full * PRICES[code] + repeats * PRICES[code] // 3


def caps_on(
    layout: Layout, evidence: Evidence, missing: int, transferability: float
) -> tuple[str, ...]:
    """The reasons why this text is no answer, if there are any."""
    said = words(layout.text)
    if not said:
        return ("empty",)
    reasons = {
        "no section at all": missing >= 3,
        "echo": _is_echo(layout, evidence),
        "gibberish": _is_gibberish(said, evidence),
        "says too little": _own_words(layout) < _LEAST_WORDS,
        "not about the question": not _is_about(layout, evidence),
        "would serve any brief": transferability >= 0.5,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _is_about(layout: Layout, evidence: Evidence) -> bool:
    """Whether the explaining part takes up words of the question or speaks of an item."""
    text = without_links(
        " ".join(s.text for s in layout.sentences if layout.kind_of(s) != "sources")
    )
    shared = frozenset(content_stems(text)) & evidence.question_stems
    return len(shared) >= min(3, len(evidence.question_stems)) or bool(
        find_mentions(text, evidence)
    )


def _own_words(layout: Layout) -> int:
    """The words outside the list of sources; scripts without spaces count by the letter."""
    text = " ".join(s.text for s in layout.sentences if layout.kind_of(s) != "sources")
    return max(len(words(text)), sum(ord(c) > 0x2E80 for c in text) // 3)


def _is_echo(layout: Layout, evidence: Evidence) -> bool:
    """Mostly copied from the brief; what stands in quotation marks is copied openly."""
    text = " ".join(s.text for s in layout.sentences if layout.kind_of(s) != "sources")
    plain = _QUOTED.sub(" ", text)
    return _echoed(plain, evidence) >= _ECHO or _echoed(text, evidence) >= _ECHO_QUOTED


def _echoed(text: str, evidence: Evidence) -> float:
    """The share of words that stand in runs copied from the brief."""
    said, given = words(text), words(evidence.text)
    runs = {tuple(given[i : i + _RUN]) for i in range(len(given) - _RUN + 1)}
    copied = [False] * len(said)
    for i in range(len(said) - _RUN + 1):
        if tuple(said[i : i + _RUN]) in runs:
            copied[i : i + _RUN] = [True] * _RUN
    return sum(copied) / len(said) if said else 0.0


def _is_gibberish(said: tuple[str, ...], evidence: Evidence) -> bool:
    """Latin letters throughout, but hardly a word of any language or of the brief."""
    latin = [w for w in said if w.isascii() and w.isalpha()]
    if len(latin) < 0.6 * len(said) or len(latin) < 8:
        return False
    known = sum(
        w in STOPWORDS or stem(w) in evidence.word_stems or stem(w) in stock_stems() for w in latin
    )
    little = sum(len(w) <= 3 for w in latin)
    return (known < 0.25 * len(latin) and little < 0.2 * len(latin)) or len(set(latin)) < 0.1 * len(
        latin
    )
