"""Put any result back into what the evidence allows; what that moves was never the file's."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from rigatino._version import __version__
from rigatino.diagnosis import Binds, FileFacts, facts_of
from rigatino.errors import UsageError
from rigatino.evidence.back_projection import consistent
from rigatino.evidence.case import Case, Told
from rigatino.evidence.compare import examined
from rigatino.evidence.jpeg.fixed import FileNumbers
from rigatino.evidence.jpeg.reading import read
from rigatino.evidence.jpeg.tally import shares_by_name
from rigatino.evidence.laying import on_own_grid
from rigatino.evidence.record import CONSISTENT, Claim, Relation, Shares
from rigatino.evidence.relating import relation_of
from rigatino.imaging import Picture, Pixels, Source, from_float, to_float, upright
from rigatino.run import Projected, keep_to_evidence

SCHEMA = "rigatino/projection/1"


@dataclass(frozen=True, slots=True)
class ProjectionRecord:
    """What was moved, under which assumption, and whether that was sure."""

    before: FileFacts
    after: FileFacts
    relation: Relation
    operator: str
    assumes: tuple[str, ...]
    binds: Binds
    forced: bool
    """Whether it was done although the evidence does not surely bind the original."""
    moved: float
    """Mean absolute change of a sample, 0…255: what AFTER had and the evidence rules out."""
    contributed: float | None
    """The same between the result and the plain decode: the model's share that is allowed."""
    integers: int | None
    """How many numbers the file holds."""
    kept: int | None
    """How many of them a plain encoder would store again."""
    kept_before: int | None
    shares: Shares | None
    """Of AFTER's fine detail, before."""
    shares_after: Shares | None
    """Of the result's."""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    version: str = ""
    schema: str = SCHEMA

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        records = {
            name: value.to_json() for name, value in plain.items() if hasattr(value, "to_json")
        }
        lists = {name: list(plain[name]) for name in ("assumes", "notes")}
        return {"schema": self.schema, **plain, **records, **lists, "says": CONSISTENT}


@dataclass(frozen=True, eq=False)
class Held:
    """The picture and its record."""

    picture: Picture
    record: ProjectionRecord


def project_files(
    before: Source,
    after: Source,
    force: bool = False,
    told: Told = Told(),  # noqa: B008
) -> Held:
    """AFTER moved to the nearest picture that BEFORE allows."""
    began = time.perf_counter()
    done = examined(before, after, None, told)
    case, claim = done.case, done.judged[0].claim
    _check(case, claim, force)
    if case.enlarged:
        held, said = _enlarged(case)
    else:
        held, said = _jpeg(case, claim)
    picture = case.after.with_pixels(upright(held, case.before.orientation))
    record = ProjectionRecord(
        facts_of(case.before, before), facts_of(case.after, after), relation_of(case),
        claim.operator, claim.assumes, claim.binds, claim.binds.value != "sure", **said,
        shares=claim.shares.get("fine"), notes=done.notes,
        seconds=round(time.perf_counter() - began, 3), version=__version__,
    )  # fmt: skip
    return Held(picture, record)


def _check(case: Case, claim: Claim, force: bool) -> None:
    if claim.operator not in ("jpeg", "enlarged"):
        raise _refused("there are neither stored numbers nor a smaller picture to keep to")
    if claim.binds.value != "sure" and not force:
        raise UsageError(
            f"whether BEFORE binds the original is not sure: {claim.binds.reason}",
            "a file saved once from the picture that is wanted back",
            "leave the result as it is, or say --force, which is recorded",
        )
    if case.enlarged:
        return
    if case.reduced or not case.laid.exact or case.own.shape[2] != case.result.shape[2]:
        raise _refused(f"{relation_of(case).words.rstrip('.')}, in other colours or another place")
    if case.stored is None or not case.stored.complete:
        raise _refused("some of BEFORE's numbers were not received")


def _refused(reason: str) -> UsageError:
    return UsageError(
        reason, "a JPEG, and AFTER pixel on pixel on it or enlarged from it", "compare them instead"
    )


def _jpeg(case: Case, claim: Claim) -> tuple[Pixels, dict[str, Any]]:
    if case.stored is None:
        raise _refused("BEFORE has no stored numbers")
    held = from_float(to_float(case.result))
    done = keep_to_evidence(held, case.stored, claim.binds.reason)
    fixed = FileNumbers(case.stored)
    after = shares_by_name(read(fixed, on_own_grid(held)).tallies, fixed.colour)
    return held, _said(case, held, done, after["fine"])


def _said(case: Case, held: Pixels, done: Projected, shares: Shares) -> dict[str, Any]:
    return {
        "moved": done.moved,
        "contributed": round(_apart(held, from_float(to_float(case.own))), 4),
        "integers": done.integers,
        "kept": done.kept,
        "kept_before": done.kept_before,
        "shares_after": shares,
    }


def _enlarged(case: Case) -> tuple[Pixels, dict[str, Any]]:
    held = consistent(case)
    return held, {
        "moved": round(_apart(held, from_float(to_float(case.result))), 4),
        "contributed": None,
        "integers": None,
        "kept": None,
        "kept_before": None,
        "shares_after": None,
    }


def _apart(one: Pixels, other: Pixels) -> float:
    """Mean absolute difference, band by band."""
    total = sum(
        float(np.abs(one[top : top + 256].astype(np.int16) - other[top : top + 256]).sum())
        for top in range(0, len(one), 256)
    )
    return total / one.size


def projection_text(record: ProjectionRecord) -> str:
    """On one screen."""
    lines = [record.relation.words]
    if record.forced:
        lines.append(f"Forced: whether BEFORE binds is not sure, since {record.binds.reason}.")
    lines.append(
        f"Samples moved by {record.moved:.2f} of 255 on average: so much of the model's "
        "contribution does not agree with BEFORE."
    )
    if record.contributed is not None:
        lines.append(
            f"What is left differs from the file, merely opened, by {record.contributed:.2f} of "
            "255 on average: the part of the model's contribution that the file allows."
        )
    if record.kept is not None and record.integers:
        lines.append(
            f"Saving it anew gives back {100 * record.kept / record.integers:.2f} % of the stored "
            f"numbers ({100 * (record.kept_before or 0) / record.integers:.2f} % before)."
        )
    lines += [f"Assumed: {'; '.join(record.assumes)}.", CONSISTENT]
    return "\n".join((*lines, *(f"- {note}" for note in record.notes))) + "\n"
