"""The word that misled a match: shared by the question (or its topic) and an item.

Matching by words is how most of a brief's items got there, so the honest thing to show
is the word itself. A candidate is a word of the item's title or summary that meets a
word of the question, or of the vocabulary of its task, by stem; in a title also by sense
("Precipitation" for "downpour"). Rare words beat common ones, titles beat summaries, the
asker's own words beat the vocabulary of the topic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

import numpy as np

from rigatino.tasks import (
    Card,
    Word,
    card,
    glossed,
    likeness,
    parts,
    rarity,
    stem,
    telling,
    topic_stems,
)

#: Cosine of two words' vectors from which on one may have stood for the other.
ALIKE = 0.5
#: What a word that is alike in sense counts beside one that is the same.
SENSE = 0.7
#: What a word of the effect itself counts beside any other word of the asker's (1).
HOOK = 1.5


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word as the item prints it, where, and how strongly it could mislead."""

    word: str
    start: int
    end: int
    strength: float
    in_title: bool
    in_question: bool


@cache
def topic_words(slug: str) -> dict[str, float]:
    """Stems of a task's vocabulary: most for its hooks and names, less for how it is described."""
    c: Card = card(slug)
    weighted = {root: 0.7 * loud for root, loud in topic_stems(slug).items()}
    named = " ".join((c.name, *c.also, slug.replace("-", " ")))
    for text, weight in ((c.step_output, 0.3), (c.goal, 0.5), (named, 1.0)):
        weighted |= {w.stem: weight for w in telling(text)}
    return weighted | {stem(hook): HOOK for hook in c.hooks}


def shared_words(
    question: str, tasks: tuple[str, ...], title: str, summary: str
) -> list[SharedWord]:
    """Candidates, the strongest first; spans count in ``title + newline + summary``."""
    said = telling(glossed(question))
    asked = _Stems({w.stem: 1.0 for w in said})
    topic: dict[str, float] = {}
    for slug in reversed(tasks):
        topic |= topic_words(slug)
    about = _Stems(topic)
    best: dict[str, SharedWord] = {}
    text = f"{title}\n{summary}" if summary else title
    words = [w for whole in telling(text) for w in (whole, *parts(whole))]
    names = frozenset(w.stem for slug in tasks for w in telling(card(slug).name))
    alike = _alike(tuple(w.lower for w in words if w.start < len(title)), said, tasks)
    for word in words:
        in_title = word.start < len(title)
        near = alike.get(word.lower, 0.0)
        found = _candidate(
            word, asked, about, near, in_title=in_title, names_task=word.stem in names
        )
        if found and (word.stem not in best or best[word.stem].strength < found.strength):
            best[word.stem] = found
    return sorted(best.values(), key=lambda s: (-s.strength, s.start))


def _alike(
    title: tuple[str, ...], said: tuple[Word, ...], tasks: tuple[str, ...]
) -> dict[str, float]:
    """By word of the title: how near it comes in sense to what was said or asked for, 0…1."""
    names = " ".join(name for slug in tasks for name in (card(slug).name, *card(slug).also))
    others = tuple({w.lower for w in (*said, *telling(names))})
    if not title or not others:
        return {}
    nearest = np.clip((likeness(title, others).max(1) - ALIKE) / (1 - ALIKE), 0, 1)
    return dict(zip(title, nearest.tolist(), strict=True))


def _candidate(
    word: Word, asked: _Stems, topic: _Stems, alike: float, *, in_title: bool, names_task: bool
) -> SharedWord | None:
    own, by_topic = asked.meet(word.stem), topic.meet(word.stem)
    if max(own, by_topic, alike) == 0.0:
        return None
    weight = max(own + 0.8 * by_topic, SENSE * alike)
    rare = min(rarity(word.lower), rarity(word.stem))
    if by_topic >= HOOK:
        rare = max(rare, 0.75)  # "dark" is common and yet what a match on night pictures hits
    place = 3.0 if in_title else 0.6 if own or names_task else 0.3
    if word.stem in _trade_stems() and by_topic < HOOK:
        place *= 0.2
    return SharedWord(word.shown, word.start, word.end, weight * place * rare, in_title, own > 0)


@cache
def _trade_stems() -> frozenset[str]:
    """Stems that stand in papers of any subject."""
    text = (files(__package__) / "trade_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem(word) for line in lines for word in line.split())


class _Stems:
    """Weighted stems that can be met by equality, or by a shared beginning of four letters."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._by_beginning: dict[str, list[str]] = {}
        for root in weights:
            self._by_beginning.setdefault(root[:4], []).append(root)

    def meet(self, root: str) -> float:
        """The greatest weight of a stem that is met, less for one that is met in part."""
        near = self._by_beginning.get(root[:4], ()) if len(root) >= 4 else ()
        partly = max((_in_part(root, other) * self._weights[other] for other in near), default=0.0)
        return max(self._weights.get(root, 0.0), partly)


def _in_part(a: str, b: str) -> float:
    """How far two different stems meet: one begins with the other, or both begin alike."""
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 4:
        return 0.5 * math.sqrt(len(short) / len(long))
    common = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))
    )  # "compressiv" and "compression"
    return 0.4 if common >= 6 and common >= 0.75 * len(long) else 0.0
