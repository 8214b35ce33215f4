"""The planes of damage: for each task two axes, the damage at a point, and how it is undone.

Add one: a damage, a repair and an entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.degradation import Array, Defocus, GaussianNoise, Resize
from rigatino.degradation.jpeg import Jpeg
from rigatino.errors import UsageError
from rigatino.inference import (
    Enlarger,
    Known,
    Model,
    Network,
    Tables,
    enlarged_array,
    model_for,
    open_enlarger,
    open_network,
)
from rigatino.run import undone

Damage = Callable[[Array, float, float, np.random.Generator], Array]
Size = tuple[int, int]
Doer = Network | Enlarger
#: with the size of the picture before it was damaged
Repair = Callable[[Doer, Array, Size, float, float], Array]


@dataclass(frozen=True, slots=True)
class Axis:
    """One kind of damage, from hardly any to a lot."""

    name: str
    unit: str
    low: float
    high: float
    bend: float = 1.0
    """The share of the axis is ((value − low) / (high − low)) to this power."""

    def value(self, share: float) -> float:
        """0…1 -> a strength."""
        return float(
            self.low + (self.high - self.low) * float(np.clip(share, 0, 1)) ** (1 / self.bend)
        )

    def share(self, value: float) -> float:
        """A strength -> where on the axis; outside of 0…1 where it is beyond it."""
        part = (value - self.low) / (self.high - self.low)
        return float(np.sign(part) * abs(part) ** self.bend)


@dataclass(frozen=True, slots=True)
class Plane:
    """Two kinds of damage, and the repair that is asked how far it goes."""

    task: str
    across: Axis
    up: Axis
    damage: Damage
    repair: Repair
    assumes: str
    """In a sentence."""


def _out_of_focus(x: Array, radius: float, sigma: float, rng: np.random.Generator) -> Array:
    return _stored(GaussianNoise(sigma / 255).apply(Defocus(radius).apply(x), rng))


def _sharpened(doer: Doer, seen: Array, size: Size, radius: float, sigma: float) -> Array:  # noqa: ARG001
    return undone(_network(doer), seen, Defocus(radius).kernel(), sigma)


def _grainy(x: Array, sigma: float, light: float, rng: np.random.Generator) -> Array:
    """White noise, and noise of light; σ is that of a middle grey."""
    variance = (1 - light) + 2 * light * np.clip(x, 0, 1)
    noise = rng.standard_normal(x.shape, np.float32)
    return _stored(x + np.float32(sigma / 255) * np.sqrt(variance) * noise)


def _denoised(doer: Doer, seen: Array, size: Size, sigma: float, light: float) -> Array:  # noqa: ARG001
    return _network(doer).apply(seen, Known(sigma=sigma if light < 0.5 else None))


def _saved(x: Array, loss: float, sigma: float, rng: np.random.Generator) -> Array:
    return Jpeg.of_quality(_quality(loss)).apply(_grainy(x, sigma, 0.0, rng))


def _unsaved(doer: Doer, seen: Array, size: Size, loss: float, sigma: float) -> Array:  # noqa: ARG001
    luma, chroma = Jpeg.of_quality(_quality(loss)).tables[:2]
    tables = Tables(_square(luma), _square(chroma), 1.0)
    return _network(doer).apply(seen, Known(tables=tables))


def _made_small(x: Array, factor: float, sigma: float, rng: np.random.Generator) -> Array:
    size = x.shape[0], x.shape[1]
    small = max(1, round(size[0] / factor)), max(1, round(size[1] / factor))
    return _grainy(Resize.between(size, small).apply(x), sigma, 0.0, rng)


def _enlarged(doer: Doer, seen: Array, size: Size, factor: float, sigma: float) -> Array:  # noqa: ARG001
    assert isinstance(doer, Enlarger)
    return enlarged_array(doer, seen, size, Known(sigma=sigma or None))


def _network(doer: Doer) -> Network:
    assert isinstance(doer, Network)
    return doer


def _square(table: tuple[int, ...]) -> NDArray[np.uint16]:
    return np.asarray(table, np.uint16).reshape(8, 8)


def _quality(loss: float) -> int:
    return max(1, min(100, round(100 - loss)))


def _stored(x: Array) -> Array:
    """As an 8-bit file holds it."""
    return np.asarray(np.rint(np.clip(x, 0, 1) * 255) / 255, np.float32)


PLANES: dict[str, Plane] = {
    "deblur": Plane(
        "deblurring",
        Axis("blur", "pixels of radius", 0.5, 8.0),
        Axis("noise", "σ of 255", 0.0, 20.0, 0.5),
        _out_of_focus, _sharpened,
        "the blur is a disk that is known exactly; a path that had to be estimated goes less far",
    ),
    "denoise": Plane(
        "denoising",
        Axis("noise", "σ of 255 in a middle grey", 0.0, 60.0, 0.7),
        Axis("share that grows with light", "0 to 1", 0.0, 1.0),
        _grainy, _denoised,
        "noise is independent from pixel to pixel, and the picture was stored with 8 bits",
    ),
    "jpeg": Plane(
        "jpeg-artifact-removal",
        Axis("loss", "100 − quality", 2.0, 95.0),
        Axis("noise before saving", "σ of 255", 0.0, 20.0, 0.5),
        _saved, _unsaved,
        "saved once, with colour at half density, by a plain encoder",
    ),
    "enlarge": Plane(
        "super-resolution",
        Axis("enlarging", "times in each direction", 1.5, 8.0),
        Axis("noise", "σ of 255", 0.0, 20.0, 0.5),
        _made_small, _enlarged,
        "the picture was made small by a careful bicubic scaling and not saved with loss",
    ),
}  # fmt: skip


def opened(wanted: Plane) -> Doer:
    """What undoes the damage; a blur is undone with the network for noise."""
    found = model_of(wanted)
    return open_enlarger(found) if found.card.decoder is not None else open_network(found)


def model_of(wanted: Plane) -> Model:
    """The model that is shipped for it, and taken where none is named."""
    found = model_for("denoising" if wanted.task == "deblurring" else wanted.task)
    if found is None:
        raise UsageError(
            f"the task {wanted.task}", "a task that a shipped network is for",
            "see: rigatino models list",
        )  # fmt: skip
    return found


def plane(name: str) -> Plane:
    """The plane of a task; an unknown one is refused."""
    if name in PLANES:
        return PLANES[name]
    raise UsageError(f"--task {name!r}", f"one of {', '.join(PLANES)}", "choose one of these")
