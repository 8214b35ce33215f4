"""JPEG: every stored number confines one coefficient of the picture to an interval."""

from __future__ import annotations

from rigatino.diagnosis import Binds, percent
from rigatino.evidence.allowing import allowance
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.fixed import FileNumbers
from rigatino.evidence.jpeg.reading import Reading, read
from rigatino.evidence.jpeg.rounding import drops_small
from rigatino.evidence.jpeg.tally import bands_of, shares_by_name
from rigatino.evidence.laying import on_own_grid
from rigatino.evidence.record import Claim, Sentence
from rigatino.evidence.slack import LOSSY, slack_of
from rigatino.evidence.wording import Words, told

_ONCE = "the file was saved once, by a plain encoder, from the picture that is wanted back"
Figures = dict[str, float | str | None]
_WORDS = Words(
    "your file was saved once, from the picture that is wanted back",
    "what was last saved as this file, not of the original",
    "your file",
    "the fine detail of your file opened as it is",
)


def judge(case: Case) -> Judged | None:
    """Where BEFORE is a JPEG whose numbers can be compared."""
    if case.stored is None:
        return None
    stored = FileNumbers(case.stored)
    found = read(stored, case.laid, slack_of(case), case.mask)
    own = read(stored, on_own_grid(case.own))
    binds = _binds(case)
    claim = Claim(
        "jpeg", _assumes(case), binds,
        shares_by_name(found.tallies, stored.colour),
        shares_by_name(own.tallies, stored.colour),
        bands_of(found.tallies), _figures(found) | _allowing(case, stored),
    )  # fmt: skip
    said = (*_broken(claim), *_still(claim))
    return Judged(told(claim, _WORDS, *said), found.energies, found.looked)


def _allowing(case: Case, stored: FileNumbers) -> Figures:
    """What contradicts even if the file's history is allowed for."""
    allowed = allowance(case, stored)
    if allowed is None:
        return {}
    found = read(stored, case.laid, allowed.slack, case.mask)
    shares = shares_by_name(found.tallies, stored.colour)["all"]
    return {"allowing_for": allowed.words, "contradicted_allowing": shares.contradicted}


def _still(claim: Claim) -> tuple[Sentence, ...]:
    share = claim.figures.get("contradicted_allowing")
    if not isinstance(share, float):
        return ()
    return (
        Sentence(
            f"Allowing for {claim.figures['allowing_for']}, {percent(share)} of all detail still "
            "contradicts: that much contradicts the original, too.",
            ("figures/contradicted_allowing",),
        ),
    )


def _broken(claim: Claim) -> tuple[Sentence, ...]:
    """How many of the stored numbers the result does not respect."""
    outside, counted = (
        int(claim.figures[f"coefficients_{n}"] or 0) for n in ("outside", "counted")
    )
    if not counted:
        return ()
    return (
        Sentence(
            f"{outside} of {counted} stored numbers that say something are not respected.",
            ("figures/coefficients_outside", "figures/coefficients_counted"),
        ),
    )


def _assumes(case: Case) -> tuple[str, ...]:
    more = []
    if case.enlarged:
        more.append(f"your file is the result made smaller by {case.scaling}")
    if case.gain:
        more.append("the change of colour over the whole picture was meant, and is undone")
    if case.mask is not None:
        more.append("under the mask your file holds nothing of the picture")
    return (_ONCE, *more)


def _binds(case: Case) -> Binds:
    """As diagnosis says, lowered for what stands between AFTER and BEFORE's numbers."""
    if case.smear is not None:
        return Binds(
            "no",
            "a blur was undone in the result, and the stored numbers hold the blurred picture",
        )
    binds = case.diagnosis.binds
    doubts = list(_doubts(case))
    if binds.value == "sure" and doubts:
        return Binds("likely", "; ".join(doubts))
    return Binds(binds.value, "; ".join((binds.reason, *doubts)))


def _doubts(case: Case) -> list[str]:
    found = []
    if case.stored is not None and drops_small(case.stored):
        found.append("the encoder left small numbers out instead of rounding to the nearest step")
    if case.enlarged:
        found.append("nobody knows by which rule an enlargement is to be made small again")
    if case.reduced:
        found.append("the result was made smaller, so that its finest detail is gone either way")
    if not case.registered.snapped:
        found.append(
            "the result had to be moved by parts of a pixel "
            f"(sure to {case.registered.uncertainty:.2f})"
        )
    if case.after.format in LOSSY:
        found.append(f"the result is a {case.after.format}, whose own losses are not read")
    return found


def _figures(found: Reading) -> Figures:
    outside = sum(tally.outside for tally in found.tallies)
    counted = sum(tally.counted for tally in found.tallies)
    return {
        "coefficients_counted": counted,
        "coefficients_outside": outside,
        "outside_share": outside / counted if counted else None,
        "blocks_looked_at": int(found.looked.sum()),
    }


JPEG = Judge("jpeg", "What do the stored numbers of the JPEG still fix?", judge)
