"""Several restorations of one file, as good as each other as far as the file can tell.

Each follows another idea of what pictures are like: the network's, a smoother one, sharper and
softer ones, and ones with a random texture where the file leaves room for it. Where the file's own
numbers bind, each is moved to the nearest picture that they allow, so that the file cannot say
which is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from rigatino.degradation.jpeg import Projection
from rigatino.diagnosis import Binds
from rigatino.errors import ImageError, UsageError
from rigatino.imaging import (
    JpegCoefficients,
    Picture,
    Pixels,
    Source,
    coefficients,
    from_float,
    luma,
    to_float,
    upright,
)
from rigatino.run.repair import Prepared

SCHEMA = "rigatino/alternatives/1"
FEWEST, MOST = 2, 12
#: orientation that undoes an orientation
_BACK = {6: 8, 8: 6}
#: rows worked on at a time: a multiple of every MCU's height
_BAND = 256
Floats = NDArray[np.float32]
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """One of them."""

    name: str
    idea: str
    """What it takes pictures to be like."""
    picture: Picture = field(repr=False)
    kept: int | None
    """Of the file's integers, how many a plain encoder would store again; None: not projected."""
    integers: int | None
    apart: float
    """Mean absolute difference of a sample from the first, on the scale 0…255."""


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """All of them, and how far they are apart."""

    members: tuple[Alternative, ...]
    binds: Binds
    spread: Floats = field(repr=False)
    """(H, W), upright: deviation of brightness among them, on the scale 0…255."""

    @property
    def projected(self) -> bool:
        """Whether all are pictures that the file's own numbers allow."""
        return all(one.kept is not None for one in self.members)

    @property
    def sentence(self) -> str:
        """What they are, for a layperson."""
        many = f"{len(self.members)} restorations"
        if self.projected:
            return (
                f"{many}, all allowed by the file's own numbers: where they differ, it is a guess."
            )
        return (
            f"{many}, not held to the file's own numbers, since those do not surely bind the "
            f"original ({self.binds.reason}): where they differ, it is a guess all the same."
        )

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, without the pictures."""
        rows = [
            {"name": one.name, "idea": one.idea, "kept": one.kept, "integers": one.integers,
             "apart": round(one.apart, 3)}
            for one in self.members
        ]  # fmt: skip
        return {
            "schema": SCHEMA, "sentence": self.sentence, "binds": self.binds.to_json(),
            "projected": self.projected, "members": rows,
            "spread": {"mean": round(float(self.spread.mean()), 3),
                       "most": round(float(self.spread.max()), 3)},
        }  # fmt: skip


def check_count(count: int) -> None:
    """Refuse what cannot be spread, or seen on one sheet."""
    if not FEWEST <= count <= MOST:
        raise UsageError(
            f"{count} alternatives", f"{FEWEST} to {MOST}", "change the number of --alternatives"
        )


def alternatives(
    source: Source, prepared: Prepared, mended: Picture, count: int,
    progress: Progress = lambda _: None,
) -> Alternatives:  # fmt: skip
    """The mended picture, and as many others as are asked for."""
    check_count(count)
    if (prepared.picture.height, prepared.picture.width) != (mended.height, mended.width):
        raise UsageError(
            "alternatives with a model that enlarges", "one that keeps the size", "leave one out"
        )
    stored = _bound(source, prepared)
    orientation = mended.orientation
    own, first = (_as_stored(p.colour, orientation) for p in (prepared.picture, mended))
    members: list[Alternative] = []
    for name, idea, drawn in _ideas(own, first, stored, count):
        result, kept, integers = (drawn, None, None) if stored is None else _allowed(drawn, stored)
        pixels = from_float(result)
        apart = float(np.abs(pixels.astype(np.float32) - from_float(first)).mean())
        picture = mended.with_pixels(upright(pixels, orientation))
        members.append(Alternative(name, idea, picture, kept, integers, apart))
        progress(len(members) / count)
    return Alternatives(tuple(members), prepared.diagnosis.binds, _spread(members))


def _bound(source: Source, prepared: Prepared) -> JpegCoefficients | None:
    """The file's numbers where they surely bind the original, else None."""
    if prepared.diagnosis.binds.value != "sure":
        return None
    try:
        stored = coefficients(source)
        Projection(stored)
    except (ImageError, UsageError):
        return None
    return stored


def _as_stored(pixels: Pixels, orientation: int) -> Floats:
    return to_float(upright(pixels, _BACK.get(orientation, orientation)))


def _ideas(
    own: Floats, mended: Floats, stored: JpegCoefficients | None, count: int
) -> Iterator[tuple[str, str, Floats]]:
    """``count`` of them, (H, W, channels) in 0…1: the same ones for the same file."""
    made: list[tuple[str, str, Callable[[], Floats]]] = [
        ("mended", "as the network says", lambda: mended),
        ("smooth", "as little detail as there can be", lambda: _smooth(own, stored)),
        ("sharper", "edges steeper than the network draws them", lambda: _sharper(mended)),
        ("softer", "edges softer than the network draws them", lambda: _blurred(mended, 0.8)),
    ]
    for name, idea, make in made[:count]:
        yield name, idea, np.clip(make(), 0, 1)
    for number in range(1, count - len(made) + 1):
        idea = f"a random texture where the file leaves room, drawn with seed {number}"
        yield f"textured {number}", idea, np.clip(_textured(own, mended, number), 0, 1)


def _smooth(own: Floats, stored: JpegCoefficients | None) -> Floats:
    """Smoothed and put back in turn, so that only what the file insists on stays."""
    if stored is None:
        return _blurred(own, 1.5)
    smooth = own
    for _ in range(3):
        smooth = _allowed(_blurred(smooth, 1.0), stored)[0]
    return _blurred(smooth, 0.6)


def _sharper(picture: Floats) -> Floats:
    return np.asarray(picture + np.float32(0.8) * (picture - _blurred(picture, 1.2)), np.float32)


def _blurred(picture: Floats, sigma: float) -> Floats:
    return np.asarray(gaussian_filter(picture, (sigma, sigma, 0), mode="nearest"), np.float32)


def _textured(own: Floats, mended: Floats, seed: int) -> Floats:
    """As strong as what the network itself changed thereabouts, which is where there is room."""
    noise = np.random.default_rng(seed).standard_normal(own.shape[:2], np.float32)[..., None]
    grain = _blurred(noise, 0.7) - _blurred(noise, 2.5)
    room = np.sqrt(_blurred(((mended - own) ** 2).mean(axis=2, keepdims=True), 4))
    return np.asarray(mended + room * grain / grain.std(), np.float32)


def _allowed(picture: Floats, stored: JpegCoefficients) -> tuple[Floats, int, int]:
    """The nearest that the file allows, how many integers it gives back, and of how many."""
    projection = Projection(stored)
    moved, kept, total = np.empty_like(picture), 0, 0
    for top in range(0, len(picture), _BAND):
        rows = slice(top, top + _BAND)
        moved[rows] = projection.into(picture[rows], top)
        same, of = projection.agreement(moved[rows], top)
        kept, total = kept + same, total + of
    return moved, kept, total


def _spread(members: list[Alternative]) -> Floats:
    """Deviation of brightness among them, (H, W)."""
    total = np.zeros((members[0].picture.height, members[0].picture.width), np.float32)
    square = total.copy()
    for one in members:
        colour = to_float(one.picture)
        bright = 255 * (colour[..., 0] if colour.shape[2] == 1 else luma(colour))
        total, square = total + bright, square + bright**2
    mean = total / len(members)
    return np.sqrt(np.maximum(square / len(members) - mean**2, 0)).astype(np.float32)
