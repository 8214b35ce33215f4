"""What a claim and its references look like, whatever they say.

These measures (lengths, rarity of words, where in the text the best match stands) do not
carry over from one kind of text to another, so the shipped classifier does without them.
Within one kind of text they tell how much a given agreement is worth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from training.support import Row

from rigatino.answer.audit.support import Rarity, Reference, reference_of
from rigatino.answer.audit.words import STOPWORDS, content_stems, words

SHAPE = (
    "claim_length", "reference_length", "references", "sentences", "sentence_length",
    "claim_characters", "capitals", "small_words", "small_words_in_reference", "starts_small",
    "cut_off", "rarity_of_claim", "rarity_of_reference", "variety", "question_covered",
    "question_in_claim", "question_near", "best_place", "second_best", "good_sentences", "spread",
)  # fmt: skip


def shapes(rows: list[Row], rarity: Rarity) -> NDArray[np.float64]:
    """One row of ``SHAPE`` for each claim."""
    return np.array([[*_lengths(r), *_manner(r), *_matches(r, rarity)] for r in rows])


def _lengths(row: Row) -> tuple[float, ...]:
    reference = reference_of(row.references)
    return (
        math.log1p(len(set(content_stems(row.claim)))),
        math.log1p(len(reference.stems)),
        math.log(len(row.references)),
        math.log1p(len(reference.sentences)),
        len(reference.all_stems) / len(reference.sentences),
        float(len(row.claim)),
    )


def _manner(row: Row) -> tuple[float, ...]:
    text = "\n".join(row.references)
    first = next((c for c in text.split("\n", 2)[-1] if c.isalpha()), "A")
    return (
        sum(c.isupper() for c in row.claim) / max(1, len(row.claim)),
        _small(words(row.claim)),
        _small(words(text)),
        float(first.islower()),
        float(text.rstrip('"”’)] \n')[-1:] not in (".", "!", "?")),
    )


def _small(said: tuple[str, ...]) -> float:
    return sum(w in STOPWORDS for w in said) / max(1, len(said))


def _matches(row: Row, rarity: Rarity) -> tuple[float, ...]:
    reference = reference_of(row.references)
    claim = frozenset(content_stems(row.claim))
    question = frozenset(content_stems(row.question))
    given = frozenset(reference.stems)
    cover = _cover(claim, reference, rarity)
    best = int(np.argmax(cover))
    return (
        rarity.total(claim) / max(1, len(claim)),
        rarity.total(given) / max(1, len(given)),
        len(given) / max(1, len(reference.stems)),
        rarity.total(question & given) / (rarity.total(question) or 1.0),
        rarity.total(question & claim) / (rarity.total(claim) or 1.0),
        len(question & reference.sentences[best]) / max(1, len(question)),
        best / len(cover),
        sorted(cover)[-2] if len(cover) > 1 else 0.0,
        float(sum(c > 0.4 for c in cover)),
        float(np.std(cover)),
    )


def _cover(claim: frozenset[str], reference: Reference, rarity: Rarity) -> list[float]:
    """The share of the claim that each sentence of the references has."""
    whole = rarity.total(claim) or 1.0
    return [rarity.total(claim & sentence) / whole for sentence in reference.sentences]
