"""The picture that a kernel is read from: few, clear edges and nothing else.

    minimise |k ∗ x − y|² + λ · (number of pixels where the gradient of x is not zero)

by splitting: the gradients are cut off where they are small, the picture is then brought back to
what was seen, with a weight β that doubles. Such a picture is no restoration: it is what can be
said for sure about where things begin and end (Xu, Zheng and Jia, 2013).
"""

from __future__ import annotations

import numpy as np

from rigatino.deconvolution.spectra import Array, Size, Spectrum, to_picture, to_waves, transfer

#: from here on gradients are as good as fixed
_FIRMEST = 1e4
_GROWTH = 2.0


def few_edges(seen: Array, kernel: Array, cost: float) -> Array:
    """(H, W) periodic, blurred by a kernel -> a picture of few edges, (H, W)."""
    shape = seen.shape[0], seen.shape[1]
    blur, slope = transfer(kernel, shape), _slopes(shape)
    data, power = blur.conj() * to_waves(seen), np.abs(blur) ** 2
    picture, weight = seen, 2 * cost
    while weight < _FIRMEST:
        down, right = gradients(picture)
        flat = down * down + right * right < cost / weight
        down[flat], right[flat] = 0, 0
        wanted = data + weight * to_waves(_against(down, right))
        picture = to_picture(wanted / (power + weight * slope), shape)
        weight *= _GROWTH
    return picture


def gradients(picture: Array) -> tuple[Array, Array]:
    """To the next row and to the next column."""
    return np.roll(picture, -1, 0) - picture, np.roll(picture, -1, 1) - picture


def _against(down: Array, right: Array) -> Array:
    """The adjoint of `gradients`."""
    return np.asarray(np.roll(down, 1, 0) - down + np.roll(right, 1, 1) - right)


def _slopes(shape: Size) -> Spectrum:
    """What taking gradients and going back does to each wave."""
    rows = np.fft.fftfreq(shape[0])[:, None]
    columns = np.fft.rfftfreq(shape[1])[None]
    return np.asarray(4 * np.sin(np.pi * rows) ** 2 + 4 * np.sin(np.pi * columns) ** 2, np.float32)
