"""The decoder of *enlarge*: around each pixel a sum of waves, of which any place can be asked.

    value(y, x) = Σₐ Σᵦ c[a, b] · wave[a](y) · wave[b](x)
    wave(t) = cos or sin (ω t) · exp(−κ ω² / scale²)

y and x count from the pixel's middle, in pixels. The coefficients c are a linear map of the
pixel's features; the waves fade with the pitch of the new pixels, as heat would fade them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rigatino.inference.enlarging.axis import Floats, Places

COLOURS = 3


class Field:
    """(C, h, w) features and places -> (3, H, W), what is added to the bicubic enlargement."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._map, self._bias = weights["coefficients"], weights["bias"]
        self._frequency, self._fading = weights["frequency"], float(weights["fading"])
        self._terms = len(self._frequency)

    def multiplies(self, scale: float) -> float:
        """Per new pixel."""
        t, c = self._terms, int(self._map.shape[1])
        if scale == round(scale):
            return COLOURS * c
        return COLOURS * (t * t * c / scale**2 + t * t / scale + t)

    def waves(self, offset: Floats, scale: float) -> Floats:
        """(n,) places -> (n, terms): the first half cosines, the rest sines."""
        half = self._terms // 2
        angle = offset[:, None] * self._frequency
        fading = np.exp(-self._fading * self._frequency**2 / scale**2)
        both = np.concatenate([np.cos(angle[:, :half]), np.sin(angle[:, half:])], 1)
        return np.asarray(both * fading, np.float32)

    def decode(self, features: Floats, down: Places, across: Places) -> Floats:
        """By one matrix product where both factors are whole, else wave by wave."""
        factors = down.factor, across.factor
        if factors[0] is not None and factors[1] is not None:
            return self._compiled(features, down, across, (factors[0], factors[1]))
        return self._anywhere(features, down, across)

    def _compiled(
        self, features: Floats, down: Places, across: Places, factors: tuple[int, int]
    ) -> Floats:
        """A 1×1 convolution to colours × factors, then depth to space: the same sums, done once."""
        rows, columns = (
            self.waves(axis.offset[:n], axis.scale)
            for axis, n in zip((down, across), factors, strict=True)
        )
        both = np.einsum("ya,xb->yxab", rows, columns).reshape(-1, self._terms**2)
        split = (self._terms**2, COLOURS, -1)
        matrix = np.einsum("pt,tcf->cpf", both, self._map.reshape(split)).reshape(-1, len(features))
        bias = (both @ self._bias.reshape(split[:2])).T.reshape(-1, 1)
        inside = features[:, _span(down, factors[0]), _span(across, factors[1])]
        _, h, w = inside.shape
        found = (matrix @ inside.reshape(len(features), -1) + bias).astype(np.float32, copy=False)
        cells: Floats = found.reshape(COLOURS, *factors, h, w).transpose(0, 3, 1, 4, 2)
        return cells.reshape(COLOURS, h * factors[0], w * factors[1])

    def _anywhere(self, features: Floats, down: Places, across: Places) -> Floats:
        """First along the columns, then along the rows, each old row with its own new ones."""
        inside = features[:, _within(down), _within(across)]
        _, h, w = inside.shape
        t = self._terms
        terms = self._map @ inside.reshape(len(features), -1) + self._bias[:, None]
        stacked = terms.reshape(t, t * COLOURS, h, w).transpose(2, 0, 1, 3).reshape(h, t, -1)
        tall = self._along(stacked, down)  # (H, t·3·w)
        turned = tall.reshape(-1, t, COLOURS, w).transpose(3, 1, 0, 2).reshape(w, t, -1)
        wide = self._along(turned, across)  # (W, H·3)
        return np.ascontiguousarray(wide.reshape(len(wide), -1, COLOURS).transpose(2, 1, 0))

    def _along(self, terms: Floats, axis: Places) -> Floats:
        """(old, terms, n) -> (new, n)."""
        own = axis.nearest - axis.nearest[0]
        rank = np.arange(len(own)) - np.searchsorted(own, own)
        slots = np.zeros((len(terms), int(rank.max()) + 1, self._terms), np.float32)
        slots[own, rank] = self.waves(axis.offset, axis.scale)
        return np.asarray((slots @ terms)[own, rank])


def _within(axis: Places) -> slice:
    return slice(int(axis.nearest[0]), int(axis.nearest[-1]) + 1)


def _span(axis: Places, factor: int) -> slice:
    first = int(axis.nearest[0])
    return slice(first, first + len(axis.nearest) // factor)
