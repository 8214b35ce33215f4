"""Text that remembers where it came from.

A ``Traced`` text is cut, joined and mended like a string, and knows for every run of
its characters the run of the original that it was read from. Only this module does
arithmetic on offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rigatino.brief.record import Segment

#: Replace ``text[start:end]`` by the third member.
Edit = tuple[int, int, str]


class Run(NamedTuple):
    """Like a ``Segment``, but says itself whether it is verbatim."""

    at: int
    length: int
    raw_at: int
    raw_length: int
    verbatim: bool


class Traced:
    """A text and the runs of the original that it consists of, in order."""

    __slots__ = ("runs", "text")

    def __init__(self, text: str, runs: tuple[Run, ...]) -> None:
        """``runs`` cover ``text`` without a gap; runs of length 0 mark what was left out."""
        self.text = text
        self.runs = runs

    @classmethod
    def original(cls, text: str, raw_at: int = 0) -> Traced:
        """A text as it stands in the original from ``raw_at`` on."""
        size = len(text)
        return cls(text, (Run(0, size, raw_at, size, True),) if size else ())

    def __len__(self) -> int:
        """Count the characters of the mended text."""
        return len(self.text)

    def slice(self, start: int, end: int) -> Traced:
        """``text[start:end]`` with its origin."""
        return Traced(self.text[start:end], tuple(_cut(self.runs, start, end, -start)))

    def strip(self, chars: str | None = None) -> Traced:
        """Without the characters at both ends that ``str.strip`` would take."""
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.slice(start, max(start, len(self.text.rstrip(chars))))

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """With every edit carried out; edits are in order and do not overlap."""
        texts: list[str] = []
        runs: list[Run] = []
        read = written = 0
        for start, end, new in edits:
            texts += (self.text[read:start], new)
            runs += _cut(self.runs, read, start, written - read)
            written += start - read
            raw_at, raw_end = self._raw_span(start, end)
            if new or raw_end > raw_at:
                runs.append(Run(written, len(new), raw_at, raw_end - raw_at, False))
            written += len(new)
            read = end
        if not texts:
            return self
        texts.append(self.text[read:])
        runs += _cut(self.runs, read, len(self.text), written - read)
        return Traced("".join(texts), tuple(runs))

    def joined(self, glue: str, other: Traced) -> Traced:
        """This text, ``glue`` (which stands nowhere in the original) and another text."""
        size = len(self.text)
        shift = size + len(glue)
        raw_end = self.runs[-1].raw_at + self.runs[-1].raw_length if self.runs else 0
        between = (Run(size, len(glue), raw_end, 0, False),) if glue else ()
        moved = tuple(run._replace(at=run.at + shift) for run in other.runs)
        return Traced(self.text + glue + other.text, self.runs + between + moved)

    def segments(self) -> tuple[Segment, ...]:
        """The origin as the record keeps it."""
        return tuple(_segments(_coalesced(self.runs)))

    def _raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original ``text[start:end]`` came from."""
        runs = list(_cut(self.runs, start, end, 0))
        if runs:
            return runs[0].raw_at, runs[-1].raw_at + runs[-1].raw_length
        before = list(_cut(self.runs, max(0, start - 1), start, 0))
        if before:
            return (before[-1].raw_at + before[-1].raw_length,) * 2
        return (self.runs[0].raw_at if self.runs else 0,) * 2


def _cut(runs: tuple[Run, ...], start: int, end: int, shift: int) -> Iterator[Run]:
    """The runs within ``start:end``, moved by ``shift``; a mended run is never divided.

    If a cut goes through a mended run, each part keeps the whole run of the original.
    """
    if start >= end:
        return
    first = max(0, bisect_right(runs, start, key=_start) - 1)
    for run in runs[first:]:
        if run.at >= end:
            return
        if not run.length:
            if run.at > start:
                yield run._replace(at=run.at + shift)
            continue
        low, high = max(run.at, start), min(run.at + run.length, end)
        if low >= high:
            continue
        if run.verbatim:
            yield Run(low + shift, high - low, run.raw_at + low - run.at, high - low, True)
        else:
            yield Run(low + shift, high - low, run.raw_at, run.raw_length, False)


def _start(run: Run) -> int:
    return run.at


def _coalesced(runs: tuple[Run, ...]) -> Iterator[Run]:
    """Neighbouring verbatim runs that also touch in the original, as one."""
    held: Run | None = None
    for run in runs:
        if held and held.verbatim and run.verbatim and held.raw_at + held.length == run.raw_at:
            length = held.length + run.length
            held = Run(held.at, length, held.raw_at, length, True)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _segments(runs: Iterable[Run]) -> Iterator[Segment]:
    """Segments; a repair that keeps the length becomes what came in and what went out."""
    for run in runs:
        if run.verbatim or run.length != run.raw_length:
            yield Segment(run.at, run.length, run.raw_at, run.raw_length)
        elif run.length:
            yield Segment(run.at, run.length, run.raw_at, 0)
            yield Segment(run.at + run.length, 0, run.raw_at, run.raw_length)
