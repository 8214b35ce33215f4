"""Rows of cost: both decoders alone, whole pictures, and 4K in every runtime."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.report import Report
from benchmarks.restoration.damage import floats
from benchmarks.restoration.speed import mosaic
from rigatino.imaging import Pixels
from rigatino.inference import (
    RUNTIMES,
    Axis,
    Enlarger,
    Known,
    PixelCanvas,
    Settings,
    enlarge_over,
    enlarged_array,
    open_enlarger,
    plan,
)
from rigatino.inference.enlarging.enlarger import one_thread

_SIDE, _MEGA = 128, 1_000_000
_FLOORS = {2.0: "floor 50", 2.7: "", 4.0: "floor 100"}


def rows(data: Path, enlargers: dict[str, Enlarger], report: Report) -> None:
    """What a new megapixel costs, and what a 4K picture takes."""
    _decoders(data, enlargers, report)
    _four_k(data, report)
    print(report.last(), flush=True)


def _decoders(data: Path, enlargers: dict[str, Enlarger], report: Report) -> None:
    picture = floats(mosaic(data, _SIDE, _SIDE))
    report.heading(f"{_SIDE} × {_SIDE} pixels: seconds of all cores per new megapixel")
    for factor, floor in _FLOORS.items():
        size = round(factor * _SIDE), round(factor * _SIDE)
        spent = {name: _spent(e, picture, size) for name, e in enlargers.items()}
        for name, (decoder, everything) in spent.items():
            work = enlargers[name].decoder.multiplies(factor)
            cells = {"decoder": decoder, "whole": everything, "MAC a pixel": work}
            report.cells(f"{name} × {factor:g}", cells)
        if len(spent) == 2:
            ours, theirs = spent["enlarge"], spent["SISR-Any-LIIF-EDSR"]
            report.figure(f"decoder, ratio × {factor:g}", theirs[0] / ours[0], "", floor)
            report.figure(f"whole picture, ratio × {factor:g}", theirs[1] / ours[1])


def _spent(enlarger: Enlarger, picture: np.ndarray, size: tuple[int, int]) -> tuple[float, float]:
    """Seconds of all cores per new megapixel: the decoder alone, everything."""
    features = enlarger.features(picture, Known(worn=False))
    down, across = (Axis(n, m).block(0, n) for n, m in zip(picture.shape[:2], size, strict=True))
    with one_thread():
        decoder = _least(lambda: enlarger.decoder.decode(features, down, across))
    everything = _least(lambda: enlarged_array(enlarger, picture, size))
    new = size[0] * size[1] / _MEGA
    return decoder / new, everything / new


def _least(run: Callable[[], object], times: int = 5) -> float:
    """Of all cores together: where other work shares the machine, only that says something."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def _four_k(data: Path, report: Report) -> None:
    """960 × 540 to 3840 × 2160, 8 bits in and out, windows included."""
    report.heading("960 × 540 to 3840 × 2160, 8 bits in and out")
    small = mosaic(data, 540, 960)
    settings = Settings.of_environment()
    for name in RUNTIMES:
        if find_spec(name) is None:
            continue
        enlarger = open_enlarger("enlarge", replace(settings, runtime=name))
        wall, core = min(_timed(enlarger, small, settings.memory) for _ in range(4))
        cells = {"s": wall, "s of one core": core}
        report.cells(f"{name} ({enlarger.network.session.device})", cells)


def _timed(enlarger: Enlarger, small: Pixels, memory: int) -> tuple[float, float]:
    canvas = PixelCanvas(small, size=(2160, 3840))
    axes = Axis(540, 2160), Axis(960, 3840)
    wall, core = time.perf_counter(), time.process_time()
    enlarge_over(enlarger, canvas, axes, plan(enlarger.card, (540, 960), memory))
    return time.perf_counter() - wall, time.process_time() - core
