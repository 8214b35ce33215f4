"""Read Huffman-coded blocks in many places at once.

A Huffman stream has no index, but a reader that starts at a wrong bit soon falls in step
with one that started right. So the stream is cut into lanes; a reader for each lane starts
a little before it with a guess, and all readers advance together, one symbol per step, as
numpy arrays. Afterwards every lane must begin in exactly the state in which the lane before
it ended; lanes that do not are read again from there until all agree. The outcome is
therefore that of reading from front to back, whatever the guesses were.

A long stream is read in groups of lanes, one group after the other, to bound the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import ImageLimitError
from rigatino.imaging.jpeg import serial
from rigatino.imaging.jpeg.runner import BEYOND, Finds, Ints, Runner
from rigatino.imaging.jpeg.serial import Grammar, State
from rigatino.imaging.jpeg.stream import Stream

_WARM_UP = 3072  # bits; most photographs fall in step within 1000
_GROUP_BITS = 1 << 25
_LANES = (8, 4096)  # in a group
_LANE_BITS = 1024  # at least
_ROUNDS, _FEW = 5, 12  # after so many rounds, or for so few lanes, read serially
_NEVER = np.iinfo(np.int64).max


@dataclass(slots=True, eq=False)
class Progress:
    """How far each stretch was read: completed blocks, the position reached in the next one,
    and the first block that cannot be trusted."""

    counts: Ints
    reached: Ints
    broken: Ints
    serial_symbols: int = 0
    """Symbols that had to be read one after the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """Values that were read, each with its stretch, block in it and zigzag position."""

    stretches: Ints
    blocks: Ints
    positions: NDArray[np.int16]
    values: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """Where lanes begin and stop; bits of the whole stream."""

    start: Ints
    stop: Ints
    stretch: Ints


@dataclass(slots=True, eq=False)
class _Group:
    """Lanes that are read together; all bits count from the group's first byte."""

    origin: int
    words: NDArray[np.uint64]
    stop: Ints
    end: Ints
    """End of the stretch: no symbol may reach beyond it."""
    stretch: Ints
    leads: NDArray[np.bool_]
    """First of its stretch."""
    state: Ints
    """Start state, (3, lanes): bit, block of the unit, position in the block."""
    after: Ints
    """End state, likewise."""
    done: Ints
    """Blocks completed."""
    finds: list[Finds] = field(default_factory=list)
    """(lane, block in lane, position, value)."""


def begin(stream: Stream, grammar: Grammar) -> Progress:
    """Nothing read yet."""
    zeros = np.zeros(len(stream.starts), np.int64)
    return Progress(zeros, zeros + grammar.first, zeros + _NEVER)


def read(stream: Stream, grammar: Grammar, progress: Progress, budget: int) -> Iterator[Symbols]:
    """The symbols of the scan, group by group; ``progress`` is brought up to date.

    ``budget`` limits the symbols that are read serially.
    """
    plan = _plan(stream)
    entry: Ints | None = None
    size = max(1, int(_GROUP_BITS // max(_LANE_BITS, np.mean(plan.stop - plan.start))))
    for first in range(0, len(plan.start), size):
        lanes = slice(first, first + size)
        group = _open(stream, grammar, plan, lanes, entry)
        _settle(grammar, group, progress, budget)
        entry = group.after[:, -1] + np.array([group.origin * 8, 0, 0])
        yield _collect(group, progress)


def _plan(stream: Stream) -> _Plan:
    """Lanes of about equal length, none across two stretches."""
    share = stream.ends - stream.starts
    total = min(int(share.sum()), _GROUP_BITS)
    length = max(_LANE_BITS, total // min(_LANES[1], max(_LANES[0], int(total**0.5) // 4)))
    counts = np.maximum(1, share // length)
    stretch = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(stretch)) - np.repeat(np.cumsum(counts) - counts, counts)
    start = stream.starts[stretch] + share[stretch] * place // counts[stretch]
    stop = stream.starts[stretch] + share[stretch] * (place + 1) // counts[stretch]
    return _Plan(start, stop, stretch)


def _open(
    stream: Stream, grammar: Grammar, plan: _Plan, lanes: slice, entry: Ints | None
) -> _Group:
    """Start states: right for the first of a stretch and of the group, warmed up otherwise."""
    origin = int(plan.start[lanes][0]) >> 3
    start, stretch = plan.start[lanes], plan.stretch[lanes]
    lead = stream.starts[stretch]
    state = np.stack([start, np.zeros_like(start), np.full_like(start, grammar.first)])
    leads = start == lead
    known = leads.copy()
    if not leads[0] and entry is not None:
        state[:, 0], known[0] = entry, True
    guessed = np.flatnonzero(~known)
    state[0, guessed] = np.maximum(np.maximum(lead[guessed], origin * 8), start[guessed] - _WARM_UP)
    state[0] -= origin * 8
    words = stream.window(origin, int(plan.stop[lanes][-1] + 7) >> 3)
    _warm_up(words, grammar, state, guessed, start - origin * 8)
    stop, end = plan.stop[lanes] - origin * 8, stream.ends[stretch] - origin * 8
    none = np.zeros_like(start)
    return _Group(origin, words, stop, end, stretch, leads, state, state.copy(), none)


def _warm_up(
    words: NDArray[np.uint64], grammar: Grammar, state: Ints, which: Ints, until: Ints
) -> None:
    beyond = np.full(len(which), _NEVER)
    runner = Runner(words, grammar, state[:, which], until[which], beyond)
    while runner.step_many(values=False):
        runner.retire(state, which)
    runner.retire(state, which)


def _settle(grammar: Grammar, group: _Group, progress: Progress, budget: int) -> None:
    """Read all lanes, and again those whose start turns out to be wrong."""
    _advance(grammar, group, np.arange(len(group.stop)))
    rounds = 0
    while len(pending := _pending(group)):
        rounds += 1
        if rounds > _ROUNDS or len(pending) <= _FEW:
            _serially(grammar, group, pending, progress, budget)
            continue
        group.state[:, pending] = group.after[:, pending - 1]
        _strike(group, pending)
        _advance(grammar, group, pending)


def _advance(grammar: Grammar, group: _Group, which: Ints) -> None:
    """Read the lanes ``which`` from their start states, keeping what they find."""
    runner = Runner(
        group.words, grammar, group.state[:, which], group.stop[which], group.end[which]
    )
    names = which.astype(np.int32)
    more = True
    while more:
        more = runner.step_many(values=True)
        for reader, block, position, value in runner.harvest():
            group.finds.append((names[reader], block.astype(np.int32), position, value))
        runner.retire(group.after, which, group.done)


def _pending(group: _Group) -> Ints:
    """Lanes that do not begin where the one before ended."""
    differs = (group.state[:, 1:] != group.after[:, :-1]).any(axis=0) & ~group.leads[1:]
    return np.flatnonzero(differs) + 1


def _strike(group: _Group, which: Ints) -> None:
    """Forget what these lanes found."""
    bad = np.zeros(len(group.stop), np.bool_)
    bad[which] = True
    for at, (lane, block, position, value) in enumerate(group.finds):
        keep = ~bad[lane]
        if not keep.all():
            group.finds[at] = (lane[keep], block[keep], position[keep], value[keep])


def _serially(
    grammar: Grammar, group: _Group, pending: Ints, progress: Progress, budget: int
) -> None:
    """Read pending lanes from front to back, and those after them until they agree."""
    redone, finds = list[int](), list[Finds]()
    for first in pending:
        lane = int(first)
        while lane < len(group.stop) and not group.leads[lane]:
            if (group.state[:, lane] == group.after[:, lane - 1]).all():
                break
            symbols, found = _reread(grammar, group, lane)
            progress.serial_symbols += symbols
            if progress.serial_symbols > budget:
                raise _too_irregular()
            finds.append(_as_finds(lane, found))
            broken = any(position == BEYOND for _, position, _ in found)
            redone += _abandon(group, lane) if broken else [lane]
            lane = redone[-1] + 1
    _strike(group, np.array(redone, np.int64))
    group.finds += finds


def _reread(grammar: Grammar, group: _Group, lane: int) -> tuple[int, serial.Found]:
    """Read one lane from where the one before it ended."""
    before = group.after[:, lane - 1]
    start = State(*(int(part) for part in before))
    stop, end = int(group.stop[lane]), int(group.end[lane])
    state, done, found, symbols = serial.read(group.words.data, grammar, start, stop, end)
    group.state[:, lane] = before
    group.after[:, lane] = (state.bit, state.block, state.position)
    group.done[lane] = done
    return symbols, found


def _abandon(group: _Group, lane: int) -> list[int]:
    """The stretch is broken within ``lane``: what follows in it is not worth reading."""
    rest = np.flatnonzero(group.stretch == group.stretch[lane])
    rest = rest[rest > lane]
    group.state[:, rest] = group.after[:, rest] = group.after[:, lane : lane + 1]
    group.done[rest] = 0
    return [lane, *rest.tolist()]


def _too_irregular() -> ImageLimitError:
    return ImageLimitError(
        "the entropy-coded data of this JPEG take too long to read",
        "Limits.serial_symbols", "raise that limit, or do without the coefficients",
    )  # fmt: skip


def _as_finds(lane: int, found: serial.Found) -> Finds:
    block, position, value = np.array(found, np.int64).reshape(-1, 3).T
    return (np.full(len(block), lane, np.int32), block.astype(np.int32),
            position.astype(np.int16), value.astype(np.int16))  # fmt: skip


def _collect(group: _Group, progress: Progress) -> Symbols:
    """Block numbers within a lane become numbers within its stretch."""
    total = np.cumsum(group.done)
    first = np.flatnonzero(group.leads)
    first = first if len(first) and first[0] == 0 else np.insert(first, 0, 0)
    base = total - group.done
    base -= np.repeat(base[first], np.diff(np.append(first, len(total))))
    base += progress.counts[group.stretch]  # of the groups before; 0 where a stretch begins
    lane, block, position, value = (
        np.concatenate(part) for part in zip(_as_finds(0, []), *group.finds, strict=True)
    )
    group.finds.clear()
    block, stretch = block + base[lane], group.stretch[lane]
    odd = np.flatnonzero(position == BEYOND)
    np.minimum.at(progress.broken, stretch[odd], block[odd])
    names, last = group.stretch[first], np.append(first[1:], len(total)) - 1
    progress.counts[names] += np.add.reduceat(group.done, first)
    progress.reached[names] = group.after[2, last]
    sound = np.flatnonzero(block < progress.broken[stretch])
    return Symbols(stretch[sound], block[sound], position[sound], value[sound])
