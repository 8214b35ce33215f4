"""The contact sheet: small pictures enlarged four times, beside bicubic and the truth.

To be looked at by a person, text and faces among them. The text is drawn here; the rest are crops
of LIVE1.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.enlarge.quality import by_kernel, by_network
from benchmarks.enlarge.small import pair, rounded
from benchmarks.restoration.damage import Bytes, Floats
from benchmarks.restoration.sheet import pictures, tile
from rigatino.imaging import save
from rigatino.inference import Enlarger


def write(data: Path, enlargers: dict[str, Enlarger], factor: float, out: Path) -> None:
    """A row for each picture."""
    rows = []
    for name, truth in pictures(data):
        given = pair(truth, factor)
        shown = {"bicubic": by_kernel(given, "bicubic")}
        shown |= {method: by_network(given, e) for method, e in enlargers.items()}
        shown["truth"] = given.large
        tiles = [tile(name, kind, _bytes(x)) for kind, x in shown.items()]
        rows.append(np.concatenate(tiles, 1))
    print(save(np.concatenate(rows), out, overwrite=True).path)


def _bytes(x: Floats) -> Bytes:
    return (rounded(x) * 255).astype(np.uint8)
