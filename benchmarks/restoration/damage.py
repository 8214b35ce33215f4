"""The test pictures, and how they are damaged: as papers do, so that figures can be compared."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Damaged:
    """A truth and what became of it, (H, W, 1 or 3) floats in 0…1; the file where there is one."""

    truth: Floats
    picture: Floats
    file: bytes | None = None
    sigma: float | None = None


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    name: str
    grey: bool
    damage: Callable[[Bytes, np.random.Generator], Damaged]


def saved(pixels: Bytes, quality: int) -> bytes:
    """Colour 4:2:0, or grey."""
    out = io.BytesIO()
    flat = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    Image.fromarray(flat).save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()


def opened(data: bytes) -> Bytes:
    """(H, W, 1 or 3)."""
    with Image.open(io.BytesIO(data)) as image:
        pixels = np.asarray(image)
    return pixels if pixels.ndim == 3 else pixels[..., None]


def floats(pixels: Bytes) -> Floats:
    """0…255 -> 0…1."""
    return pixels.astype(np.float32) / np.float32(255)


def jpeg(pixels: Bytes, _: np.random.Generator, quality: int) -> Damaged:
    """Saved once."""
    data = saved(pixels, quality)
    return Damaged(floats(pixels), floats(opened(data)), data)


def twice(pixels: Bytes, _: np.random.Generator, first: int, last: int) -> Damaged:
    """Four rows and columns are cut off between two saves, from the truth too."""
    once = np.ascontiguousarray(opened(saved(pixels, first))[4:, 4:])
    data = saved(once, last)
    return Damaged(floats(pixels[4:, 4:]), floats(opened(data)), data)


def noise(pixels: Bytes, rng: np.random.Generator, sigma: int, clipped: bool) -> Damaged:
    """White noise: float and not clipped, or rounded and clipped to 8 bits."""
    noisy = pixels + rng.normal(0, sigma, pixels.shape)
    if clipped:
        noisy = np.clip(np.rint(noisy), 0, 255)
    return Damaged(floats(pixels), (noisy / 255).astype(np.float32), None, float(sigma))


def both(pixels: Bytes, rng: np.random.Generator, sigma: int, quality: int) -> Damaged:
    """White noise, clipped to 8 bits, then one save."""
    noisy = np.clip(np.rint(pixels + rng.normal(0, sigma, pixels.shape)), 0, 255).astype(np.uint8)
    data = saved(noisy, quality)
    return Damaged(floats(pixels), floats(opened(data)), data, float(sigma))


def _cases() -> Iterator[tuple[str, Case]]:
    for grey in (False, True):
        kind = "grey" if grey else "colour"
        for quality in (10, 20, 30, 40):
            yield (
                f"jpeg-{kind}",
                Case(f"JPEG {quality}, {kind}", grey, partial(jpeg, quality=quality)),
            )
    for first, last in ((10, 30), (10, 50), (30, 50)):
        damage = partial(twice, first=first, last=last)
        yield "twice", Case(f"JPEG {first} then {last}, shifted (4,4), grey", True, damage)
    for clipped in (False, True):
        for sigma in (15, 25, 50):
            how = "8 bits" if clipped else "float"
            damage = partial(noise, sigma=sigma, clipped=clipped)
            yield "noise", Case(f"noise σ {sigma}, {how}, colour", False, damage)
    for sigma, quality in ((15, 50), (25, 30)):
        damage = partial(both, sigma=sigma, quality=quality)
        yield "both", Case(f"noise σ {sigma}, then JPEG {quality}, colour", False, damage)


#: group -> cases
CASES: dict[str, list[Case]] = {}
for _group, _case in _cases():
    CASES.setdefault(_group, []).append(_case)
#: which groups papers measure on which set; a folder of another name gets all of them
PUBLISHED = {
    "LIVE1": ("jpeg-colour", "jpeg-grey", "twice", "both"),
    "Classic5": ("jpeg-grey", "twice"),
    "CBSD68": ("noise",),
    "Set5": (),
}


def studio_luma(rgb: Bytes) -> Bytes:
    """ITU-R BT.601 luma in 16…235: what papers call the grey version of a colour set."""
    luma = 16 + rgb.astype(np.float64) @ (65.481, 128.553, 24.966) / 255
    return np.floor(luma + 0.5).astype(np.uint8)[..., None]


def originals(folder: Path, grey: bool, limit: int | None) -> list[Bytes]:
    """The pictures of a folder, (H, W, 1 or 3); grey as stored, or studio luma of colour."""
    suffixes = {".png", ".bmp", ".tif", ".tiff"}
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in suffixes)
    return [found for file in files[:limit] if (found := _original(file, grey)) is not None]


def _original(file: Path, grey: bool) -> Bytes | None:
    with Image.open(file) as image:
        stored = np.asarray(image if image.mode in ("L", "RGB") else image.convert("RGB"))
    if stored.ndim == 2:
        return stored[..., None] if grey else None
    return studio_luma(stored) if grey else stored
