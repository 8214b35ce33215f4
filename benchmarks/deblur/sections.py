"""What is measured: known kernels, estimated ones, sharp pictures, seconds."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.deblur.methods import aligned_psnr, best_wiener, ours, psnr
from benchmarks.deblur.pictures import (
    RADII,
    Case,
    Floats,
    blurred,
    known_kernels,
    lumas,
    shakes,
)
from benchmarks.report import Report
from rigatino.deconvolution import Blur, alike, judged, unexplained
from rigatino.degradation import Defocus
from rigatino.diagnosis import diagnose
from rigatino.imaging import load
from rigatino.inference import Network
from rigatino.run.sharpening import LEFT

SIGMAS = (1.0, 3.0)


@dataclass(frozen=True)
class Chosen:
    """Which pictures."""

    data: Path
    limit: int | None
    side: int


@dataclass
class Tally:
    """Figures of a group of cases."""

    accepted: int = 0
    of: int = 0
    worse: int = 0
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    classical: list[float] = field(default_factory=list)
    alike: list[float] = field(default_factory=list)

    def rows(self, name: str, report: Report) -> None:
        """The mean of what was accepted, and how much was."""
        report.share(f"{name}: accepted", self.accepted, self.of, "≥ 50 %, 75 %")
        if not self.accepted:
            return
        cells = {"input": _mean(self.before), "Wiener, same kernel": _mean(self.classical),
                 "ours": _mean(self.after), "kernel alike": _mean(self.alike)}  # fmt: skip
        report.cells(f"{name}: PSNR of the accepted", cells, "above Wiener, +2 dB")
        report.share(f"{name}: made worse than the input", self.worse, self.accepted, "≤ 2 %")


def _mean(values: list[float]) -> float:
    return round(float(np.mean(values)), 3)


def known(chosen: Chosen, network: Network, report: Report) -> None:
    """Ours against Wiener's best, given the true kernel."""
    report.heading("Known kernels, luma of LIVE1, no alignment")
    for name, kernel in known_kernels().items():
        for sigma in SIGMAS:
            rows = []
            for turn, (stem, x) in enumerate(
                lumas(chosen.data / "LIVE1", chosen.limit, chosen.side)
            ):
                case = blurred(stem, x, kernel, sigma, turn)
                result = ours(network, case.seen, kernel, sigma)
                rows.append((psnr(case.sharp, case.seen),
                             best_wiener(case.seen, kernel, case.sharp),
                             psnr(case.sharp, result)))  # fmt: skip
            before, classical, after = (float(v) for v in np.mean(rows, axis=0))
            cells = {"input": before, "Wiener": classical, "ours": after, "lead": after - classical}
            report.cells(f"{name}, σ {sigma:g} ({len(rows)} pictures)", cells, "lead ≥ 1")
            print(report.last().splitlines()[-1], flush=True)


Keep = Callable[[Case, Blur, Floats], None]


def estimated(chosen: Chosen, network: Network, report: Report, keep: Keep) -> None:
    """Camera shake of our own drawing: estimated, judged, undone."""
    report.heading("Camera shake, estimated kernels, after alignment")
    for sigma in SIGMAS:
        tally = Tally()
        for turn, (name, kernel) in enumerate(shakes().items()):
            for stem, x in _turned(chosen, turn):
                _try(blurred(f"{stem}, {name}", x, kernel, sigma, turn), network, tally, keep)
        tally.rows(f"8 kernels, σ {sigma:g}", report)
        print(report.last(), flush=True)


def defocus(chosen: Chosen, network: Network, report: Report, keep: Keep) -> None:
    """Disks of radius 1…6, estimated."""
    report.heading("Out of focus, estimated kernels, after alignment")
    for radius in RADII:
        tally = Tally()
        for sigma in SIGMAS:
            for turn, (stem, x) in enumerate(_turned(chosen, int(radius))):
                case = blurred(f"{stem}, radius {radius:g}", x, Defocus(radius).kernel(), sigma,
                               turn)  # fmt: skip
                _try(case, network, tally, keep)
        tally.rows(f"radius {radius:g}, σ 1 and 3", report)
        print(report.last(), flush=True)


def _turned(chosen: Chosen, turn: int) -> list[tuple[str, Floats]]:
    """``limit`` pictures, others at every turn."""
    found = list(lumas(chosen.data / "LIVE1", None, chosen.side))
    count = chosen.limit or len(found)
    return [found[(turn * count + at) % len(found)] for at in range(count)]


def _try(case: Case, network: Network, tally: Tally, keep: Keep) -> None:
    noise = noise_of(case.seen)
    blur = judged(case.seen[..., 0], noise)
    tally.of += 1
    if blur.refusal or blur.sharp:
        return
    found = ours(network, case.seen, blur.kernel, max(1.0, noise), exact=False)
    if unexplained(case.seen, blur.kernel, found) > LEFT * max(1.0, noise):
        return
    result = np.clip(found, 0, 1)
    before, after = psnr(case.sharp, case.seen, 16), aligned_psnr(case.sharp, result)
    tally.accepted += 1
    tally.worse += after < before
    tally.before.append(before)
    tally.after.append(after)
    tally.classical.append(best_wiener(case.seen, blur.kernel, case.sharp, align=True))
    tally.alike.append(alike(blur.kernel, case.kernel))
    keep(case, blur, np.asarray(result, np.float32))


def noise_of(seen: Floats) -> float:
    """As diagnosis measures it."""
    out = io.BytesIO()
    Image.fromarray(np.rint(seen[..., 0] * 255).astype(np.uint8)).save(out, "PNG")
    found = diagnose(load(out.getvalue()), only=("compression", "noise")).finding("noise")
    sigma = found.estimate.get("sigma")
    return float(sigma) if isinstance(sigma, int | float) and not found.refused else 0.0


def sharp(chosen: Chosen, report: Report) -> None:
    """Sharp pictures, as they are and with noise: left alone?"""
    report.heading("Sharp pictures")
    alone, of = 0, 0
    for folder in ("LIVE1", "CBSD68"):
        for turn, (stem, x) in enumerate(lumas(chosen.data / folder, chosen.limit, chosen.side)):
            for sigma in (0.0, 2.0):
                case = blurred(stem, x, np.ones((1, 1), np.float32), sigma, turn)
                found = judged(case.seen[..., 0], noise_of(case.seen))
                alone += bool(found.sharp or found.refusal)
                of += 1
    report.share("left alone", alone, of, "≥ 98 %")


def seconds(network: Network, report: Report) -> None:
    """Of a colour picture of 0.26 megapixels."""
    report.heading("Time")
    x = np.random.default_rng(0).random((512, 512, 3), np.float32)
    kernel = Defocus(3).kernel()
    seen = blurred("noise", x[..., :1], kernel, 2.0, 0).seen[..., 0]
    for name, work in (
        ("undoing a known blur, per megapixel", lambda: ours(network, x, kernel, 2.0)),
        ("reading a kernel, any size of picture", lambda: judged(seen, 2.0)),
    ):
        start, busy = time.perf_counter(), time.process_time()
        work()
        share = x[..., 0].size / 1e6 if "per" in name else 1.0
        cells = {"wall clock": (time.perf_counter() - start) / share,
                 "of a processor": (time.process_time() - busy) / share}  # fmt: skip
        report.cells(f"{name}, seconds", cells)
