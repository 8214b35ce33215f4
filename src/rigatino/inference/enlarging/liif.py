"""LIIF's decoder (Chen, Liu and Wang 2021): a network of its own is asked for every new pixel.

Features are unfolded 3×3, the four nearest pixels answer, each answer weighs as the rectangle
opposite of its pixel is large, and the size of a new pixel is told (cell decoding). The first layer
is factored: its part that sees features is a 3×3 convolution of the small picture, done once; what
it makes of the place and of the cell is added for every new pixel. The sums are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rigatino.inference.enlarging.axis import Floats, Places

#: new pixels that are asked for at a time
_CHUNK = 16384
_CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


class Liif:
    """(C, h, w) features and places -> (3, H, W), what is added to the bicubic enlargement."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        first = weights["first"]  # (256, C, 3, 3)
        self._first = first.transpose(0, 2, 3, 1).reshape(len(first), -1)
        self._bias = weights["first_bias"]
        self._place, self._cell = weights["place"].T, weights["cell"].T  # (2, 256) each
        depth = sum(1 for name in weights if name.startswith("hidden_")) // 2
        self._rest = [(weights[f"hidden_{i}"].T, weights[f"hidden_{i}_bias"]) for i in range(depth)]

    def multiplies(self, scale: float) -> float:
        """Per new pixel."""
        each = self._place.size + sum(matrix.size for matrix, _ in self._rest)
        return 4 * each + self._first.size / scale**2

    def decode(self, features: Floats, down: Places, across: Places) -> Floats:
        """Some rows of new pixels at a time."""
        known = self._known(features)
        cell = np.array((2 / down.scale, 2 / across.scale), np.float32) @ self._cell
        rows = max(1, _CHUNK // len(across.nearest))
        parts = [
            self._rows(known, _part(down, top, rows), across, cell)
            for top in range(0, len(down.nearest), rows)
        ]
        return np.ascontiguousarray(np.concatenate(parts).transpose(2, 0, 1))

    def _known(self, features: Floats) -> Floats:
        """(h, w, 256): the first layer's sum over the unfolded features."""
        c, h, w = features.shape
        padded = np.pad(features.transpose(1, 2, 0), ((1, 1), (1, 1), (0, 0)))
        out = np.empty((h, w, len(self._first)), np.float32)
        for top in range(0, h, 16):
            window = padded[top : top + 18]
            around = np.lib.stride_tricks.sliding_window_view(window, (3, 3), (0, 1))
            flat = around.transpose(0, 1, 3, 4, 2).reshape(-1, 9 * c)
            out[top : top + 16] = (flat @ self._first.T + self._bias).reshape(
                -1, w, len(self._bias)
            )
        return out

    def _rows(self, known: Floats, down: Places, across: Places, cell: Floats) -> Floats:
        """(H, W, 3) for some new rows."""
        h, w = known.shape[:2]
        sides = [_corners(down, h), _corners(across, w)]
        answers, areas = [], []
        for a, b in _CORNERS:
            (y, far_y), (x, far_x) = sides[0][a], sides[1][b]
            told = 2 * (far_y[:, None, None] * self._place[0] + far_x[:, None] * self._place[1])
            answers.append(self._asked(known[y[:, None], x] + told + cell))
            areas.append(np.abs(far_y[:, None] * far_x) + np.float32(1e-9))
        total = sum(areas)
        shares = (area / total for area in reversed(areas))
        return np.asarray(
            sum(a * s[..., None] for a, s in zip(answers, shares, strict=True)), np.float32
        )

    def _asked(self, first: Floats) -> Floats:
        """The layers after the first sum: (H, W, 256) -> (H, W, 3)."""
        x = first.reshape(-1, first.shape[-1])
        for matrix, bias in self._rest:
            x = np.maximum(x, 0) @ matrix + bias
        return x.reshape(*first.shape[:2], -1)


def _part(axis: Places, start: int, count: int) -> Places:
    keep = slice(start, start + count)
    return replace(axis, nearest=axis.nearest[keep], offset=axis.offset[keep])


def _corners(axis: Places, length: int) -> list[tuple[np.ndarray, Floats]]:
    """The old samples before and after each new one, and how far they are from it.

    At the border there is only one, and it is both.
    """
    before = axis.nearest - (axis.offset < 0)
    at = axis.nearest + axis.offset
    found = []
    for step in (0, 1):
        place = np.clip(before + step, 0, length - 1)
        found.append((place, (at - place).astype(np.float32)))
    return found
