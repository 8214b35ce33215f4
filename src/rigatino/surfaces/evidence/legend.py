"""What stands below the map: what its lines and crosses mean, and the shares as bars."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence import Evidence, Shares
from rigatino.evidence.telling import ANCHORS, main_shares, percent, told
from rigatino.imaging.lettering import lettered, wrapped
from rigatino.surfaces.evidence.hatching import framed, hatched

Bytes = NDArray[np.uint8]
PAPER, INK = np.array((251, 250, 247), np.uint8), np.array((28, 27, 25), np.uint8)
#: what is fixed, in bars: a plain grey-green of middle lightness
KNOWN = np.array((150, 176, 160), np.uint8)
#: narrower legends than this cannot be read
NARROWEST = 560
_KEYS = (
    ("plain", "no lines: fixed by the file, or no detail there"),
    ("lines", "upright lines: filled in, the model's guess that the file allows; the denser, the "
     "more"),
    ("crosses", "orange crosses: contradicts the file"),
    ("frame", "frame: letters or a face that changed; not to be relied on"),
)  # fmt: skip


def legend(evidence: Evidence, width: int, times: int) -> Bytes:
    """(rows, width, 3); ``times``: how much the picture above it is enlarged."""
    size = max(13, round(width / 62))
    paper = _Paper(width, size)
    for kind, says in _KEYS:
        if kind != "frame" or evidence.alarms:
            paper.row(partial(swatch, kind), says)
    _bars(paper, evidence)
    for sentence in told(evidence):
        paper.text(sentence.text)
    if times > 1:
        paper.text(f"Shown {times} times as large as it is.")
    return paper.finished()


def swatch(kind: str, height: int, width: int, wide: int = 1) -> Bytes:
    """A sample of one kind of mark, on a ground from light to dark."""
    tones = np.linspace(225, 70, width)
    ground = np.broadcast_to(tones[None, :, None], (height, width, 3)).astype(np.uint8)
    filled = np.zeros((height, width), np.float32)
    if kind == "lines":
        filled[:] = np.linspace(0.1, 1, width)
    marked = np.full((height, width), kind == "crosses")
    drawn = hatched(ground, filled, marked, wide)
    if kind == "frame":
        inset = 4 * wide
        framed(drawn, (inset, inset, height - 2 * inset, width - 2 * inset), wide)
    return drawn


def bar(shares: Shares, height: int, width: int, wide: int = 1) -> Bytes:
    """Shares beside each other: plain, lined, crossed."""
    ground = np.broadcast_to(KNOWN, (height, width, 3)).copy()
    known, filled = (round(width * (s or 0)) for s in (shares.recovered, shares.filled))
    lined = np.zeros((height, width), np.float32)
    lined[:, known : known + filled] = 1
    marked = np.zeros((height, width), np.bool_)
    if shares.contradicted:
        marked[:, known + filled :] = True
    return hatched(ground, lined, marked, wide)


def _bars(paper: _Paper, evidence: Evidence) -> None:
    claim = evidence.main
    main = main_shares(claim)
    if main is None:
        return
    name, shares = main
    pairs = [("this result", shares), (ANCHORS[claim.operator], claim.plain.get(name))]
    shown = [(whose, s) for whose, s in pairs if s is not None and s.recovered is not None]
    if shown:
        paper.text("Fine detail:" if name == "fine" else "Detail:")
    for whose, s in shown:
        parts = (s.recovered or 0, s.filled or 0, s.contradicted or 0)
        known, filled, against = map(percent, parts)
        says = f"{whose}: {known} fixed, {filled} filled in, {against} contradicted"
        paper.row(partial(bar, s), says)


class _Paper:
    """Rows of paper, each as wide as the map."""

    def __init__(self, width: int, size: int) -> None:
        self._width, self._size = width, size
        self._left = round(0.9 * size)
        self._rows: list[Bytes] = [self._blank(round(0.7 * size))]

    def _blank(self, height: int) -> Bytes:
        return np.broadcast_to(PAPER, (height, self._width, 3)).copy()

    def row(self, sample: Callable[[int, int], Bytes], says: str) -> None:
        """A sample, and beside it what it says."""
        high, wide = round(1.7 * self._size), 7 * self._size
        left = self._left + wide + self._size
        lines = wrapped(says, self._size, self._width - left - self._left)
        strip = self._blank(max(high, round(1.35 * self._size) * len(lines)) + self._size // 3)
        strip[:high, self._left : self._left + wide] = _enlarged(sample, high, wide, self._size)
        self._write(strip, lines, left)
        self._rows.append(strip)

    def text(self, says: str) -> None:
        """A paragraph."""
        lines = wrapped(says, self._size, self._width - 2 * self._left)
        strip = self._blank(round(1.35 * self._size) * len(lines) + self._size // 3)
        self._write(strip, lines, self._left)
        self._rows.append(strip)

    def _write(self, strip: Bytes, lines: list[str], left: int) -> None:
        for at, line in enumerate(lines):
            write(strip, line, self._size, round(1.35 * self._size) * at, left)

    def finished(self) -> Bytes:
        """All rows."""
        return np.concatenate([*self._rows, self._blank(round(0.7 * self._size))])


def write(target: Bytes, line: str, size: int, top: int, left: int) -> None:
    """Draw a line of text in place, cut at the border."""
    letters = lettered(line, size)
    part = target[top : top + letters.shape[0], left : left + letters.shape[1]]
    cover = letters[: part.shape[0], : part.shape[1], None]
    part[:] = np.rint(part + (INK.astype(np.float32) - part) * cover).astype(np.uint8)


def _enlarged(sample: Callable[[int, int], Bytes], high: int, wide: int, size: int) -> Bytes:
    """A sample whose lines grow with the letters."""
    by = max(1, size // 20)
    drawn = sample(-(-high // by), -(-wide // by)).repeat(by, 0).repeat(by, 1)
    return drawn[:high, :wide]
