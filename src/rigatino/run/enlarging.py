"""One enlargement by any factor, over the whole picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rigatino.degradation import Resize
from rigatino.diagnosis import Diagnosis
from rigatino.errors import UsageError
from rigatino.imaging import FORMATS, Picture, Pixels, from_float
from rigatino.inference import (
    Axis,
    Enlarger,
    Known,
    PixelCanvas,
    PremultipliedCanvas,
    Settings,
    Tiling,
    enlarge_over,
    enlarged_array,
    open_enlarger,
)
from rigatino.inference import plan as tiling_plan
from rigatino.run.plan import Planned
from rigatino.run.record import Cut, Pass
from rigatino.run.target import TRAINED, Target

#: sides of the small pictures that are enlarged to tell the time
_FIRST, _TRIAL = 24, 96
_LOSSY = {form.name for form in FORMATS if form.lossy != "never"}
_WEARING = ("compression", "noise", "blur")
#: a difference of the two factors that the eye notices
_STRETCH = 0.01


@dataclass(frozen=True, eq=False)
class EnlargingJob:
    """A pass with its network loaded; sizes as the file has them, before it is turned upright."""

    planned: Planned
    enlarger: Enlarger
    known: Known
    tiling: Tiling
    before: tuple[int, int]
    after: tuple[int, int]
    alpha: Pixels | None

    def run(self, colour: Pixels, progress: Callable[[float], None]) -> tuple[Pixels, Pass]:
        """Enlarge colour samples, (H, W, 1 or 3)."""
        start = time.perf_counter()
        card, session = self.enlarger.card, self.enlarger.network.session
        canvas = self._canvas(colour)
        axes = tuple(Axis(n, m) for n, m in zip(self.before, self.after, strict=True))
        used = enlarge_over(
            self.enlarger, canvas, (axes[0], axes[1]), self.tiling, known=self.known,
            progress=progress,
        )  # fmt: skip
        return canvas.result, Pass(
            self.planned.tasks, self.planned.why, card.name, card.sha256, card.licence,
            session.runtime, session.device, self.known.to_json(),
            Cut(used.side, used.overlap, used.count, used.fade, used.shortages),
            0.0, round(time.perf_counter() - start, 3),
            tuple(round(axis.scale, 4) for axis in reversed(axes)),
        )  # fmt: skip

    def _canvas(self, colour: Pixels) -> PixelCanvas:
        if self.alpha is None:
            return PixelCanvas(colour, size=self.after)
        return PremultipliedCanvas(colour, self.alpha, enlarged_alpha(self.alpha, self.after))

    @property
    def growth(self) -> float:
        """Pixels of the result for each of the picture."""
        return self.after[0] * self.after[1] / (self.before[0] * self.before[1])

    def window(self) -> int:
        """Bytes that the largest window takes."""
        return self.tiling.largest * self.enlarger.card.bytes_per_pixel

    def seconds(self) -> float:
        """From a trial run."""
        for side in (_FIRST, _TRIAL):  # the first run also sets the runtime up
            down, across = (
                round(side * m / n) for n, m in zip(self.before, self.after, strict=True)
            )
            trial = np.full((side, side, 3), 0.5, np.float32)
            start = time.perf_counter()
            enlarged_array(self.enlarger, trial, (down, across))
            took = time.perf_counter() - start
        return took * self.tiling.pixels / _TRIAL**2

    def notes(self) -> tuple[str, ...]:
        """What whoever asked should know."""
        down, across = (m / n for n, m in zip(self.before, self.after, strict=True))
        most, stretch = max(down, across), max(down, across) / min(down, across) - 1
        said = []
        if stretch > _STRETCH:
            said.append(
                f"The result has another shape than the picture: stretched by {stretch:.0%}."
            )
        if most > TRAINED:
            said.append(
                f"Enlarging {most:.2g} times is beyond what it was trained on ({TRAINED:g}): "
                "expect smooth, not new, detail."
            )
        return tuple(said)


def enlarging(
    planned: Planned, picture: Picture, diagnosis: Diagnosis, target: Target, settings: Settings,
    *, mended: bool, alpha: Pixels | None,
) -> EnlargingJob:  # fmt: skip
    """Load the network and plan its windows; ``alpha`` lies as the file has it."""
    enlarger = open_enlarger(planned.model, settings)
    wide, tall = target.of(picture.width, picture.height)
    after = (wide, tall) if picture.orientation >= 5 else (tall, wide)
    tiling = tiling_plan(enlarger.card, picture.stored_size, settings.memory)
    known = Known(worn=mended or is_worn(picture, diagnosis))
    return EnlargingJob(planned, enlarger, known, tiling, picture.stored_size, after, alpha)


def is_worn(picture: Picture, diagnosis: Diagnosis) -> bool:
    """Whether it was saved with losses, or is noisy or soft, as far as can be told."""
    if picture.format in _LOSSY or picture.jpeg is not None:
        return True
    return any(f.found and not f.refused and f.name in _WEARING for f in diagnosis.findings)


def enlarged_alpha(alpha: Pixels, size: tuple[int, int]) -> Pixels:
    """Opacity by bicubic weights, (h, w) -> (H, W)."""
    top = np.float32(np.iinfo(alpha.dtype).max)
    resize = Resize.between((alpha.shape[0], alpha.shape[1]), size)
    larger = resize.apply((alpha / top).astype(np.float32)[..., None])
    return from_float(larger, bits=8 * alpha.dtype.itemsize)[..., 0]


def check_alone(strength: float) -> None:
    """An enlargement has no picture of its own size to be mixed with."""
    if strength < 1:
        raise UsageError(
            f"a strength of {strength} for an enlargement", "strength 1", "leave --strength out"
        )
