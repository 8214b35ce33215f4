"""One network, once over the whole picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rigatino.diagnosis import Diagnosis
from rigatino.errors import UsageError
from rigatino.imaging import Picture, Pixels, row_bands
from rigatino.inference import (
    Known,
    Network,
    PixelCanvas,
    Settings,
    Tiling,
    open_network,
    over,
    tables_of,
)
from rigatino.inference import plan as tiling_plan
from rigatino.run.deblurring import Found, sharpener
from rigatino.run.plan import Planned
from rigatino.run.record import Cut, Deblurred, Pass

#: noise that a network was not told of in training
_STRONGEST = 50.0
_BAND = 256
#: side of the small picture that is mended twice to tell the time
_TRIAL = 192


@dataclass(frozen=True, eq=False)
class Job:
    """A pass with its network loaded, and what the network will be told."""

    planned: Planned
    network: Network
    known: Known
    tiling: Tiling
    strength: float
    blur: Deblurred | None = None

    @property
    def growth(self) -> float:
        """Pixels of the result for each of the picture."""
        return float(self.network.card.scale**2)

    def window(self) -> int:
        """Bytes that the largest window takes."""
        return self.tiling.largest * self.network.card.bytes_per_pixel

    def seconds(self) -> float:
        """From a trial run; the first also sets the runtime up."""
        trial = np.full((_TRIAL, _TRIAL, self.network.card.channels), 0.5, np.float32)
        self.network.apply(trial)
        start = time.perf_counter()
        self.network.apply(trial)
        return (time.perf_counter() - start) / _TRIAL**2 * self.tiling.pixels

    def notes(self) -> tuple[str, ...]:
        """What whoever asked should know."""
        return ()

    def run(self, colour: Pixels, progress: Callable[[float], None]) -> tuple[Pixels, Pass]:
        """Mend colour samples, (H, W, 1 or 3), in the orientation in which the file has them."""
        start = time.perf_counter()
        card = self.network.card
        canvas = PixelCanvas(colour, card.scale, self.strength)
        used = over(self.network, canvas, self.tiling, self.known, progress)
        changed = mean_change(colour, canvas.result) if card.scale == 1 else 0.0
        return canvas.result, Pass(
            self.planned.tasks, self.planned.why, card.name, card.sha256, card.licence,
            self.network.session.runtime, self.network.session.device, self.known.to_json(),
            Cut(used.side, used.overlap, used.count, used.fade, used.shortages),
            round(changed, 4), round(time.perf_counter() - start, 3), None, self.blur,
        )  # fmt: skip


def mending(
    step: Planned, size: tuple[int, int], known: Known, strength: float, settings: Settings, *,
    blur: Found | None = None,
) -> Job:  # fmt: skip
    """Load the network and plan its windows."""
    network = open_network(step.model, settings)
    _check_strength(network, strength)
    told = None
    if step.prior and blur is not None:
        network = doing = sharpener(network, blur)
        told = blur.record(doing.rounds)
    tiling = tiling_plan(network.card, size, settings.memory)
    return Job(step, network, known, tiling, strength, told)


def known_of(picture: Picture, diagnosis: Diagnosis, tasks: tuple[str, ...]) -> Known:
    """What may be told to the first network: the file's own tables, white noise as measured."""
    noise = next((f for f in diagnosis.findings if f.name == "noise"), None)
    sigma = None
    if noise and noise.found and not noise.refused and "denoising" in tasks:
        measured, light = noise.estimate.get("sigma"), noise.estimate.get("grows_with_light")
        if isinstance(measured, int | float) and not light:
            sigma = min(float(measured), _STRONGEST)
    return Known(sigma, tables_of(picture.jpeg))


def mean_change(before: Pixels, after: Pixels) -> float:
    """Mean absolute change of a sample, on the scale 0…255."""
    top = np.iinfo(before.dtype).max
    total = sum(
        float(np.abs(after[rows].astype(np.int32) - before[rows].astype(np.int32)).sum())
        for rows in row_bands(len(before), _BAND)
    )
    return total / before.size * 255 / top


def _check_strength(network: Network, strength: float) -> None:
    if network.card.scale > 1 and strength < 1:
        raise UsageError(
            f"a strength of {strength} for {network.card.name}, which enlarges",
            "strength 1",
            "leave --strength out",
        )
