"""Whether a claim keeps the order in which its quote brings things, and leaves no bridge out.

Who does what to whom stands in the order of words. A claim that takes the beginning of one part of
its quote and the end of another says what neither does.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rigatino.answer.audit.words import content_stems, content_words, stem

_COMPARES = re.compile(
    r"\b(?:than|versus|vs|outperform\w*|surpass\w*|exceed\w*|beats?|compared|instead|rather|unlike|from"
    r"|into|causes?|caused|leads?|because|before|after|replaces?|exceeds?|over)\b",
    re.IGNORECASE,
)
#: the share of the common words that has to keep its order; more where things are compared
_KEPT, _KEPT_COMPARING = 0.7, 0.9
#: so many content words of the quote may be left out between two that follow each other
_FURTHEST = 7
_PARTS = re.compile(r"[,;:–—]\s|\s(?:and|but|while|whereas|though|so|yet)\s", re.IGNORECASE)


def order_fault(claim: str, quote: str) -> str | None:
    """Whether the words of the quote come in another order, or are joined across a gap."""
    given = content_stems(quote)
    places: dict[str, list[int]] = {}
    for place, each in enumerate(given):
        places.setdefault(each, []).append(place)
    steady = (stem(w) for w in content_words(claim) if not w.endswith("ly"))  # adverbs move freely
    common = [s for s in dict.fromkeys(steady) if s in places]
    wanted = _KEPT_COMPARING if _COMPARES.search(quote) else _KEPT
    if len(common) >= 3 and _in_order(common, given) < wanted * len(common):
        return "it turns round the order of its quote"
    if any(_leaps(part, places) for part in _PARTS.split(claim)):
        return "it joins words that stand far apart in its quote"
    return None


def _leaps(part: str, places: dict[str, list[int]]) -> bool:
    """Whether neighbouring words of a part are far from each other in the quote."""
    at: int | None = None
    steps = []
    for each in content_stems(part):
        if each in places:
            last = places[each][0] if at is None else at
            at = min(places[each], key=lambda place: abs(place - last))
            steps.append(at)
    return any(abs(b - a) > _FURTHEST + 1 for a, b in pairwise(steps))


def _in_order(some: list[str], given: tuple[str, ...]) -> int:
    """The length of the longest common subsequence."""
    best = [0] * (len(given) + 1)
    for each in some:
        before = 0
        for place, other in enumerate(given, 1):
            above = best[place]
            best[place] = before + 1 if each == other else max(above, best[place - 1])
            before = above
    return best[-1]
