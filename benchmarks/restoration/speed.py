"""Rows of cost: seconds and memory per megapixel, share of the peak, tiled and whole, 100 MP."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.report import Report
from benchmarks.restoration.damage import Bytes, floats, originals
from rigatino.inference import RUNTIMES, Network, Settings, cut, mend_array, open_network

_MEGAPIXEL = 1_000_000
_GOALS = {
    "onnxruntime": "floor 0.8 s, goal 0.6 s",
    "openvino": "floor 0.4 s, goal 0.3 s",
}


def mosaic(data: Path, height: int, width: int) -> Bytes:
    """The colour pictures of a folder side by side."""
    pictures = [p for f in sorted(data.iterdir()) if f.is_dir() for p in originals(f, False, 8)]
    side = min(min(p.shape[:2]) for p in pictures)
    strip = np.concatenate([p[:side, :side] for p in pictures], 1)
    times = (-(-height // side), -(-width // strip.shape[1]) + 1, 1)
    rows = [np.roll(np.tile(strip, (1, times[1], 1)), 97 * at, 1) for at in range(times[0])]
    return np.ascontiguousarray(np.concatenate(rows)[:height, :width])


def installed() -> dict[str, Network]:
    """The shipped network in every runtime that is there."""
    settings = Settings.of_environment()
    return {
        name: open_network("mend", replace(settings, runtime=name))
        for name in RUNTIMES
        if find_spec(name) is not None
    }


def seconds(data: Path, report: Report) -> None:
    """One megapixel in one piece, four in windows; the best of five, windows included."""
    report.heading("cost of mend, tiling included")
    for name, network in installed().items():
        peak = _peak(name)
        report.figure(f"{name}: peak of matrix products, one core", peak / 1e9, "GMAC/s")
        for side in (1000, 2000):
            picture = floats(mosaic(data, side, side))
            mend_array(network, picture)
            wall, core = (
                best / (side**2 / _MEGAPIXEL)
                for best in _best(partial(mend_array, network, picture))
            )
            report.figure(
                f"{name}: {side**2 // _MEGAPIXEL} MP, seconds per megapixel",
                wall,
                "s",
                _GOALS[name],
            )
            report.figure(f"{name}: the same in seconds of one core", core, "s")
            rate = (network.card.multiplies_per_pixel or 0) * _MEGAPIXEL / core
            report.figure(f"{name}: share of that peak", 100 * rate / peak, "%")
        report.figure(f"{name}: peak memory per megapixel", _memory(name), "MiB")


def _best(run: Callable[[], object], times: int = 5) -> tuple[float, float]:
    """The least wall clock, and the least time of all cores together, of several runs.

    Where other work shares the machine, only the second says something.
    """
    each = [_elapsed(run) for _ in range(times)]
    return min(wall for wall, _ in each), min(core for _, core in each)


def _elapsed(run: Callable[[], object]) -> tuple[float, float]:
    wall, core = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - core


def _peak(runtime: str) -> float:
    """Multiplications a core does in a second: the best of several matrix products.

    In the precision that the runtime uses, by the fastest library that is there. Convolutions
    that need fewer multiplications than they are counted for can exceed it.
    """
    rates = [_rate(n, product) for n in (512, 1024, 2048) for product in _products(runtime, n)]
    return max(rates)


def _rate(n: int, product: Callable[[], object]) -> float:
    product()
    return float(n**3 / _best(product, 10)[1])


def _products(runtime: str, n: int) -> Iterator[Callable[[], object]]:
    a = np.random.default_rng(0).random((n, n), np.float32)
    if find_spec("openvino") is not None:
        yield _openvino_product(a, "bf16" if runtime == "openvino" else "f32")
    if runtime != "openvino":
        yield partial(np.matmul, a, a)


def _openvino_product(a: NDArray[np.float32], precision: str) -> Callable[[], object]:
    import openvino
    from openvino import opset13

    x, y = (opset13.parameter(list(a.shape), np.float32) for _ in range(2))
    model = openvino.Model([opset13.matmul(x, y, False, False)], [x, y], "product")
    core = openvino.Core()
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        precision = "f32"
    hint = {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": 1,
            "INFERENCE_NUM_THREADS": Settings.of_environment().threads}  # fmt: skip
    request = core.compile_model(model, "CPU", hint).create_infer_request()
    return lambda: request.infer([a, a])


_CHILD = """
import json, re, sys
from dataclasses import replace
import numpy as np
from rigatino.inference import Settings, mend_array, open_network

def peak():
    text = open("/proc/self/status").read()
    return int(re.search(r"VmHWM:\\s+(\\d+)", text)[1]) / 1024

network = open_network("mend", replace(Settings.of_environment(), runtime=sys.argv[1]))
mend_array(network, np.zeros((64, 64, 3), np.float32))
before = peak()
mend_array(network, np.zeros((1000, 1000, 3), np.float32))
print(json.dumps(peak() - before))
"""


def _memory(runtime: str) -> float:
    """MiB by which one megapixel raises the peak, in a process of its own (Linux)."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, runtime], capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout))


def tiled(data: Path, report: Report) -> None:
    """Four megapixels of an odd size, at all eight phases of the JPEG grid."""
    report.heading("tiled against whole, 4 MP, odd sizes, eight phases: largest difference")
    picture = floats(mosaic(data, 2011, 2019))
    for name, network in installed().items():
        worst = 0.0
        for phase in range(8):
            part = np.ascontiguousarray(picture[phase:, phase:])
            windows = mend_array(network, part, tiling=cut(network.card, part.shape[:2], 512))
            whole = mend_array(network, part, tiling=cut(network.card, part.shape[:2], 4096))
            worst = max(worst, float(np.abs(windows - whole).max()) * 255)
        report.figure(f"{name}: of 255", worst, "", "floor 1, goal 0 (identical)")


def large(data: Path, report: Report) -> None:
    """A file of 100 megapixels through the command line: the process's peak."""
    report.heading("100 megapixels, JPEG in, PNG out")
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "large.jpg"
        Image.fromarray(mosaic(data, 10_000, 10_000)).save(source, quality=40)
        command = [sys.executable, "-c", _COMMAND, str(source), str(Path(name) / "out.png")]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        report.figure("peak of the process", float(done.stdout.split()[-1]), "MiB",
                      "floor 2048, goal 1024")  # fmt: skip
        report.figure("seconds", time.perf_counter() - start, "s")


_COMMAND = """
import re, sys
import rigatino as rg
rg.restore(sys.argv[1], steps=["jpeg"]).save(sys.argv[2])
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""
