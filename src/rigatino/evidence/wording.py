"""What a claim says to a layperson: every figure is cited, and its condition stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rigatino.diagnosis import percent
from rigatino.evidence.record import Claim, Sentence, Shares

_PARTS = ("recovered", "filled", "contradicted")


@dataclass(frozen=True, slots=True)
class Words:
    """How one operator speaks of itself."""

    condition: str
    """What must hold, as it follows “if”."""
    otherwise: str
    """What the figures are about where it does not hold, as it follows “speaks only of”."""
    fixes: str
    """What fixes, allows and is contradicted: “your file”, “the small picture”."""
    anchor: str
    """What the plain shares are of, as a subject."""


def told(claim: Claim, words: Words, *more: Sentence) -> Claim:
    """The same claim with its sentences."""
    return replace(claim, sentences=(*_shares(claim, words), *more))


def _shares(claim: Claim, words: Words) -> list[Sentence]:
    name, seen = ("fine", "fine detail") if "fine" in claim.shares else ("all", "detail")
    shares = claim.shares.get(name)
    if shares is None:
        return []
    if shares.filled is None:
        return [Sentence(f"There is no {seen} to speak of, and so there is no percentage.")]
    said = [Sentence(f"{_opening(claim, words)}{_split(shares, seen, words.fixes)}", _cites(name))]
    own = claim.plain.get(name)
    if own is not None and own.filled is not None:
        said.append(
            Sentence(
                f"For comparison: {words.anchor} counts as {percent(own.filled)} filled in and "
                f"{percent(own.contradicted or 0)} contradicted.",
                (f"plain/{name}/filled", f"plain/{name}/contradicted"),
            )
        )
    return said


def _split(shares: Shares, seen: str, fixes: str) -> str:
    kept, guessed, against = (percent(getattr(shares, part) or 0) for part in _PARTS)
    return (
        f"of the {seen} you see, {kept} is fixed by {fixes}, {guessed} is a guess that {fixes} "
        f"allows, and {against} contradicts {fixes}."
    )


def _cites(name: str) -> tuple[str, ...]:
    return tuple(f"shares/{name}/{part}" for part in _PARTS)


def _opening(claim: Claim, words: Words) -> str:
    """The condition, in the same breath as the number."""
    reason = claim.binds.reason
    if claim.binds.value == "sure":
        return f"If {words.condition}, as everything about it says: "
    if claim.binds.value == "likely":
        return f"Only if {words.condition}, which is likely but not sure ({reason}): "
    return f"This speaks only of {words.otherwise} ({reason}): "
