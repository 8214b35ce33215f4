"""What an inspection costs: each file in a process of its own, so that its peak is its own.

``python -m benchmarks.diagnosis.cost FILE`` is that process: it prints JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.diagnosis.pictures import Original, Pixels
from benchmarks.report import Report
from rigatino.diagnosis import inspect_file

#: name, height, width, save options, goals for seconds and GiB
FILES: tuple[tuple[str, int, int, dict[str, Any], str, str], ...] = (
    ("12 megapixels", 3000, 4000, {}, "≤ 3", "≤ 1.5"),
    ("12 megapixels, progressive", 3000, 4000, {"progressive": True}, "≤ 3", "≤ 1.5"),
    ("100 megapixels", 8660, 11548, {}, "", "≤ 2"),
    ("100 megapixels, progressive", 8660, 11548, {"progressive": True}, "", "≤ 2"),
)


def cost(pictures: list[Original], report: Report) -> None:
    """JPEGs of quality 85 made of the test pictures, inspected as ``rigatino inspect`` does."""
    parts = [original.pixels for original in pictures]
    report.heading("inspection of a JPEG of quality 85: time and memory of a fresh process")
    with tempfile.TemporaryDirectory() as folder:
        for name, height, width, options, seconds, memory in FILES:
            file = Path(folder) / "mosaic.jpg"
            file.write_bytes(_saved(mosaic(parts, height, width), options))
            first = measured(file)
            report.figure(f"{name}: seconds", first["seconds"], "s", seconds)
            report.figure("  … of a processor, which others do not lengthen", first["busy"], "s")
            report.figure(f"{name}: peak memory", first["peak"] / 2**30, "GiB", memory)


def mosaic(parts: list[Pixels], height: int, width: int) -> Pixels:
    """The pictures beside each other, each repeated or cut to 480 × 320 pixels."""
    canvas = np.zeros((height, width, 3), np.uint8)
    at = 0
    for top in range(0, height, 320):
        for left in range(0, width, 480):
            part = parts[at % len(parts)]
            times = (-(-320 // part.shape[0]), -(-480 // part.shape[1]), 1)
            room = canvas[top : top + 320, left : left + 480]
            room[:] = np.tile(part, times)[: room.shape[0], : room.shape[1]]
            at += 1
    return canvas


def _saved(pixels: Pixels, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=85, subsampling=2, **options)
    return out.getvalue()


def measured(file: Path) -> dict[str, float]:
    """Seconds and peak bytes of one inspection in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.diagnosis.cost", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _peak() -> int:
    """Bytes, of this process and of a worker it may have started."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) * unit


def main() -> None:
    """Inspect once, and say what it took."""
    start, busy = time.perf_counter(), time.process_time()
    inspect_file(sys.argv[1])
    taken = {"seconds": time.perf_counter() - start, "busy": time.process_time() - busy}
    print(json.dumps({**taken, "peak": _peak()}))


if __name__ == "__main__":
    main()
