"""The maps of a diagnosis as PNG files, with a list of what their colours mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis import DETECTORS, LEVELS, Diagnosis
from rigatino.errors import UsageError
from rigatino.imaging import Pixels, save, upright
from rigatino.surfaces.files import made_folder, write_text

#: from "not there" to "strongest": dark blue, teal, yellow; told apart by the colour-blind too
_RAMP = np.array([(22, 20, 62), (38, 92, 140), (62, 168, 138), (246, 222, 84)], np.float32)
_RAMP_KEY = "dark blue: not at all; teal: half; yellow: most"
#: nothing received, average, edges, texture
_LEVEL_COLOURS = np.array([(200, 60, 60), (22, 20, 62), (38, 140, 150), (246, 222, 84)], np.uint8)
_LEVEL_NAMES = ("red", "dark blue", "teal", "yellow")
_LEVEL_MEANING = dict(
    zip(
        LEVELS,
        ("nothing received", "only the average", "average and edges", "some texture as well"),
        strict=True,
    )
)
#: small maps are enlarged until a side has about this many pixels
_SIDE = 1024


@dataclass(frozen=True, slots=True, eq=False)
class _Map:
    name: str
    pixels: Pixels
    says: str


def write_maps(diagnosis: Diagnosis, folder: str, source: str) -> tuple[Path, ...]:
    """Write every map there is, and the list; the picture itself is never written over."""
    target = made_folder(folder, "--maps")
    stem = Path(source).stem
    maps = {target / f"{stem}-{m.name}-map.png": m for m in _maps(diagnosis)}
    index = target / f"{stem}-maps.txt"
    for path in (*maps, index):
        _spare(path, source)
    for path, shown in maps.items():
        save(_enlarged(shown.pixels), path, overwrite=True)
    write_text(str(index), _index(diagnosis, maps))
    return (*maps, index)


def _maps(diagnosis: Diagnosis) -> Iterator[_Map]:
    """Turned upright, as the picture is looked at; the record keeps the stored orientation."""
    turn = diagnosis.file.orientation if diagnosis.file else 1
    for finding in diagnosis.findings:
        if finding.map is not None:
            asks = DETECTORS[finding.name].asks
            yield _Map(finding.name, upright(_ramp(finding.map), turn), f"{asks} {_RAMP_KEY}")
    clues = diagnosis.clues
    if clues is not None:
        survived = upright(_LEVEL_COLOURS[clues.survived], turn)
        yield _Map("clues", survived, f"What is left of every 8×8 square. {_level_key()}")
    if clues is not None and clues.nonzero is not None:
        says = f"How much of every 8×8 square was rounded away. {_RAMP_KEY}"
        yield _Map("rounded-away", upright(_ramp(clues.rounded), turn), says)


def _level_key() -> str:
    named = zip(_LEVEL_NAMES, _LEVEL_MEANING.values(), strict=True)
    return "; ".join(f"{colour}: {meaning}" for colour, meaning in named)


def _ramp(values: NDArray[np.float32]) -> Pixels:
    """(rows, columns) in [0, 1] -> (rows, columns, 3)."""
    at = np.clip(np.nan_to_num(values), 0, 1) * (len(_RAMP) - 1)
    knots = np.arange(len(_RAMP))
    channels = [np.interp(at, knots, _RAMP[:, c]) for c in range(3)]
    return np.rint(np.stack(channels, axis=-1)).astype(np.uint8)


def _enlarged(pixels: Pixels) -> Pixels:
    """By a whole factor, each value a square of one colour."""
    factor = max(1, _SIDE // max(pixels.shape[:2]))
    return pixels.repeat(factor, axis=0).repeat(factor, axis=1)


def _index(diagnosis: Diagnosis, maps: dict[Path, _Map]) -> str:
    lines = [f"Maps of {diagnosis.file.name if diagnosis.file else 'a picture'}", ""]
    for shown in maps.values():
        lines += [f"…-{shown.name}-map.png", f"    {shown.says}."]
    return "\n".join(lines if maps else [*lines, "No detector drew a map of this picture."]) + "\n"


def _spare(path: Path, source: str) -> None:
    if path.exists() and path.samefile(source):
        raise UsageError(
            f"the map {path} would be written over the picture itself",
            "another folder",
            "choose one with --maps",
        )
