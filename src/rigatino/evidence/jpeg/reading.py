"""A result carried back into block coefficients, band by band on two threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence.jpeg.fixed import Fixed, Known
from rigatino.evidence.jpeg.planes import averaged, block_sums, component_planes, cosines
from rigatino.evidence.jpeg.splitting import Parts, split, unknown
from rigatino.evidence.jpeg.tally import Tally
from rigatino.evidence.laying import Laid

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
#: (component's index, coefficients (R, C, 64)) -> how much wider its intervals are
Slack = Callable[[int, Floats], Floats | float]
_PIXELS, _THREADS = 1 << 19, 2


@dataclass(frozen=True, eq=False)
class Reading:
    """What the coefficients of a result add up to."""

    tallies: list[Tally]
    """Per component; of a coloured result beside a grey file also the two it has no numbers of."""
    energies: Floats
    """(3, ⌈H/8⌉, ⌈W/8⌉): recovered, filled in, contradicted per 8×8 pixels as stored."""
    looked: Flags
    """(⌈H/8⌉, ⌈W/8⌉): whole blocks that the result covers."""


@dataclass(frozen=True, eq=False)
class _Job:
    fixed: Fixed
    laid: Laid
    slack: Slack
    masked: Flags | None


@dataclass(frozen=True, eq=False)
class _Part:
    """One component of one band."""

    index: int
    known: Known | None
    """None: the file has no numbers of it."""
    rows: slice
    ratio: tuple[int, int]
    """Pixels (down, across) that share a sample."""


def no_slack(index: int, found: Floats) -> float:  # noqa: ARG001 - one of several
    """Intervals as the file has them."""
    return 0.0


def read(fixed: Fixed, laid: Laid, slack: Slack = no_slack, masked: Flags | None = None) -> Reading:
    """``masked``: (H, W) pixels where nothing is known."""
    height, width = fixed.size
    step = max(fixed.tall, _PIXELS // max(width, 1) // fixed.tall * fixed.tall)
    job = _Job(fixed, laid, slack, masked)
    bands = [slice(top, min(top + step, height)) for top in range(0, height, step)]
    shape = (-(-height // 8), -(-width // 8))
    energies, looked = np.zeros((3, *shape), np.float32), np.zeros(shape, np.bool_)
    tallies: list[Tally] = []
    with ThreadPoolExecutor(_THREADS) as crew:
        for rows, done in zip(bands, crew.map(lambda rows: _band(job, rows), bands), strict=True):
            _merge(tallies, done.tallies)
            at = slice(rows.start // 8, rows.start // 8 + done.energies.shape[1])
            energies[:, at], looked[at] = done.energies, done.looked
    return Reading(tallies, energies, looked)


def _merge(tallies: list[Tally], more: Sequence[Tally]) -> None:
    if not tallies:
        tallies.extend(Tally() for _ in more)
    for tally, other in zip(tallies, more, strict=True):
        tally.add(other)


def _band(job: _Job, rows: slice) -> Reading:
    """One band, which begins at a multiple of ``tall``."""
    height, width = rows.stop - rows.start, job.fixed.size[1]
    planes = component_planes(job.laid.band(rows), job.fixed.colour)
    shape = (-(-height // 8), -(-width // 8))
    energies, looked = np.zeros((3, *shape), np.float32), np.zeros(shape, np.bool_)
    known = job.fixed.known(rows)
    tallies = []
    for index, plane in enumerate(planes):
        ratio = job.fixed.ratios[index] if index < len(known) else (1, 1)
        here = _Part(index, known[index] if index < len(known) else None, rows, ratio)
        seen = _seen(job.laid, rows, ratio)
        tally, parts = _component(job, here, plane, seen)
        tallies.append(tally)
        wide = parts.repeat(ratio[0], axis=1).repeat(ratio[1], axis=2)
        energies[:, : wide.shape[1], : wide.shape[2]] += wide
        if not index:
            looked[: seen.shape[0], : seen.shape[1]] = seen
    return Reading(tallies, energies, looked)


def _component(job: _Job, part: _Part, plane: Floats, seen: Flags) -> tuple[Tally, Floats]:
    """The sums, and energies (3, R, C) per 8×8 pixels."""
    ratio, area = part.ratio, part.ratio[0] * part.ratio[1]
    body = plane[: seen.shape[0] * 8 * ratio[0], : seen.shape[1] * 8 * ratio[1]]
    fewer = averaged(body, *ratio)
    found = cosines(fewer)
    done = _done(job, part, found)
    if job.masked is not None:
        _overrule(done, found, _touched(job.masked[part.rows], ratio, seen.shape))
    weight = seen.astype(np.float32) * np.float32(area)
    finer = _finer(body, fewer, ratio) * seen
    kinds = (done.recovered, done.filled, done.contradicted)
    tally = Tally(
        np.stack([weight.ravel() @ kind.reshape(-1, 64) for kind in kinds]).astype(np.float64),
        float(finer.sum(dtype=np.float64)), *_counts(done, seen), int(seen.sum()) * 64 * area,
    )  # fmt: skip
    ones = np.ones(64, np.float32)
    energies = np.stack([weight * (kind @ ones) for kind in kinds])
    energies[1] += finer
    return tally, np.asarray(energies / np.float32(area), np.float32)


def _done(job: _Job, part: _Part, found: Floats) -> Parts:
    if part.known is None:
        return unknown(found)
    return split(found, part.known, job.slack(part.index, found))


def _seen(laid: Laid, rows: slice, ratio: tuple[int, int]) -> Flags:
    """(R, C): whole blocks that are covered."""
    covered_rows, covered_columns = laid.covered
    return np.outer(_all(covered_rows[rows], 8 * ratio[0]), _all(covered_columns, 8 * ratio[1]))


def _all(flags: Flags, size: int) -> Flags:
    """Whole groups of ``size`` that are true throughout."""
    count = len(flags) // size
    return np.asarray(flags[: count * size].reshape(count, size).all(axis=1))


def _overrule(done: Parts, found: Floats, masked: Flags) -> None:
    """Under a mask everything is filled in."""
    free = unknown(found[masked])
    done.recovered[masked], done.filled[masked] = free.recovered, free.filled
    done.contradicted[masked] = 0
    done.outside[masked] = done.counted[masked] = False


def _touched(masked: Flags, ratio: tuple[int, int], shape: tuple[int, ...]) -> Flags:
    """Blocks that a mask touches."""
    (tall, wide), (r, c) = (8 * ratio[0], 8 * ratio[1]), shape
    squares = masked[: r * tall, : c * wide].reshape(r, tall, c, wide)
    return np.asarray(squares.any(axis=(1, 3)))


def _counts(done: Parts, seen: Flags) -> tuple[int, int]:
    counted = done.counted & seen[..., None]
    return int(np.count_nonzero(done.outside & counted)), int(np.count_nonzero(counted))


def _finer(body: Floats, fewer: Floats, ratio: tuple[int, int]) -> Floats:
    """(R, C): energy of what the stored sampling cannot hold: Σ x² − n · Σ mean²."""
    if ratio == (1, 1):
        return np.zeros((body.shape[0] // 8, body.shape[1] // 8), np.float32)
    rest = block_sums(body * body, *ratio)
    rest -= np.float32(ratio[0] * ratio[1]) * block_sums(fewer * fewer, 1, 1)
    return np.maximum(rest, 0)
