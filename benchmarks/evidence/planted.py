"""Inventions planted into the true picture: are they found where they are?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

import rigatino as rg
from benchmarks.diagnosis.pictures import Original, Pixels, jpeg, opened
from benchmarks.evidence.pictures import against
from benchmarks.report import Report

Flags = NDArray[np.bool_]
Doubles = NDArray[np.float64]
#: (plain decode as floats, generator, another picture) -> changed, and where
Plant = Callable[[Pixels, np.random.Generator, Pixels], tuple[NDArray[np.float64], Flags]]
#: BEFORE -> what the plant goes into
Base = Callable[[bytes], Pixels]
_SIDE = 64
QUALITY = 50


def planted(pictures: list[Original], report: Report) -> None:
    """AUC per block against what was changed.

    The score is what the maps show to be invented there, in grey levels: the shares filled in and
    contradicted, times the detail.
    """
    bases: dict[str, Base] = {"the plain decode": opened, "a repair by this program": _mended}
    for name, base in bases.items():
        report.heading(
            f"inventions planted into {name}, found by the map, JPEG {QUALITY}: AUC per 8×8 block"
        )
        for kind, plant in PLANTS.items():
            scores = [
                _auc_of(picture.pixels, pictures[at - 1].pixels, plant, base, at)
                for at, picture in enumerate(pictures)
            ]
            report.cells(kind, {"mean": float(np.mean(scores)), "least": min(scores)}, "≥ 0.9")


def _mended(before: bytes) -> Pixels:
    """What is filled in there is filled in by the network; the plant is on top of it."""
    return np.asarray(rg.restore(before, ["jpeg"]).pixels, np.uint8)


def _auc_of(pixels: Pixels, other: Pixels, plant: Plant, base: Base, seed: int) -> float:
    before = jpeg(pixels, QUALITY)
    changed, where = plant(base(before), np.random.default_rng(seed), other)
    found = against(before, np.clip(np.rint(changed), 0, 255).astype(np.uint8))
    assert found.maps is not None
    h, w = (n // 8 * 8 for n in where.shape)
    blocks = where[:h, :w].reshape(h // 8, 8, w // 8, 8).mean(axis=(1, 3))
    maps = found.maps
    score = ((maps.filled + maps.contradicted) * maps.detail)[: h // 8, : w // 8]
    clear = (blocks > 0.5) | (blocks == 0)
    return auc(score[clear], blocks[clear] > 0.5)


def auc(score: NDArray[np.floating], truth: Flags) -> float:
    """The chance that a changed block scores above an unchanged one."""
    order = np.argsort(np.argsort(score, kind="stable")) + 1.0
    _, inverse, count = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.bincount(inverse, order) / count)[inverse]
    hits = int(truth.sum())
    rest = truth.size - hits
    return float((ranks[truth].sum() - hits * (hits + 1) / 2) / (hits * rest))


def _place(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[slice, slice]:
    top, left = (int(rng.integers(8, n - _SIDE - 8)) for n in shape[:2])
    return slice(top, top + _SIDE), slice(left, left + _SIDE)


def _texture(pixels: Pixels, rng: np.random.Generator, _: Pixels) -> tuple[Doubles, Flags]:
    """Fine grain, as a network makes it up on skin or grass."""
    out, where = pixels.astype(float), np.zeros(pixels.shape[:2], np.bool_)
    place = _place(pixels.shape, rng)
    grain = rng.normal(0, 1, (_SIDE, _SIDE))
    grain = gaussian_filter(grain, 0.7) - gaussian_filter(grain, 2)
    out[place] += (10 * grain / grain.std())[..., None]
    where[place] = True
    return out, where


def _letter(pixels: Pixels, rng: np.random.Generator, _: Pixels) -> tuple[Doubles, Flags]:
    """A letter where there was none, in a tone that stands off by 60 levels."""
    place = _place(pixels.shape, rng)
    sheet = Image.new("L", (_SIDE, _SIDE))
    letter = chr(65 + int(rng.integers(26)))
    ImageDraw.Draw(sheet).text((10, 2), letter, 255, ImageFont.load_default(52))
    ink = np.asarray(sheet, float) / 255
    out, where = pixels.astype(float), np.zeros(pixels.shape[:2], np.bool_)
    sign = -1 if out[place].mean() > 128 else 1
    out[place] += sign * 60 * ink[..., None]
    where[place] = ink > 0.5
    return out, _grown(where)


def _grown(where: Flags) -> Flags:
    """Blocks with at least an eighth of ink count wholly."""
    h, w = (n // 8 * 8 for n in where.shape)
    blocks = where[:h, :w].reshape(h // 8, 8, w // 8, 8).mean(axis=(1, 3)) > 1 / 8
    out = where.copy()
    out[:h, :w] = blocks.repeat(8, 0).repeat(8, 1)
    return out


def _swapped(pixels: Pixels, rng: np.random.Generator, other: Pixels) -> tuple[Doubles, Flags]:
    """A region of another picture, brought to the same mean and spread, softly blended in."""
    out, where = pixels.astype(float), np.zeros(pixels.shape[:2], np.bool_)
    place, taken = _place(pixels.shape, rng), _place(other.shape, rng)
    here, there = out[place], other[taken].astype(float)
    fitted = (there - there.mean()) / (there.std() + 1) * here.std() + here.mean()
    ramp = np.clip(np.minimum.outer(*(2 * [_SIDE / 2 - np.abs(np.arange(_SIDE) - 31.5)])) / 8, 0, 1)
    out[place] += ramp[..., None] * (fitted - here)
    where[place] = ramp > 0.5
    return out, where


def _halo(pixels: Pixels, *_: object) -> tuple[Doubles, Flags]:
    """Oversharpened in one region: light and dark seams along its edges."""
    out, where = pixels.astype(float), np.zeros(pixels.shape[:2], np.bool_)
    luma = out.mean(axis=2)
    busy = gaussian_filter(np.hypot(*np.gradient(luma)), 16)
    half = _SIDE // 2
    inner = busy[half + 8 : -half - 8, half + 8 : -half - 8]
    row, column = (int(i) + 8 for i in np.unravel_index(int(inner.argmax()), inner.shape))
    place = (slice(row, row + _SIDE), slice(column, column + _SIDE))
    soft = gaussian_filter(out, (2, 2, 0))
    seam = 2.0 * (out - soft)
    out[place] += seam[place]
    where[place] = True
    strong = np.abs(seam).mean(axis=2) > 6
    return out, _grown(where & strong) & where


PLANTS: dict[str, Plant] = {
    "pasted texture": _texture,
    "changed letter": _letter,
    "swapped region": _swapped,
    "halo": _halo,
}
