"""What is compared: ours, blind and told; and the classical methods that our dependencies hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import ndimage, signal

from benchmarks.restoration.damage import Damaged, Floats, opened, saved
from rigatino.degradation.jpeg import Projection
from rigatino.diagnosis import diagnose
from rigatino.imaging import coefficients, estimate_quality, load
from rigatino.inference import Known, Network, mend_array, tables_of

Method = Callable[[Damaged], Floats]


def ours(network: Network) -> dict[str, Method]:
    """The network, told nothing; told the file's own tables."""

    def blind(damaged: Damaged) -> Floats:
        return rounded(mend_array(network, damaged.picture))

    def told(damaged: Damaged) -> Floats:
        header = load(damaged.file).jpeg if damaged.file else None
        known = Known(None if damaged.file else damaged.sigma, tables_of(header))
        return rounded(mend_array(network, damaged.picture, known))

    return {"ours, blind": blind, "ours, told tables or σ": told}


def projected(damaged: Damaged, result: Floats) -> Floats | None:
    """Onto what the file allows, where diagnosis is sure that the file binds."""
    if damaged.file is None or diagnose(load(damaged.file)).binds.value != "sure":
        return None
    return Projection(coefficients(damaged.file)).into(result)


def rounded(x: Floats) -> Floats:
    """To the 8 bits in which a result is delivered."""
    return np.asarray(np.rint(np.clip(x, 0, 1) * 255) / 255, np.float32)


def gaussian(damaged: Damaged) -> Floats:
    """A soft bell of half a pixel to two, wider for stronger noise."""
    width = 0.6 if damaged.sigma is None else 0.5 + damaged.sigma / 40
    return rounded(ndimage.gaussian_filter(damaged.picture, (width, width, 0)))


def median(damaged: Damaged) -> Floats:
    """The middle of 3×3."""
    return rounded(ndimage.median_filter(damaged.picture, (3, 3, 1)))


def wiener(damaged: Damaged) -> Floats:
    """Local mean and variance over 5×5; told σ where there is noise."""
    power = None if damaged.sigma is None else (damaged.sigma / 255) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        planes = [signal.wiener(plane.astype(np.float64), 5, power)
                  for plane in np.moveaxis(damaged.picture, 2, 0)]  # fmt: skip
    return rounded(np.nan_to_num(np.stack(planes, 2)).astype(np.float32))


def sliding_cosines(damaged: Damaged) -> Floats:
    """8×8 cosines at every second place, small ones set to zero (Yu and Sapiro 2011); told σ."""
    from scipy import fft

    sigma = (damaged.sigma or 0) / 255
    x = np.pad(damaged.picture, ((8, 8), (8, 8), (0, 0)), mode="symmetric").astype(np.float32)
    total, count = np.zeros_like(x), np.zeros((*x.shape[:2], 1), np.float32)
    for top in range(0, 8, 2):
        for left in range(0, 8, 2):
            h, w = ((n - s) // 8 * 8 for n, s in zip(x.shape[:2], (top, left), strict=True))
            part = (slice(top, top + h), slice(left, left + w))
            blocks = x[part].reshape(h // 8, 8, w // 8, 8, -1)
            c = fft.dctn(blocks, axes=(1, 3), norm="ortho")
            c[np.abs(c) < 2.7 * sigma] = 0
            total[part] += fft.idctn(c, axes=(1, 3), norm="ortho").reshape(h, w, -1)
            count[part] += 1
    return rounded((total / count)[8:-8, 8:-8].astype(np.float32))


def saved_at_all_shifts(damaged: Damaged) -> Floats:
    """Saved again at 16 shifts with the file's quality, and averaged (Nosratinia 2001)."""
    assert damaged.file is not None
    header = load(damaged.file).jpeg
    assert header is not None
    quality = estimate_quality(header.tables[header.components[0].table]).value
    pixels = np.rint(damaged.picture * 255).astype(np.uint8)
    whole = np.pad(pixels, ((8, 8), (8, 8), (0, 0)), mode="edge")
    h, w = pixels.shape[:2]
    total = np.zeros(pixels.shape, np.float64)
    for top in range(0, 8, 2):
        for left in range(0, 8, 2):
            again = opened(saved(np.ascontiguousarray(whole[top:, left:]), quality))
            total += again[8 - top :, 8 - left :][:h, :w]
    return rounded((total / 16 / 255).astype(np.float32))


def classical(damaged: Damaged) -> dict[str, Method]:
    """Those that can be used on such damage."""
    found: dict[str, Method] = {"gaussian": gaussian, "median 3×3": median, "wiener 5×5": wiener}
    if damaged.sigma is not None:
        found["sliding cosines, told σ"] = sliding_cosines
    if damaged.file is not None:
        found["saved at 16 shifts"] = saved_at_all_shifts
    return found
