"""Canvases for arrays in memory: floats, and the pixels of a picture in its own depth."""

from __future__ import annotations

from typing import Any

import numpy as np

from rigatino.imaging import Pixels, from_float, to_float
from rigatino.inference.hints import NOTHING, Known
from rigatino.inference.network import Network
from rigatino.inference.session import Floats
from rigatino.inference.settings import Settings
from rigatino.inference.tiling import Part, Tiling, over, plan


class FloatCanvas:
    """(H, W, C) floats; ``result`` is filled."""

    def __init__(
        self, picture: Floats, scale: int = 1, size: tuple[int, int] | None = None
    ) -> None:
        """``size`` of the result, where it is not ``scale`` times that of the picture."""
        h, w, channels = picture.shape
        self._picture = picture
        self.result = np.zeros((*(size or (h * scale, w * scale)), channels), np.float32)

    @property
    def size(self) -> tuple[int, int]:
        """See :class:`Canvas`."""
        return self._picture.shape[0], self._picture.shape[1]

    def read(self, part: Part) -> Floats:
        """See :class:`Canvas`."""
        return self._picture[part]

    def write(self, part: Part, values: Floats) -> None:
        """See :class:`Canvas`."""
        self.result[part] = values

    def written(self, part: Part) -> Floats:
        """See :class:`Canvas`."""
        return self.result[part]


class PixelCanvas:
    """Colour samples of 8 or 16 bits in, the same out: no float copy of the whole picture.

    With ``strength`` below 1 the result is mixed with what was there before.
    """

    def __init__(
        self, colour: Pixels, scale: int = 1, strength: float = 1.0,
        size: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """``size`` of the result, where it is not ``scale`` times that of the picture."""
        h, w, channels = colour.shape
        self._colour, self._strength = colour, strength
        self._bits = 8 * colour.dtype.itemsize
        whole = size or (h * scale, w * scale)
        self.result: Pixels = np.zeros((*whole, channels), colour.dtype)

    @property
    def size(self) -> tuple[int, int]:
        """See :class:`Canvas`."""
        return self._colour.shape[0], self._colour.shape[1]

    def read(self, part: Part) -> Floats:
        """See :class:`Canvas`."""
        return to_float(self._colour[part])

    def write(self, part: Part, values: Floats) -> None:
        """See :class:`Canvas`."""
        if self._strength < 1:
            values = self._mixed(part, values)
        self.result[part] = from_float(values, bits=self._bits)

    def _mixed(self, part: Part, values: Floats) -> Floats:
        share = np.float32(self._strength)
        before: Any = to_float(self._colour[part])
        return np.asarray(before + share * (np.clip(values, 0, 1) - before), np.float32)

    def written(self, part: Part) -> Floats:
        """See :class:`Canvas`."""
        return to_float(self.result[part])


class PremultipliedCanvas(PixelCanvas):
    """For pictures with opacity that change size: colour counts as much as it is seen.

    Colour enters multiplied with its opacity and is divided by that of the result; so what nobody
    sees does not bleed into what everybody sees.
    """

    def __init__(self, colour: Pixels, alpha: Pixels, larger: Pixels) -> None:
        """``alpha`` (h, w) of the picture, ``larger`` (H, W) of the result."""
        super().__init__(colour, size=(larger.shape[0], larger.shape[1]))
        self._alpha, self._larger = alpha, larger

    def read(self, part: Part) -> Floats:
        """See :class:`Canvas`."""
        return np.asarray(super().read(part) * to_float(self._alpha[part][..., None]), np.float32)

    def write(self, part: Part, values: Floats) -> None:
        """See :class:`Canvas`."""
        seen = to_float(self._larger[part][..., None])
        super().write(part, np.where(seen > 0, values / np.maximum(seen, 1e-6), 0))


def mend_array(
    network: Network, picture: Floats, known: Known = NOTHING, tiling: Tiling | None = None
) -> Floats:
    """(H, W, 1 or 3) floats in 0…1 -> the result, neither clipped nor rounded."""
    canvas = FloatCanvas(picture, network.card.scale)
    memory = Settings.of_environment().memory
    over(network, canvas, tiling or plan(network.card, canvas.size, memory), known)
    return canvas.result
