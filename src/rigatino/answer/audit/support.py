"""How probable it is that reference texts say what a claim says, from words alone.

A logistic regression over a dozen lexical measures, each of which lies in [0, 1] and is
larger where more of the claim is found (or, for the last few, missing). Its weights come
from ``training/support.py`` and lie in ``support.json``. It knows nothing of meaning: a
free paraphrase in everyday words gets a middling probability, which is what "cannot
tell" stands for.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from rigatino.answer.audit.wordlists import wordlist
from rigatino.answer.audit.words import content_stems, content_words, stem, words

FEATURES = (
    "window", "wide_window", "two_sentences", "cosine", "pairs_near", "word_pairs", "word_triples",
    "parts", "longest_run", "new_words", "focus", "numbers_missing", "names_missing",
    "rarest_missing", "negation_differs",
)  # fmt: skip

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+|\n+")
_PARTS = re.compile(r"[,;:]| and | which | that | while | but ")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[a-z,;:\"“(' ])[\"“('’]?([A-Z][A-Za-z]+)")
_NEGATIONS = wordlist("negations")
_CITATION = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]|\[[MP]\d+\]|[*_`]{1,3}")
_REFERENCE_MARK = re.compile(r"^\[\d+\]\s*\S+\s*")


@dataclass(frozen=True)
class Weights:
    """A trained regression: features are standardised, then weighted and summed."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """The probability that belongs to one row of features."""
        rows = zip(features, self.mean, self.scale, self.weight, strict=True)
        total = self.bias + sum(w * (x - m) / s for x, m, s, w in rows)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Rarity:
    """How rare stems are in running text; unknown ones count as the rarest."""

    table: dict[str, float]
    unknown: float

    def of(self, stem_: str) -> float:
        """The rarity of one stem (a logarithm)."""
        return self.table.get(stem_, self.unknown)

    def total(self, stems: Iterable[str]) -> float:
        """The rarity of several stems together."""
        return sum(self.of(s) for s in stems)


def support_probability(claim: str, references: tuple[str, ...], question: str = "") -> float:
    """How probable it is that the references support the claim."""
    weights, rarity = shipped()
    return weights.probability(measure(claim, references, question, rarity))


@lru_cache(maxsize=1)
def shipped() -> tuple[Weights, Rarity]:
    """The weights and rarities that come with the package."""
    data = json.loads(files("rigatino.answer.audit").joinpath("support.json").read_text("utf-8"))
    mean, scale, weight = (tuple(data[key]) for key in ("mean", "scale", "weight"))
    weights = Weights(mean, scale, weight, data["bias"])
    return weights, Rarity(data["rarity"], data["unknown"])


@dataclass(frozen=True)
class Reference:
    """Reference texts taken apart once."""

    stems: tuple[str, ...]  # content stems in order
    runs: dict[str, tuple[int, ...]]  # where each stem of any word stands
    all_stems: tuple[str, ...]
    sentences: tuple[frozenset[str], ...]
    texts: tuple[str, ...]
    numbers: frozenset[str]
    near: frozenset[tuple[str, str]]


@lru_cache(maxsize=64)
def reference_of(references: tuple[str, ...]) -> Reference:
    """Take reference texts apart (kept for the last few)."""
    cleaned = [_REFERENCE_MARK.sub("", text) for text in references]
    texts = [s for text in cleaned for s in _SENTENCE.split(text) if s and s.strip()] or [""]
    by_sentence = [content_stems(s) for s in texts]
    every = tuple(stem(w) for text in cleaned for w in words(text))
    places: dict[str, list[int]] = {}
    for index, each in enumerate(every):
        places.setdefault(each, []).append(index)
    stems = tuple(s for sentence in by_sentence for s in sentence)
    return Reference(
        stems=stems,
        runs={k: tuple(v) for k, v in places.items()},
        all_stems=every,
        sentences=tuple(frozenset(s) for s in by_sentence),
        texts=tuple(texts),
        numbers=frozenset(n for text in cleaned for n in _NUMBER.findall(text)),
        near=_near_pairs(stems),
    )


def _near_pairs(stems: tuple[str, ...], reach: int = 6) -> frozenset[tuple[str, str]]:
    """Pairs of content stems that stand within a few words of each other, in either order."""
    pairs = set()
    for index, first in enumerate(stems):
        for second in stems[index + 1 : index + 1 + reach]:
            pairs.add((first, second))
            pairs.add((second, first))
    return frozenset(pairs)


def measure(
    claim: str, references: tuple[str, ...], question: str, rarity: Rarity
) -> tuple[float, ...]:
    """The row of ``FEATURES`` for one claim."""
    claim = " ".join(_CITATION.sub(" ", claim).split())
    reference = reference_of(references)
    stems = content_stems(claim)
    distinct = frozenset(stems)
    every = [stem(w) for w in words(claim)]
    two, best = _best_window(distinct, reference, rarity)
    missing = distinct - frozenset(reference.stems)
    return (
        _sliding(stems, distinct, reference, rarity, 1.5),
        _sliding(stems, distinct, reference, rarity, 3.0),
        two,
        _cosine(distinct, best, rarity),
        _share(set(pairwise(stems)), reference.near),
        _run_share(every, reference, 2),
        _run_share(every, reference, 3),
        _parts(claim, reference, rarity),
        _longest_run(every, reference) / max(1, len(every)),
        _new_words(distinct, question, reference, rarity),
        len(best & distinct) / max(1, len(best)),
        _missing_numbers(claim, reference),
        _missing_names(claim, reference),
        max((rarity.of(s) for s in missing), default=0.0) / rarity.unknown,
        _negation_differs(claim, distinct, reference),
    )


def _covered(wanted: frozenset[str], found: frozenset[str] | set[str], rarity: Rarity) -> float:
    return rarity.total(wanted & found) / (rarity.total(wanted) or 1.0)


def _sliding(
    stems: tuple[str, ...],
    distinct: frozenset[str],
    reference: Reference,
    rarity: Rarity,
    factor: float,
) -> float:
    """The share of the claim found within a window of ``factor`` times its own length."""
    length = max(8, int(factor * len(stems)))
    weights = {s: rarity.of(s) for s in distinct}
    counts: dict[str, int] = {}
    covered = best = 0.0
    for index, entering in enumerate(reference.stems):
        if entering in weights:
            counts[entering] = counts.get(entering, 0) + 1
            covered += weights[entering] if counts[entering] == 1 else 0.0
        leaving = reference.stems[index - length] if index >= length else None
        if leaving in weights:
            counts[leaving] -= 1
            covered -= weights[leaving] if counts[leaving] == 0 else 0.0
        best = max(best, covered)
    return best / (sum(weights.values()) or 1.0)


def _best_window(
    distinct: frozenset[str], reference: Reference, rarity: Rarity
) -> tuple[float, frozenset[str]]:
    """The two neighbouring sentences that cover most of the claim."""
    sentences = reference.sentences
    windows = [a | b for a, b in zip(sentences, (*sentences[1:], frozenset[str]()), strict=True)]
    scored = [(_covered(distinct, window, rarity), window) for window in windows]
    return max(scored, key=lambda pair: pair[0])


def _cosine(claim: frozenset[str], window: frozenset[str], rarity: Rarity) -> float:
    norm = math.sqrt(sum(rarity.of(s) ** 2 for s in claim) * sum(rarity.of(s) ** 2 for s in window))
    return sum(rarity.of(s) ** 2 for s in claim & window) / norm if norm else 0.0


def _share(wanted: set[tuple[str, str]], found: frozenset[tuple[str, str]]) -> float:
    return len(wanted & found) / max(1, len(wanted))


def _run_share(every: list[str], reference: Reference, size: int) -> float:
    """The share of the claim's word runs of a size that the references have too."""
    runs = {tuple(every[i : i + size]) for i in range(len(every) - size + 1)}
    return sum(_occurs(run, reference) for run in runs) / max(1, len(runs))


def _occurs(run: tuple[str, ...], reference: Reference) -> bool:
    places = reference.runs.get(run[0], ())
    return any(reference.all_stems[p : p + len(run)] == run for p in places)


def _longest_run(every: list[str], reference: Reference) -> int:
    """The longest run of words that claim and references share."""
    best = 0
    ends: dict[int, int] = {}
    for word in every:
        ends = {p: ends.get(p - 1, 0) + 1 for p in reference.runs.get(word, ())}
        best = max(best, *ends.values()) if ends else best
    return best


def _parts(claim: str, reference: Reference, rarity: Rarity) -> float:
    """The mean over the claim's parts of the share that one sentence covers."""
    parts = [frozenset(content_stems(part)) for part in _PARTS.split(claim)]
    parts = [p for p in parts if len(p) > 1] or [frozenset(content_stems(claim))]
    best = [max(_covered(p, s, rarity) for s in reference.sentences) for p in parts]
    return sum(best) / len(best)


def _new_words(
    distinct: frozenset[str], question: str, reference: Reference, rarity: Rarity
) -> float:
    """The share covered, by two sentences, of what the claim adds to the question."""
    new = distinct - frozenset(content_stems(question))
    return _best_window(new, reference, rarity)[0] if new else 1.0


def _missing_numbers(claim: str, reference: Reference) -> float:
    numbers = set(_NUMBER.findall(claim))
    return len(numbers - reference.numbers) / len(numbers) if numbers else 0.0


def _missing_names(claim: str, reference: Reference) -> float:
    names = {stem(name.lower()) for name in _NAME.findall(claim)}
    return sum(n not in reference.runs for n in names) / len(names) if names else 0.0


def _negation_differs(claim: str, distinct: frozenset[str], reference: Reference) -> float:
    sentences = reference.sentences
    best = max(range(len(sentences)), key=lambda i: len(distinct & sentences[i]))
    return float(_negated(claim) != _negated(reference.texts[best]))


def _negated(text: str) -> bool:
    return any(w in _NEGATIONS or w.endswith("n't") for w in words(text))


def content_share(claim: str, stems: frozenset[str]) -> float:
    """The plain share of a claim's content stems that a text has."""
    wanted = {stem(w) for w in content_words(claim)}
    return len(wanted & stems) / len(wanted) if wanted else 1.0
