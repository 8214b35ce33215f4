"""The test pictures, and the ways in which they are damaged here."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from rigatino.imaging import Picture, load

Pixels = NDArray[np.uint8]
Deep = NDArray[np.uint16]
SET = "LIVE1"


@dataclass(frozen=True, eq=False)
class Original:
    """An undamaged picture, (H, W, 3), 8 bits."""

    name: str
    pixels: Pixels


def originals(data: Path, most: int) -> tuple[list[Original], int]:
    """The pristine pictures, evenly thinned to at most ``most``, and how many there are."""
    files = sorted((data / SET).glob("*.png"))
    if not files:
        raise SystemExit(f"{data} holds no {SET}/*.png; give --data a folder of test sets")
    taken = np.linspace(0, len(files) - 1, max(1, min(most, len(files)))).astype(int)
    chosen = dict.fromkeys(taken.tolist())
    return [Original(files[at].stem, _pixels(files[at])) for at in chosen], len(files)


def _pixels(file: Path) -> Pixels:
    with Image.open(file) as image:
        return np.array(image.convert("RGB"))


def jpeg(pixels: Pixels, quality: int, **options: Any) -> bytes:
    """Saved once by a plain encoder, colour at half size unless asked otherwise."""
    out = io.BytesIO()
    options = {"subsampling": 2, **options}
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


def opened(data: bytes) -> Pixels:
    """Decoded pixels."""
    with Image.open(io.BytesIO(data)) as image:
        return np.array(image.convert("RGB"))


def resaved(pixels: Pixels, first: int, second: int, shift: tuple[int, int] = (0, 0)) -> bytes:
    """Saved, cut by ``shift`` rows and columns, and saved again."""
    once = opened(jpeg(pixels, first))[shift[0] :, shift[1] :]
    return jpeg(np.ascontiguousarray(once), second)


def noisy(pixels: Pixels, sigma: float, rng: np.random.Generator) -> Pixels:
    """White noise of deviation ``sigma`` (of 255) in each colour, cut at black and white."""
    return _stored(pixels + rng.normal(0, sigma, pixels.shape))


def noisy_unclipped(pixels: Pixels, sigma: float, rng: np.random.Generator) -> tuple[Deep, float]:
    """The same, not cut: in 16 bits, with the scale drawn together so that four σ fit at each end.

    Also the factor by which contrast and noise have shrunk alike.
    """
    shrunk = 255 / (255 + 8 * sigma)
    values = (pixels + rng.normal(0, sigma, pixels.shape) + 4 * sigma) * shrunk
    return np.asarray(np.clip(np.rint(values * 257), 0, 65535), np.uint16), shrunk


def halved(pixels: Pixels) -> Pixels:
    """Half the size by averaging areas."""
    height, width = pixels.shape[0] // 2 * 2, pixels.shape[1] // 2 * 2
    parts = pixels[:height, :width].reshape(height // 2, 2, width // 2, 2, 3)
    return _stored(parts.mean(axis=(1, 3)))


def enlarged(pixels: Pixels, factor: float, kernel: str) -> Pixels:
    """By Pillow, from a corner small enough that the result stays near the original's size."""
    height, width = (max(96, int(n / factor)) for n in pixels.shape[:2])
    size = (round(width * factor), round(height * factor))
    image = Image.fromarray(np.ascontiguousarray(pixels[:height, :width]))
    return np.array(image.resize(size, Image.Resampling[kernel.upper()]))


def _stored(values: NDArray[np.floating[Any]]) -> Pixels:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def picture(source: Pixels | Deep | bytes) -> Picture:
    """As the detectors get it: from a file's bytes, or from pixels that were never a JPEG."""
    return load(source) if isinstance(source, bytes) else Picture(source)
