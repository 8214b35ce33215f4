"""Boilerplate, measured as transferability: how well would a sentence serve other briefs?

The content words of a sentence fall into three groups: *anchored* (the brief, its question
or the names of the asked tasks have the word, and it is no stock word), *stock* (words of
``stock.txt``, which say something about any task) and *free* (all others). The
transferability of a sentence is the share of its content words that are not anchored; it is
boilerplate if it is transferable and made of stock words for the greater part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.words import content_words, stem

#: Fewer content words than this say too little to be judged.
LEAST_WORDS = 4
#: A short sentence must be all stock, a longer one for the greater part.
_SHORT = 6
_TRANSFERABLE = 0.85
_STOCK_SHARE = 0.6
_STOCK_SHARE_SHORT = 0.8
_QUOTED = re.compile(r"[\"“”«»][^\"“”«»]{2,}[\"“”«»]|`[^`]+`")


@dataclass(frozen=True, slots=True)
class Makeup:
    """How many content words of a sentence are anchored, stock and free."""

    anchored: int
    stock: int
    free: int

    @property
    def total(self) -> int:
        """All content words."""
        return self.anchored + self.stock + self.free

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
        """Transferable, and stock for the greater part; the less said, the more is asked."""
        if not self.judged or self.transferability < _TRANSFERABLE:
            return False
        asked = _STOCK_SHARE_SHORT if self.total <= _SHORT else _STOCK_SHARE
        return self.stock >= asked * self.total


def makeup(sentence: str, evidence: Evidence, task_stems: frozenset[str]) -> Makeup:
    """Group the content words of a sentence, each stem once; links are blanked out before."""
    stems = {stem(word) for word in content_words(sentence)}
    stock = stems & stock_stems()
    own = evidence.stems | task_stems
    anchored = {s for s in stems - stock if s in own or s.isdigit()}
    quotes = len(_QUOTED.findall(sentence))
    return Makeup(len(anchored) + quotes, len(stock), len(stems - stock - anchored))


@lru_cache(maxsize=1)
def stock_stems() -> frozenset[str]:
    """The stems of the stock words."""
    text = files("rigatino.answer.audit").joinpath("stock.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem(word) for line in lines for word in line.split())
