"""Whether a claim keeps the order in which its quote brings things: who does what to whom."""

from __future__ import annotations

import re
from bisect import bisect_left

from rigatino.answer.audit.words import content_stems

_COMPARES = re.compile(
    r"\b(?:than|versus|vs|outperform\w*|surpass\w*|exceed\w*|beats?|compared|instead|rather|unlike|from"
    r"|into|causes?|caused|leads?|because|before|after|replaces?|exceeds?|over)\b",
    re.IGNORECASE,
)
#: the share of the common words that has to keep its order; more where things are compared
_KEPT, _KEPT_COMPARING = 0.6, 0.8


def order_fault(claim: str, quote: str) -> str | None:
    """Whether too many of the words of the quote come in another order."""
    places: dict[str, int] = {}
    for place, each in enumerate(content_stems(quote)):
        places.setdefault(each, place)
    common = [places[s] for s in dict.fromkeys(content_stems(claim)) if s in places]
    wanted = _KEPT_COMPARING if _COMPARES.search(quote) else _KEPT
    if len(common) >= 3 and _longest_rise(common) < wanted * len(common):
        return "it turns round the order of its quote"
    return None


def _longest_rise(numbers: list[int]) -> int:
    """The length of the longest increasing subsequence."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
