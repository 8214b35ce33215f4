"""A contact sheet: blurred, mended, sharp, and both kernels."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.deblur.pictures import Case, Floats
from rigatino.deconvolution import Blur
from rigatino.imaging import Pixels, save
from rigatino.imaging.lettering import lettered

_SIDE, _KERNEL, _GAP = 200, 31, 6


class Sheet:
    """Rows are added as results come in; a few are enough."""

    def __init__(self, most: int = 10) -> None:
        self._most = most
        self._rows: list[Pixels] = []

    def keep(self, case: Case, blur: Blur, result: Floats) -> None:
        """One row, as long as there is room; every third case."""
        if len(self._rows) >= self._most:
            return
        parts = [_part(x) for x in (case.seen, result, case.sharp)]
        parts += [_shown(case.kernel), _shown(blur.kernel)]
        gap = np.full((_SIDE, _GAP, 3), 255, np.uint8)
        row = np.concatenate([piece for part in parts for piece in (part, gap)], axis=1)
        label = np.full((22, row.shape[1], 3), 255, np.uint8)
        says = f"{case.name}, noise {case.sigma:g}; blurred, mended, sharp; true kernel, estimate"
        cover = lettered(says, 14)[:20, : row.shape[1] - 8, None]
        label[2 : 2 + cover.shape[0], 4 : 4 + cover.shape[1]] = np.rint(255 * (1 - cover))
        self._rows += [np.concatenate([label, row])]

    def save(self, path: Path) -> None:
        """As a PNG, if there is anything."""
        if self._rows:
            save(np.concatenate(self._rows), path, overwrite=True)


def _part(x: Floats) -> Pixels:
    top, left = (max(0, n - _SIDE) // 2 for n in x.shape[:2])
    part = np.rint(np.clip(x[top : top + _SIDE, left : left + _SIDE], 0, 1) * 255).astype(np.uint8)
    room = np.full((_SIDE, _SIDE, 3), 255, np.uint8)
    room[: part.shape[0], : part.shape[1]] = part
    return room


def _shown(kernel: Floats) -> Pixels:
    """Six pixels of the sheet for each of the kernel's; the middle stays the middle."""
    room = np.zeros((_KERNEL + 2, _KERNEL + 2), np.float32)
    top, left = (max(0, (_KERNEL + 2) // 2 - n // 2) for n in kernel.shape)
    part = kernel[: _KERNEL + 2, : _KERNEL + 2]
    room[top : top + part.shape[0], left : left + part.shape[1]] = part
    large = np.kron(room / max(float(room.max()), 1e-9), np.ones((6, 6), np.float32))
    whole = np.zeros((_SIDE, _SIDE), np.float32)
    whole[: large.shape[0], : large.shape[1]] = large[:_SIDE, :_SIDE]
    return np.repeat(np.rint(255 * np.sqrt(whole)).astype(np.uint8)[..., None], 3, axis=2)
