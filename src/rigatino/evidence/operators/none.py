"""No damage that is known: BEFORE is the picture, and what differs from it is the tool's."""

from __future__ import annotations

from rigatino.diagnosis import Binds
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.fixed import OwnSamples
from rigatino.evidence.jpeg.reading import read
from rigatino.evidence.jpeg.tally import bands_of, shares_by_name
from rigatino.evidence.laying import on_own_grid
from rigatino.evidence.record import Claim
from rigatino.evidence.slack import slack_of
from rigatino.evidence.wording import Words, told

_WORDS = Words(
    "your file itself is the picture that is wanted",
    "how far the result differs from your file, whatever your file may have lost",
    "your file",
    "your file itself",
)


def judge(case: Case) -> Judged:
    """Every sample of BEFORE holds, within its own rounding."""
    stored = OwnSamples(case.own)
    found = read(stored, case.laid, slack_of(case), case.mask)
    claim = Claim(
        "none",
        ("your file itself is the picture, each sample sure to half a grey level",),
        Binds("no", "nothing is known of how your file was damaged"),
        shares_by_name(found.tallies, stored.colour),
        shares_by_name(read(stored, on_own_grid(case.own)).tallies, stored.colour),
        bands_of(found.tallies),
    )
    return Judged(told(claim, _WORDS), found.energies, found.looked)


NONE = Judge("none", "What of your file's own detail is left?", judge)
