"""Read the quantised DCT coefficients of a JPEG, as far as the file goes.

Nothing here runs outside Python and numpy, so that no file can bring the program down,
and what a broken or unfinished file did not send is known coefficient by coefficient.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rigatino.errors import ImageError, ImageLimitError
from rigatino.imaging.jpeg import huffman, markers, scans
from rigatino.imaging.jpeg.header import JpegHeader, Table, header_of, quantisation_tables
from rigatino.imaging.jpeg.zigzag import ZIGZAG
from rigatino.imaging.limits import LIMITS, Limits
from rigatino.imaging.source import Source, read_source

#: samples that padding may add to a small picture
_PADDING = 1 << 16
_Number = TypeVar("_Number", np.int16, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class ComponentCoefficients:
    """One colour component of a JPEG as it is stored."""

    identifier: int
    h: int
    v: int
    """Sampling factors."""
    table: Table
    """Quantisation steps, (8, 8), row = vertical frequency."""
    blocks: NDArray[np.int16]
    """Quantised coefficients, (rows, columns, 8, 8), read-only."""
    unread: NDArray[np.uint8]
    """Low bits of each coefficient that the file did not send; 255: nothing received."""
    height: int
    width: int
    """Samples of this component; the blocks reach a little further."""

    @property
    def complete(self) -> bool:
        """Whether every bit of every coefficient was received."""
        return not self.unread.any()


@dataclass(frozen=True, slots=True, eq=False)
class JpegCoefficients:
    """All that a JPEG file states about its picture."""

    header: JpegHeader
    components: tuple[ComponentCoefficients, ...]
    warnings: tuple[str, ...]
    """What was broken or missing, in plain words."""

    @property
    def width(self) -> int:
        """Width of the picture as stored."""
        return self.header.width

    @property
    def height(self) -> int:
        """Height of the picture as stored."""
        return self.header.height

    @property
    def colour(self) -> str:
        """``grey``, ``YCbCr``, ``RGB``, ``CMYK`` or ``YCCK``."""
        return self.header.colour

    @property
    def sampling(self) -> str:
        """``4:2:0`` and the like."""
        return self.header.sampling

    @property
    def complete(self) -> bool:
        """Whether every bit of every coefficient was received."""
        return all(part.complete for part in self.components)


def coefficients(source: Source, limits: Limits = LIMITS) -> JpegCoefficients:
    """The coefficients of a JPEG file, given as a path or as bytes.

    Raises :class:`ImageError` with the reason where none can be read: not a JPEG, no
    Huffman-coded DCT (arithmetic, lossless), or not one block received.
    """
    data = read_source(source, limits)
    walk = markers.walk(data)
    header = header_of(walk)
    _check(header, limits)
    store = scans.empty_store(_layout(header, limits))
    tables = _carry_out_all(data, walk.segments, header, store, limits)
    if (store.unread == scans.NOTHING).all():
        raise _unreadable(header, "no block of it could be read; " + "; ".join(store.notes[:2]))
    _sort_frequencies(store.values)
    if store.unread.any():
        _sort_frequencies(store.unread)
    parts = tuple(_component(header, store, index, tables[index]) for index in range(len(tables)))
    return JpegCoefficients(header, parts, (*header.notes, *dict.fromkeys(store.notes)))


def _check(header: JpegHeader, limits: Limits) -> None:
    if header.refusal:
        raise _unreadable(header, header.refusal)
    if header.width * header.height > limits.pixels:
        raise ImageLimitError(
            f"a JPEG of {header.width}×{header.height}", f"at most {limits.pixels} pixels",
            "raise Limits.pixels",
        )  # fmt: skip
    if header.scans > limits.scans:
        raise ImageLimitError(
            f"a JPEG of {header.scans} scans", f"at most {limits.scans}", "raise Limits.scans"
        )


def _layout(header: JpegHeader, limits: Limits) -> tuple[scans.Grid, ...]:
    """Where blocks go; odd sampling of a narrow picture can need far more than its pixels."""
    layout = scans.grids(header)
    samples, allowed = 64 * scans.block_count(layout), 4 * limits.pixels + _PADDING
    if samples > allowed:
        raise ImageLimitError(
            f"a JPEG of {header.width}×{header.height} whose blocks hold {samples} samples",
            f"at most {allowed}", "raise Limits.pixels",
        )  # fmt: skip
    return layout


def _unreadable(header: JpegHeader, reason: str) -> ImageError:
    return ImageError(
        f"the coefficients of this JPEG ({header.width}×{header.height}) cannot be read: {reason}",
        "a Huffman-coded DCT file", "work from its pixels",
    )  # fmt: skip


def _carry_out_all(
    data: bytes,
    segments: list[markers.Segment],
    header: JpegHeader,
    store: scans.Store,
    limits: Limits,
) -> list[Table]:
    """Read every scan; the quantisation table of each component as its first scan found it."""
    tables = dict[int, Table]()
    used = dict[int, Table]()
    for scan in _scans(data, segments, header, tables, store.notes):
        for index in scan.parts:
            number = header.components[index].table
            used.setdefault(index, tables.get(number, header.tables[number]))
        scans.carry_out(scan, header, store, limits.serial_symbols)
    return [used.get(i, header.tables[part.table]) for i, part in enumerate(header.components)]


def _scans(
    data: bytes, segments: list[markers.Segment], header: JpegHeader,
    tables: dict[int, Table], notes: list[str],
) -> Iterator[scans.Scan]:  # fmt: skip
    """The scans in order, each with the Huffman tables in force; ``tables`` is kept up to date."""
    huffmans: dict[tuple[int, int], tuple[bytes, bytes]] = {}
    interval = 0
    for segment in segments:
        if segment.marker == markers.DHT:
            huffmans |= huffman.parse(segment.body, notes)
        elif segment.marker == markers.DQT:
            tables |= quantisation_tables(segment.body, [])
        elif segment.marker == markers.DRI and len(segment.body) >= 2:
            interval = int.from_bytes(segment.body[:2], "big")
        elif segment.marker == markers.SOS:
            scan = _scan(data, segment, header, interval, dict(huffmans))
            if scan is None:
                notes.append("a scan header is cut short or names unknown components")
            else:
                yield scan


def _scan(
    data: bytes, segment: markers.Segment, header: JpegHeader, interval: int,
    tables: dict[tuple[int, int], tuple[bytes, bytes]],
) -> scans.Scan | None:  # fmt: skip
    body = segment.body
    count = body[0] if body else 0
    numbers = {part.identifier: index for index, part in enumerate(header.components)}
    if not 1 <= count <= 4 or len(body) < 4 + 2 * count:
        return None
    parts = tuple(numbers.get(body[1 + 2 * at], -1) for at in range(count))
    if -1 in parts or len(set(parts)) < count:
        return None
    selectors = [body[2 + 2 * at] for at in range(count)]
    first, last, precision = body[1 + 2 * count : 4 + 2 * count]
    band = (first, last, precision >> 4, precision & 15) if header.progressive else (0, 63, 0, 0)
    return scans.Scan(
        parts, tuple(s >> 4 for s in selectors), tuple(s & 15 for s in selectors), *band,
        data[segment.entropy[0] : segment.entropy[1]], interval, tables,
    )  # fmt: skip


def _component(
    header: JpegHeader, store: scans.Store, index: int, table: Table
) -> ComponentCoefficients:
    grid, part = store.grids[index], header.components[index]
    unread = np.broadcast_to(np.uint8(0), (grid.rows, grid.columns, 8, 8))
    if store.unread.any():
        unread = _shown(store.unread, grid)
    blocks = _shown(store.values, grid)
    blocks.flags.writeable = unread.flags.writeable = False
    return ComponentCoefficients(
        part.identifier, part.h, part.v, table, blocks, unread, grid.height, grid.width
    )


def _sort_frequencies(stored: NDArray[_Number]) -> None:
    """From zigzag to row-major order, in place and piece by piece: no second copy."""
    for first in range(0, len(stored), 1 << 14):
        piece = stored[first : first + (1 << 14)]
        piece[:] = piece[:, ZIGZAG]


def _shown(stored: NDArray[_Number], grid: scans.Grid) -> NDArray[_Number]:
    """A view of the blocks of one component that show."""
    end = grid.offset + grid.padded_rows * grid.padded_columns
    padded = stored[grid.offset : end].reshape(grid.padded_rows, grid.padded_columns, 8, 8)
    return padded[: grid.rows, : grid.columns]
