"""Boilerplate, measured as transferability: how well would a sentence serve other briefs?

The content words of a sentence are either *anchored* (the brief, its question or the names
of the asked tasks have the word, and it is no stock word that says something about any
task) or not. Two measures decide:

* the transferability is the share of content words that are not anchored: what any other
  brief could have had as well;
* the manner tells empty words from plain ones: the log-odds that a sentence of these words
  is boilerplate rather than an explanation, with weights from ``training/boilerplate.py``.

A sentence that is transferable *and* of that manner is boilerplate.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.wordlists import wordlist
from rigatino.answer.audit.words import content_stems, stem

#: Fewer content words than this say too little to be judged.
LEAST_WORDS = 4
TRANSFERABLE = 0.8
MANNER = 0.4
_LABEL = re.compile(r"^\W*(?:inputs?|models?|outputs?)\W*:\W*", re.IGNORECASE)  # of a list's entry
_QUOTED = re.compile(r"[\"“”«»][^\"“”«»]{2,}[\"“”«»]|`[^`]+`")


@dataclass(frozen=True, slots=True)
class Makeup:
    """What a sentence is made of: content words, the anchored ones among them, the manner."""

    total: int
    anchored: int
    manner: float

    @property
    def transferability(self) -> float:
        """The share that any other brief could have had as well; 0 where nothing is said."""
        return 1 - self.anchored / self.total if self.total else 0.0

    @property
    def judged(self) -> bool:
        """Whether there is enough to judge."""
        return self.total >= LEAST_WORDS

    @property
    def is_boilerplate(self) -> bool:
        """Transferable and of boilerplate's manner."""
        return self.judged and self.transferability >= TRANSFERABLE and self.manner >= MANNER


def makeup(sentence: str, evidence: Evidence, task_stems: frozenset[str]) -> Makeup:
    """Weigh the content words of a sentence, each stem once; links are blanked out before."""
    stems = frozenset(content_stems(_LABEL.sub("", sentence)))
    own = (stems & evidence.stems) | (stems & task_stems)
    quotes = _QUOTED.findall(sentence)
    theirs = [quote for quote in quotes if quote.strip('"“”«»`') in evidence.text]
    # What stands in the brief to the letter is the source's own, stock words and all.
    quoted = stems & frozenset(content_stems(" ".join(theirs)))
    anchored = len(own - stock_stems() | quoted) + sum(s.isdigit() for s in stems - own)
    bias, weights = _weights()
    manner = bias + sum(weights.get(s, 0.0) for s in stems)
    return Makeup(len(stems) + len(quotes), anchored + len(quotes), manner)


@lru_cache(maxsize=1)
def _weights() -> tuple[float, dict[str, float]]:
    data = json.loads(
        files("rigatino.answer.audit").joinpath("boilerplate.json").read_text("utf-8")
    )
    return data["bias"], data["weights"]


@lru_cache(maxsize=1)
def field_stems() -> frozenset[str]:
    """The stems that people use who explain what AI does to pictures."""
    return frozenset(_weights()[1]) | {stem(word) for word in wordlist("field_words")}


@lru_cache(maxsize=1)
def stock_stems() -> frozenset[str]:
    """The stems of the stock words."""
    text = files("rigatino.answer.audit").joinpath("stock.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem(word) for line in lines for word in line.split())
