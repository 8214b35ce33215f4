"""One sentence against its quote: everything that can be told from the words of the two."""

from __future__ import annotations

import re

from rigatino.answer.audit.support import content_share, support_probability
from rigatino.answer.audit.words import content_stems
from rigatino.answer.restating.characters import plain_fault
from rigatino.answer.restating.figures import figures_fault
from rigatino.answer.restating.namesakes import names_fault
from rigatino.answer.restating.operators import operators_fault
from rigatino.answer.restating.order import order_fault
from rigatino.brief import find_injections

#: as probable as not, held against the quote alone, once all the other checks are passed
ENOUGH = 0.5
#: the least share of a claim's content words that its quote has too
SHARED = 0.5
#: so few content words have to be the quote's, every one
_FEW = 3
#: a claim is a sentence or two, never an essay
MOST_CHARACTERS = 600
#: how prose comes to speak of the next source, which stands beside the claim: no count of anything
_ENTRANCE = re.compile(
    r"^(?:one|another|(?:a|the) (?:first|second|third|fourth|other|last))"
    r"(?: (?:paper|study|work|article|one))?\s+(?=[a-z]+s\b|was\b)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*\[([MPQ]\d{0,3})\]")


def restatement_fault(claim: str, quote: str, title: str, source_id: str) -> str | None:
    """Why a claim cannot stand for its quote, if anything speaks against it.

    ``title`` is the title or name of the source, whose words the claim may use as well.
    """
    if len(claim) > MOST_CHARACTERS:
        return "it is too long for a claim"
    if any(mark != source_id for mark in _MARK.findall(claim)):
        return "it names another source than the one it quotes"
    bare = _ENTRANCE.sub("It ", _MARK.sub("", claim).strip())
    return (
        plain_fault(bare, quote)
        or _ordering(bare)
        or figures_fault(bare, quote)
        or names_fault(bare, quote, title)
        or operators_fault(bare, quote)
        or order_fault(bare, quote)
        or _support(bare, quote, title)
    )


def _ordering(claim: str) -> str | None:
    return "it gives an order" if find_injections(claim) else None


def _support(claim: str, quote: str, title: str) -> str | None:
    """Words in common, as the auditor weighs them; a free wording is one it cannot tell.

    The name of the source does not count: whatever is said of it, its words are there.
    """
    said = re.sub(re.escape(title), " ", claim, flags=re.IGNORECASE) if title else claim
    stems = content_stems(said)
    if not stems:
        return "it says nothing"
    given = frozenset(content_stems(f"{title}\n{quote}"))
    shared, probability = content_share(said, given), support_probability(said, (quote,))
    few = len(stems) <= _FEW and not given.issuperset(stems)
    if few or shared < SHARED or probability < ENOUGH:
        return f"the checker cannot tell (p = {probability:.2f}, {shared:.0%} of its words)"
    return None
