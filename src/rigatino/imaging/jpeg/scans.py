"""Carry out the scans of a JPEG: from entropy-coded bytes to a store of coefficients."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rigatino.imaging.jpeg import huffman, lanes, refine
from rigatino.imaging.jpeg.header import JpegHeader
from rigatino.imaging.jpeg.serial import Grammar
from rigatino.imaging.jpeg.stream import Stream, open_stream

Ints = NDArray[np.int64]
#: in ``Store.unread``: nothing was received
NOTHING = 255


@dataclass(frozen=True, slots=True)
class Grid:
    """The blocks of one component: those that show, padded to whole coded units."""

    offset: int
    """First block in the store."""
    rows: int
    columns: int
    padded_rows: int
    padded_columns: int
    height: int
    width: int
    """Samples of the component."""


@dataclass(slots=True, eq=False)
class Store:
    """Coefficients of all components in one array, zigzag order."""

    grids: tuple[Grid, ...]
    values: NDArray[np.int16]
    """(blocks, 64)."""
    unread: NDArray[np.uint8]
    """(blocks, 64): low bits not received; ``NOTHING`` where none was."""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan header, its tables and its bytes."""

    parts: tuple[int, ...]
    """Indices of the components."""
    dc: tuple[int, ...]
    ac: tuple[int, ...]
    first: int
    last: int
    high: int
    """Bits left unread before this scan; 0 if it is the first of its coefficients."""
    low: int
    """Bits left unread after it."""
    data: bytes
    interval: int
    tables: dict[tuple[int, int], tuple[bytes, bytes]]


def grids(header: JpegHeader) -> tuple[Grid, ...]:
    """Where the blocks of each component lie in the store."""
    most_h = max(part.h for part in header.components)
    most_v = max(part.v for part in header.components)
    units_x, units_y = -(-header.width // (8 * most_h)), -(-header.height // (8 * most_v))
    found, offset = [], 0
    for part in header.components:
        height, width = -(-header.height * part.v // most_v), -(-header.width * part.h // most_h)
        padded = units_y * part.v, units_x * part.h
        found.append(Grid(offset, -(-height // 8), -(-width // 8), *padded, height, width))
        offset += padded[0] * padded[1]
    return tuple(found)


def block_count(layout: tuple[Grid, ...]) -> int:
    """Blocks in the store, padding included."""
    return layout[-1].offset + layout[-1].padded_rows * layout[-1].padded_columns


def empty_store(layout: tuple[Grid, ...]) -> Store:
    """A store in which nothing has been received."""
    shape = (block_count(layout), 64)
    return Store(layout, np.zeros(shape, np.int16), np.full(shape, NOTHING, np.uint8))


def carry_out(scan: Scan, header: JpegHeader, store: Store, budget: int) -> None:
    """Read one scan into the store; what is odd about it goes to the notes."""
    problem = _problem(scan, header)
    if problem:
        store.notes.append(f"a scan was skipped: {problem}")
        return
    where, per_unit, owner = _order(scan, header, store)
    stream = open_stream(scan.data, scan.interval, store.notes)
    job = _Job(scan, store, stream, where, per_unit, owner, _room(stream, len(where), per_unit))
    if scan.high:
        _refine_dc(job) if scan.first == 0 else _refine_ac(job, header)
    elif (store.unread[where, scan.first : scan.last + 1] != NOTHING).any():
        store.notes.append("a scan was skipped: its coefficients were sent before")
    else:
        _first_pass(job, header, budget)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    scan: Scan
    store: Store
    stream: Stream
    where: Ints
    """Block in stream order -> block in the store."""
    per_unit: int
    owner: tuple[int, ...]
    """Component (place in ``scan.parts``) of each block of a coded unit."""
    room: Ints
    """Blocks that belong to each stretch."""


def _problem(scan: Scan, header: JpegHeader) -> str:
    need = {(0, t) for t in scan.dc if scan.first == 0 and not scan.high}
    need |= {(1, t) for t in scan.ac if scan.last > 0}
    if not need <= set(scan.tables):
        return "a Huffman table is missing"
    if header.progressive and (scan.first == 0) != (scan.last == 0):
        return "it mixes average and detail"
    if scan.first > 0 and len(scan.parts) > 1:
        return "it mixes the detail of several components"
    if not (scan.first <= scan.last < 64 and scan.low <= 13):
        return "its band does not exist"
    return "its precision jumps" if scan.high and scan.high != scan.low + 1 else ""


def _order(scan: Scan, header: JpegHeader, store: Store) -> tuple[Ints, int, tuple[int, ...]]:
    """The store's blocks in the order in which the scan sends them."""
    if len(scan.parts) == 1:
        grid = store.grids[scan.parts[0]]
        rows, columns = np.ogrid[: grid.rows, : grid.columns]
        return (grid.offset + rows * grid.padded_columns + columns).ravel(), 1, (0,)
    tiles, owner = [], list[int]()
    for place, index in enumerate(scan.parts):
        grid, part = store.grids[index], header.components[index]
        blocks = grid.offset + np.arange(grid.padded_rows * grid.padded_columns)
        cells = blocks.reshape(grid.padded_rows // part.v, part.v, -1, part.h)
        tiles.append(cells.transpose(0, 2, 1, 3).reshape(-1, part.v * part.h))
        owner += [place] * (part.v * part.h)
    return np.concatenate(tiles, axis=1).ravel(), len(owner), tuple(owner)


def _room(stream: Stream, blocks: int, per_unit: int) -> Ints:
    """How many blocks each stretch may fill."""
    begin = np.minimum(stream.units * per_unit, blocks)
    return np.diff(np.append(begin, blocks))


def _grammar(job: _Job, header: JpegHeader) -> Grammar:
    scan = job.scan
    keys = [((0, scan.dc[o]), (1, scan.ac[o])) for o in job.owner]
    period = next(p for p in range(1, len(keys) + 1)
                  if len(keys) % p == 0 and keys == keys[:p] * (len(keys) // p))  # fmt: skip
    runs = header.progressive and scan.first > 0
    tables, at, rows = list[huffman.Lookup](), dict[tuple[int, int], int](), list[int]()
    for key in (key for pair in keys[:period] for key in pair):
        if key not in at and key in scan.tables:
            at[key] = len(tables) << 16
            tables.append(huffman.lookup(*scan.tables[key], ac=key[0] == 1, runs=runs))
        rows.append(at.get(key, 0))
    return Grammar(np.concatenate(tables), tuple(rows), scan.first, scan.last, runs)


def _first_pass(job: _Job, header: JpegHeader, budget: int) -> None:
    scan, grammar = job.scan, _grammar(job, header)
    progress = lanes.begin(job.stream, grammar)
    begin = job.stream.units * job.per_unit
    for found in lanes.read(job.stream, grammar, progress, budget):
        _place(job, found, begin)
    complete = np.minimum(np.minimum(progress.counts, progress.broken), job.room)
    _note_gaps(job, complete)
    _receive(job, complete)
    for stretch in np.flatnonzero((complete < job.room) & (progress.counts < progress.broken)):
        at, reached = begin[stretch] + complete[stretch], progress.reached[stretch]
        _receive_start_of_block(job, int(at), int(reached))
    if scan.first == 0:
        for place in range(len(scan.parts)):
            _sum_dc(job, place, begin)


def _place(job: _Job, found: lanes.Symbols, begin: Ints) -> None:
    """Put values into the store; averages stay differences for now, without their shift."""
    inside = np.flatnonzero(found.blocks < job.room[found.stretches])
    block = job.where[begin[found.stretches[inside]] + found.blocks[inside]]
    position, value = found.positions[inside], found.values[inside]
    if job.scan.low:
        value = _clipped(value.astype(np.int64) << job.scan.low * (position > 0))
    job.store.values[block, position] = value


def _clipped(values: Ints) -> NDArray[np.int16]:
    return np.clip(values, -32768, 32767).astype(np.int16)


def _note_gaps(job: _Job, complete: Ints) -> None:
    missing = len(job.where) - int(complete.sum())
    if missing > 0:
        share = 100 * missing / len(job.where)
        band = f"{job.scan.first}–{job.scan.last}"
        job.store.notes.append(
            f"{share:.1f} % of the blocks of a scan (coefficients {band}) are missing"
        )


def _receive(job: _Job, complete: Ints) -> None:
    """Mark the completed blocks of each stretch."""
    begin = job.stream.units * job.per_unit
    got = np.zeros(len(job.where) + 1, np.int64)
    full = complete > 0
    np.add.at(got, begin[full], 1)
    np.add.at(got, begin[full] + complete[full], -1)
    blocks = job.where[np.cumsum(got[:-1]) > 0]
    job.store.unread[blocks, job.scan.first : job.scan.last + 1] = job.scan.low


def _receive_start_of_block(job: _Job, at: int, reached: int) -> None:
    """Mark the coefficients of the one block in which the data ended."""
    if at < len(job.where):
        job.store.unread[job.where[at], job.scan.first : reached] = job.scan.low


def _sum_dc(job: _Job, place: int, begin: Ints) -> None:
    """Averages are stored as differences from the block before, anew in each stretch."""
    mine = np.flatnonzero(np.array(job.owner) == place)
    order = np.arange(0, len(job.where), job.per_unit)[:, None] + mine
    blocks = job.where[order.ravel()]
    sums = np.cumsum(job.store.values[blocks, 0].astype(np.int64))
    starts = np.minimum(begin // job.per_unit * len(mine), len(sums))
    before = np.concatenate([[0], sums])[starts]
    sums -= np.repeat(before, np.diff(np.append(starts, len(sums))))
    sums[job.store.unread[blocks, 0] == NOTHING] = 0
    job.store.values[blocks, 0] = _clipped(sums << job.scan.low)


def _refine_dc(job: _Job) -> None:
    """One bit per block, in order."""
    begin = job.stream.units * job.per_unit
    words = job.stream.window()
    complete = np.minimum(job.room, job.stream.ends - job.stream.starts)
    for stretch, count in enumerate(complete):
        blocks = job.where[begin[stretch] : begin[stretch] + count]
        bits = refine.bits_at(words, job.stream.starts[stretch] + np.arange(len(blocks)))
        ready = job.store.unread[blocks, 0] == job.scan.high
        blocks, bits = blocks[ready], bits[ready]
        job.store.values[blocks, 0] |= bits.astype(np.int16) << job.scan.low
        job.store.unread[blocks, 0] = job.scan.low
    _note_gaps(job, complete)


def _refine_ac(job: _Job, header: JpegHeader) -> None:
    grammar, band = _grammar(job, header), slice(job.scan.first, job.scan.last + 1)
    table = grammar.tables.data[grammar.rows[1] :]
    words, complete = job.stream.window(), []
    begin = job.stream.units * job.per_unit
    for stretch, room in enumerate(job.room):
        blocks = job.where[begin[stretch] : begin[stretch] + room]
        ready = (job.store.unread[blocks, band] == job.scan.high).all(axis=1)
        blocks = blocks[: len(ready) if ready.all() else int(np.argmin(ready))]
        known = job.store.values[blocks, band] != 0
        start, end = int(job.stream.starts[stretch]), int(job.stream.ends[stretch])
        found = refine.read(words.data, table, known, start, end)
        _apply(job, words, blocks, known, found)
        job.store.unread[blocks[: found.complete], band] = job.scan.low
        complete.append(found.complete)
    _note_gaps(job, np.array(complete, np.int64))


def _apply(
    job: _Job, words: NDArray[np.uint64], blocks: Ints, known: NDArray[np.bool_],
    found: refine.Refinement,
) -> None:  # fmt: skip
    """Lengthen what was known, place what is new; only in blocks read to their end."""
    step, first, values = 1 << job.scan.low, job.scan.first, job.store.values
    bits = refine.correction_bits(words, found)
    row, column = (part[: len(bits)] for part in np.nonzero(known))
    use = bits & (row < found.complete)
    at = blocks[row[use]], first + column[use]
    values[at] += (np.sign(values[at]) * step).astype(np.int16)
    fresh = np.array(found.fresh, np.int64)
    fresh = fresh[fresh >> 7 < found.complete]
    sign = np.where(fresh & 1, step, -step).astype(np.int16)
    values[blocks[fresh >> 7], first + (fresh >> 1 & 63)] = sign
