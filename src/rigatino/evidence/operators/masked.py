"""A mask: where it is white, BEFORE holds nothing, and all that AFTER shows is invented."""

from __future__ import annotations

from rigatino.diagnosis import Binds, percent
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.fixed import OwnSamples
from rigatino.evidence.jpeg.reading import read
from rigatino.evidence.jpeg.tally import bands_of, shares_by_name
from rigatino.evidence.laying import on_own_grid
from rigatino.evidence.record import Claim, Sentence
from rigatino.evidence.slack import slack_of
from rigatino.evidence.wording import Words, told

_WORDS = Words(
    "your file is right wherever it is not masked",
    "the masked picture as it is",
    "your file outside the mask",
    "your file itself",
)


def judge(case: Case) -> Judged | None:
    """Where a mask was given; outside it, BEFORE's samples hold within their rounding."""
    if case.mask is None:
        return None
    stored = OwnSamples(case.own)
    found = read(stored, case.laid, slack_of(case), case.mask)
    share = float(case.mask.mean())
    claim = Claim(
        "masked",
        ("under the mask your file holds nothing, outside it each sample is sure to half a level",),
        Binds("likely", "the mask is as told; outside it your file may be damaged, too"),
        shares_by_name(found.tallies, stored.colour),
        shares_by_name(read(stored, on_own_grid(case.own)).tallies, stored.colour),
        bands_of(found.tallies),
        {"masked": share},
    )
    said = Sentence(
        f"Under the mask, {percent(share)} of the picture, everything is invented.",
        ("figures/masked",),
    )
    return Judged(told(claim, _WORDS, said), found.energies, found.looked)


MASKED = Judge("masked", "What lies where your file holds nothing?", judge)
