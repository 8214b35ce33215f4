"""What a record says to a layperson, each sentence with the places of its figures."""

from __future__ import annotations

from collections.abc import Iterator

from rigatino.diagnosis import percent
from rigatino.evidence.record import CONSISTENT, Claim, Evidence, Sentence, Shares

__all__ = ["ANCHORS", "main_shares", "percent", "told"]
#: what the plain shares are of, by operator
ANCHORS = {
    "jpeg": "the file opened as it is",
    "enlarged": "a plain enlargement",
    "blurred": "the blurred picture as it is",
    "noisy": "the noisy picture as it is",
    "masked": "the picture as it is",
    "none": "the picture as it is",
}


def main_shares(claim: Claim) -> tuple[str, Shares] | None:
    """The name and the shares to speak of first: of fine detail, else of all; None without any."""
    name = next((name for name in ("fine", "all") if name in claim.shares), None)
    if name is None or claim.shares[name].recovered is None:
        return None
    return name, claim.shares[name]


def told(evidence: Evidence) -> tuple[Sentence, ...]:
    """The main claim; each sentence cites by JSON Pointers into the evidence."""
    return tuple(_told(evidence))


def _told(evidence: Evidence) -> Iterator[Sentence]:
    claim = evidence.main
    for at, sentence in enumerate(claim.sentences):
        places = tuple(f"/claims/0/{path}" for path in sentence.cites)
        spoken = () if claim.binds.reason not in sentence.text else ("/claims/0/binds/reason",)
        itself = (f"/claims/0/sentences/{at}/text",)
        yield Sentence(sentence.text, (*places, *spoken) or itself)
    for at, assumed in enumerate(claim.assumes):
        yield Sentence(f"This assumes: {assumed.rstrip('.')}.", (f"/claims/0/assumes/{at}",))
    yield Sentence(CONSISTENT, ("/says",))
