"""The parts of the map as plain files, for whoever wants to lay them over something else."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rigatino.evidence import Evidence, Map
from rigatino.imaging.copies import png_bytes
from rigatino.surfaces.evidence.hatching import cross_layer, line_layer, line_width
from rigatino.surfaces.evidence.placing import placing_of
from rigatino.surfaces.evidence.sheet import AGAINST, shown
from rigatino.surfaces.files import made_folder, write_bytes

Bytes = NDArray[np.uint8]
_INDEX = """The layers of an evidence map.

before.png        the file before, laid on the result
after.png         the result
lines.png         upright lines where detail was filled in, on nothing; lay it over after.png
crosses.png       crosses where the result contradicts the file, on nothing
filled.png        a pixel a block: black, nothing filled in; white, all of the detail
contradicted.png  the same of what contradicts
maps.npz          filled, contradicted, detail (grey levels) and covered, a value a block; block is
                  the pixels of BEFORE a block has either way; a pixel of AFTER lies in BEFORE at
                  shift + its place / scale (down, across)
"""


def write_layers(evidence: Evidence, folder: str) -> tuple[Path, ...]:
    """Write all of them, each whole or not at all."""
    target = made_folder(folder, "--layers")
    made = _layers(evidence)
    for name, data in made.items():
        write_bytes(str(target / name), data)
    return tuple(target / name for name in made)


def _layers(evidence: Evidence) -> dict[str, bytes]:
    maps, pair = shown(evidence)
    placing = placing_of(evidence, 1)
    wide = line_width(*pair.after.shape[:2])
    filled = placing.spread(maps.filled * maps.covered, maps.block)
    against = placing.spread(maps.contradicted * maps.covered, maps.block) > AGAINST
    return {
        "before.png": png_bytes(pair.before),
        "after.png": png_bytes(pair.after),
        "lines.png": png_bytes(line_layer(pair.after, filled, wide)),
        "crosses.png": png_bytes(cross_layer(against, wide)),
        "filled.png": png_bytes(_grey(maps.filled)),
        "contradicted.png": png_bytes(_grey(maps.contradicted)),
        "maps.npz": _npz(evidence),
        "layers.txt": _INDEX.encode(),
    }


def _grey(values: Map) -> Bytes:
    return np.rint(255 * np.clip(values, 0, 1)).astype(np.uint8)[..., None]


def _npz(evidence: Evidence) -> bytes:
    maps, _ = shown(evidence)
    stream = io.BytesIO()
    np.savez_compressed(
        stream, filled=maps.filled, contradicted=maps.contradicted, detail=maps.detail,
        covered=maps.covered, block=maps.block, scale=evidence.relation.scale,
        shift=evidence.relation.shift,
    )  # fmt: skip
    return stream.getvalue()
