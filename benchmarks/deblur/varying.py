"""Blur that differs from place to place, undone cell by cell and as if it were the same everywhere.

A sharp region must never be harmed: its worst loss is printed beside the gain.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import rigatino as rg
from benchmarks.deblur.methods import aligned_psnr, ours, psnr
from benchmarks.deblur.pictures import Floats, lumas
from benchmarks.deblur.sections import Chosen, noise_of
from benchmarks.deblur.uneven import Uneven, focused, turned
from benchmarks.report import Report
from rigatino.deconvolution import judged
from rigatino.imaging import save, to_float
from rigatino.inference import Network

#: radius of the ground, and degrees and path of a turn, one after the other
_RADII, _TURNS = (2.5, 4.0, 5.5), ((0.4, 6.0), (0.8, 4.0), (1.5, 6.0))
_SIGMAS = (1.0, 2.0)


@dataclass
class Tally:
    """Figures of one way of undoing one kind."""

    of: int = 0
    gains: list[float] = field(default_factory=list)
    clear: list[float] = field(default_factory=list)

    def add(self, case: Uneven, result: Floats | None) -> None:
        """None: refused."""
        self.of += 1
        if result is None:
            return
        result = np.asarray(np.clip(result, 0, 1), np.float32)
        before = max(psnr(case.sharp, case.seen, 16), aligned_psnr(case.sharp, case.seen))
        self.gains.append(aligned_psnr(case.sharp, result) - before)
        if case.clear.any():
            self.clear.append(_within(case, result) - _within(case, case.seen))

    def rows(self, name: str, report: Report) -> None:
        """Accepted, gain, harm."""
        report.share(f"{name}: accepted", len(self.gains), self.of)
        if not self.gains:
            return
        cells = {"gain": round(float(np.mean(self.gains)), 2), "least": round(min(self.gains), 2)}
        if self.clear:
            cells["worst change of what was sharp"] = round(min(self.clear), 2)
        report.cells(f"{name}: dB", cells)
        worse = sum(gain < 0 for gain in self.gains)
        report.share(f"{name}: made worse", worse, len(self.gains), "≤ 2 %")


def varying(chosen: Chosen, network: Network, report: Report) -> None:
    """A sharp subject before a ground out of focus; a camera that turned."""
    report.heading("Blur that differs from place to place")
    for name, cases in (("out of focus", _focused(chosen)), ("turned", _turned(chosen))):
        apart, alike = Tally(), Tally()
        for case in cases:
            apart.add(case, _restored(case, force=name == "out of focus"))
            alike.add(case, _as_one(case, network))
        way = "cell by cell, forced" if name == "out of focus" else "as the program does"
        apart.rows(f"{name}, {way}", report)
        alike.rows(f"{name}, as if the same everywhere", report)
        print(report.last(), flush=True)


def _focused(chosen: Chosen) -> Iterator[Uneven]:
    found = [x for _, x in lumas(chosen.data / "LIVE1", None, chosen.side)]
    for at in range(chosen.limit or len(found)):
        subject, ground = found[at % len(found)], found[(at + len(found) // 2) % len(found)]
        yield focused(subject, ground, _RADII[at % len(_RADII)], _SIGMAS[at % 2], at)


def _turned(chosen: Chosen) -> Iterator[Uneven]:
    for at, (_, x) in enumerate(lumas(chosen.data / "LIVE1", chosen.limit, chosen.side)):
        degrees, path = _TURNS[at % len(_TURNS)]
        yield turned(x, degrees, path, _SIGMAS[at % 2], at)


def _restored(case: Uneven, force: bool) -> Floats | None:
    """By the program; None where it left the picture as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "uneven.png"
        save(np.rint(255 * case.seen).astype(np.uint8), path)
        done = rg.restore(path, steps=["deblur"], force=force)
    undone = [one.blur for one in done.record.passes if one.blur is not None]
    if not undone or (undone[0].windows and not any(one.undone for one in undone[0].windows)):
        return None
    return to_float(done.pixels)[..., :1]


def _as_one(case: Uneven, network: Network) -> Floats | None:
    noise = noise_of(case.seen)
    blur = judged(case.seen[..., 0], noise)
    if blur.refusal or blur.sharp:
        return None
    return ours(network, case.seen, blur.kernel, max(1.0, noise))


def _within(case: Uneven, result: Floats) -> float:
    error = (result - case.sharp)[case.clear]
    return float(-10 * np.log10(np.mean(error**2) + 1e-12))
