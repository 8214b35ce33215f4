"""Read Huffman-coded blocks in many places at once.

A Huffman stream has no index, but a reader that starts at a wrong bit soon falls in step
with one that started right. So the stream is cut into lanes; a reader for each lane starts
a little before it with a guess, and all readers advance together, one symbol per step, as
numpy arrays. Afterwards every lane must begin in exactly the state in which the lane before
it ended; lanes that do not are read again from there until all agree. The outcome is
therefore that of reading from front to back, whatever the guesses were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import ImageLimitError
from rigatino.imaging.jpeg import serial
from rigatino.imaging.jpeg.runner import BEYOND, Finds, Ints, Runner
from rigatino.imaging.jpeg.serial import Grammar, State
from rigatino.imaging.jpeg.stream import Stream

_WARM_UP = 3072  # bits; most photographs fall in step within 1000
_LANES = (8, 4096)
_LANE_BITS = 1024
_ROUNDS, _FEW = 5, 12  # after so many rounds, or for so few lanes, read serially


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """What was read: non-zero values, each with its stretch, block in it and position.

    ``counts[j]``, ``reached[j]``: completed blocks of stretch j, and the position reached
    in the next one; ``broken[j]`` is its first block that cannot be trusted.
    """

    stretches: Ints
    blocks: Ints
    positions: NDArray[np.int16]
    values: NDArray[np.int16]
    counts: Ints
    reached: Ints
    broken: Ints


@dataclass(slots=True, eq=False)
class _Lanes:
    """All lanes: where each begins and stops, its state and its finds."""

    stop: Ints
    end: Ints
    stretch: Ints
    leads: NDArray[np.bool_]
    """First of its stretch."""
    state: Ints
    """Start state, (3, lanes): bit, block, position."""
    after: Ints
    """End state, (3, lanes)."""
    done: Ints
    finds: list[Finds]
    """(lane, block in lane, position, value); those of lanes read again are struck out."""


def read(stream: Stream, grammar: Grammar, budget: int) -> Symbols:
    """Every symbol of the scan. ``budget`` limits the symbols read serially."""
    lanes = _cut(stream, grammar)
    every = np.arange(len(lanes.stop))
    _advance(stream, grammar, lanes, every)
    rounds = 0
    while len(pending := _pending(lanes)):
        rounds += 1
        if rounds > _ROUNDS or len(pending) <= _FEW:
            budget -= _serially(stream, grammar, lanes, pending, budget)
            continue
        lanes.state[:, pending] = lanes.after[:, pending - 1]
        _strike(lanes, pending)
        _advance(stream, grammar, lanes, pending)
    return _collect(lanes)


def _cut(stream: Stream, grammar: Grammar) -> _Lanes:
    """Lanes of about equal length; the first of each stretch starts right, others warm up."""
    total = int((stream.ends - stream.starts).sum())
    length = max(_LANE_BITS, total // min(_LANES[1], max(_LANES[0], int(total**0.5) // 4)))
    counts = np.maximum(1, (stream.ends - stream.starts) // length)
    stretch = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(stretch)) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = stream.starts[stretch]
    share = (stream.ends - stream.starts)[stretch]
    start = begin + share * place // counts[stretch]
    stop = begin + share * (place + 1) // counts[stretch]
    state = np.stack([start, np.zeros_like(start), np.full_like(start, grammar.first)])
    lanes = _Lanes(stop, stream.ends[stretch], stretch, place == 0, state, state.copy(),
                   np.zeros_like(start), [])  # fmt: skip
    guessed = np.flatnonzero(place > 0)
    state[0, guessed] = np.maximum(begin[guessed], start[guessed] - _WARM_UP)
    _warm_up(stream, grammar, state, guessed, start)
    return lanes


def _warm_up(stream: Stream, grammar: Grammar, state: Ints, which: Ints, until: Ints) -> None:
    beyond = np.full(len(which), np.iinfo(np.int64).max)
    runner = Runner(stream, grammar, state[:, which], until[which], beyond)
    while runner.step_many(values=False):
        runner.retire(state, which)
    runner.retire(state, which)


def _advance(stream: Stream, grammar: Grammar, lanes: _Lanes, which: Ints) -> None:
    """Read the lanes ``which`` from their start states, keeping what they find."""
    runner = Runner(stream, grammar, lanes.state[:, which], lanes.stop[which], lanes.end[which])
    more = True
    while more:
        more = runner.step_many(values=True)
        for reader, block, position, value in runner.harvest():
            lanes.finds.append((which[reader], block, position, value))
        runner.retire(lanes.after, which, lanes.done)


def _pending(lanes: _Lanes) -> Ints:
    """Lanes that do not begin where the one before ended."""
    differs = (lanes.state[:, 1:] != lanes.after[:, :-1]).any(axis=0) & ~lanes.leads[1:]
    return np.flatnonzero(differs) + 1


def _strike(lanes: _Lanes, which: Ints) -> None:
    """Forget what these lanes found."""
    bad = np.zeros(len(lanes.stop), np.bool_)
    bad[which] = True
    for at, (lane, block, position, value) in enumerate(lanes.finds):
        keep = ~bad[lane]
        if not keep.all():
            lanes.finds[at] = (lane[keep], block[keep], position[keep], value[keep])


def _serially(stream: Stream, grammar: Grammar, lanes: _Lanes, pending: Ints, budget: int) -> int:
    """Read pending lanes from front to back, and those after them until they agree."""
    redone, finds, spent = list[int](), list[Finds](), 0
    for first in pending:
        lane = int(first)
        while lane < len(lanes.stop) and not lanes.leads[lane]:
            if (lanes.state[:, lane] == lanes.after[:, lane - 1]).all():
                break
            symbols, found = _reread(stream, grammar, lanes, lane)
            spent += symbols
            if spent > budget:
                raise _too_irregular()
            finds.append(_as_finds(lane, found))
            broken = any(position == BEYOND for _, position, _ in found)
            redone += _abandon(lanes, lane) if broken else [lane]
            lane = redone[-1] + 1
    _strike(lanes, np.array(redone, np.int64))
    lanes.finds += finds
    return spent


def _reread(stream: Stream, grammar: Grammar, lanes: _Lanes, lane: int) -> tuple[int, serial.Found]:
    """Read one lane from where the one before it ended."""
    before = lanes.after[:, lane - 1]
    start = State(*(int(part) for part in before))
    stop, end = int(lanes.stop[lane]), int(lanes.end[lane])
    state, done, found, symbols = serial.read(stream.words.data, grammar, start, stop, end)
    lanes.state[:, lane] = before
    lanes.after[:, lane] = (state.bit, state.block, state.position)
    lanes.done[lane] = done
    return symbols, found


def _abandon(lanes: _Lanes, lane: int) -> list[int]:
    """The stretch is broken within ``lane``: what follows in it is not worth reading."""
    rest = np.flatnonzero(lanes.stretch == lanes.stretch[lane])
    rest = rest[rest > lane]
    lanes.state[:, rest] = lanes.after[:, rest] = lanes.after[:, lane : lane + 1]
    lanes.done[rest] = 0
    return [lane, *rest.tolist()]


def _too_irregular() -> ImageLimitError:
    return ImageLimitError(
        "the entropy-coded data of this JPEG take too long to read",
        "Limits.serial_symbols", "raise that limit, or do without the coefficients",
    )  # fmt: skip


def _as_finds(lane: int, found: serial.Found) -> Finds:
    block, position, value = np.array(found, np.int64).reshape(-1, 3).T
    return (np.full(len(block), lane, np.int64), block,
            position.astype(np.int16), value.astype(np.int16))  # fmt: skip


def _collect(lanes: _Lanes) -> Symbols:
    """Block numbers within a lane become numbers within its stretch."""
    total = np.cumsum(lanes.done)
    lead = np.flatnonzero(lanes.leads)
    base = total - lanes.done
    base -= np.repeat(base[lead], np.diff(np.append(lead, len(total))))
    empty = _as_finds(0, [])
    lane, block, position, value = (
        np.concatenate(part) for part in zip(empty, *lanes.finds, strict=True)
    )
    block, stretch = block + base[lane], lanes.stretch[lane]
    broken = np.full(len(lead), np.iinfo(np.int64).max)
    odd = np.flatnonzero(position == BEYOND)
    np.minimum.at(broken, stretch[odd], block[odd])
    sound = np.flatnonzero(block < broken[stretch])
    last = np.append(lead[1:], len(total)) - 1
    return Symbols(
        stretch[sound], block[sound], position[sound], value[sound],
        np.add.reduceat(lanes.done, lead), lanes.after[2, last], broken,
    )  # fmt: skip
