"""The shares in words for a layperson; every figure as it stands in the JSON, rounded."""

from __future__ import annotations

from rigatino.evidence.record import CONSISTENT, Claim, Evidence, Sentence, Shares

#: what the shares of ``plain`` are of, by operator
PLAIN = {
    "jpeg": "your file as it is, merely opened",
    "enlarged": "a plain enlargement",
    "blurred": "the blurred picture as it is",
    "noisy": "the noisy picture as it is",
    "masked": "the picture as it is",
    "none": "the picture as it is",
}
_CONDITION = {
    "sure": "Of",
    "likely": "Most likely, of",
    "no": "Measured against the file alone, of",
}
_SURE = {
    "sure": "That the file binds the picture you want back is sure",
    "likely": "That the file binds the picture you want back is likely, not sure",
    "no": "The file does not bind the picture you want back, so “fixed by the file” is no more "
    "than that",
}
_NO_DETAIL = "There is no detail in the result of which a share could be given."


def percent(share: float) -> str:
    """A share as text: ``34 %``, under ten ``3.4 %``."""
    return f"{100 * share:.{0 if share >= 0.0995 or share == 0 else 1}f} %"


def main_shares(claim: Claim) -> tuple[str, Shares]:
    """The name and the shares to speak of first: of fine detail, else of all."""
    name = next(name for name in ("fine", "all") if name in claim.shares)
    return name, claim.shares[name]


def told(evidence: Evidence) -> tuple[Sentence, ...]:
    """What the main claim comes to; each sentence cites by JSON Pointer into the evidence."""
    claim = evidence.main
    if not claim.shares:
        return (_assumed(claim), _bound(claim))
    name, shares = main_shares(claim)
    if shares.recovered is None:
        return (Sentence(_NO_DETAIL, (f"/claims/0/shares/{name}",)), _assumed(claim))
    parts = [_result(claim, name, shares), *_anchor(claim, name), _assumed(claim), _bound(claim)]
    return (*parts, Sentence(CONSISTENT, ("/says",)))


def _result(claim: Claim, name: str, shares: Shares) -> Sentence:
    known, filled, against = _percents(shares)
    text = (
        f"{_CONDITION[claim.binds.value]} the {_noun(name)} in the result, {known} is fixed by the "
        f"file, {filled} is the model's guess that the file allows, and {against} contradicts it."
    )
    return Sentence(text, (f"/claims/0/shares/{name}",))


def _anchor(claim: Claim, name: str) -> tuple[Sentence, ...]:
    plain = claim.plain.get(name)
    if plain is None or plain.recovered is None:
        return ()
    known, filled, against = _percents(plain)
    text = (
        f"Beside it, {PLAIN[claim.operator]}: {known} is fixed, {filled} is filled in and "
        f"{against} contradicts."
    )
    return (Sentence(text, (f"/claims/0/plain/{name}",)),)


def _assumed(claim: Claim) -> Sentence:
    said = claim.assumes[0].rstrip(".")
    return Sentence(f"This assumes: {said}.", ("/claims/0/assumes/0",))


def _bound(claim: Claim) -> Sentence:
    reason = claim.binds.reason.rstrip(".")
    return Sentence(f"{_SURE[claim.binds.value]}: {reason}.", ("/claims/0/binds/reason",))


def _noun(name: str) -> str:
    return "fine detail" if name == "fine" else "detail"


def _percents(shares: Shares) -> tuple[str, str, str]:
    known, filled, against = shares.recovered, shares.filled, shares.contradicted
    return percent(known or 0), percent(filled or 0), percent(against or 0)
