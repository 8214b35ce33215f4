"""Broken files: no crash, no hang, nothing but our own errors; valid ones exactly."""

from __future__ import annotations

import io
import tarfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from rigatino.errors import ImageError
from rigatino.imaging import Picture, coefficients, load
from tests.imaging import plain_png


def _members(data: Path, name: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(data / "data" / "malformed" / f"{name}.tar.gz") as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is not None:
                yield member.name, stream.read()


def _pillow_opens(file: bytes) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            Image.open(io.BytesIO(file)).load()
        except Exception:  # whatever Pillow raises: it does not open the file
            return False
    return True


def _opened(file: bytes) -> Picture | None:
    try:
        return load(file)
    except ImageError as error:
        _one_line(error)
        return None


def _one_line(error: ImageError) -> None:
    assert "\n" not in str(error)


@pytest.mark.parametrize("name", ["jpeg", "png"])
def test_malformed_files(data: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    refused, count, slowest = [], 0, 0.0
    for member, file in _members(data, name):
        begun = time.monotonic()
        picture = _opened(file)
        if name == "jpeg":
            try:
                coefficients(file)
            except ImageError as error:
                _one_line(error)
        slowest, count = max(slowest, time.monotonic() - begun), count + 1
        if picture is None and _pillow_opens(file):
            refused.append(member)
    assert count == {"jpeg": 306, "png": 140}[name]
    assert refused == []
    assert slowest < 20


def test_valid_pngsuite_files_match_the_reference(data: Path) -> None:
    valid = 0
    for member, file in _members(data, "pngsuite"):
        name = Path(member).name
        if not name.endswith(".png") or name.startswith("x"):
            continue
        picture = load(file)
        np.testing.assert_array_equal(_as_rgba16(picture), plain_png.read(file), err_msg=name)
        assert picture.warnings == (), name
        assert picture.source_bits == file[24], name
        valid += 1
    assert valid == 176 - 14


def test_invalid_pngsuite_files_are_refused_or_warned_about(data: Path) -> None:
    bad = [(Path(m).name, d) for m, d in _members(data, "pngsuite") if Path(m).name.startswith("x")]
    assert len(bad) == 14
    for name, file in bad:
        picture = _opened(file)
        assert picture is None or picture.warnings, name


def _as_rgba16(picture: Picture) -> np.ndarray:
    pixels = picture.pixels.astype(np.uint16)
    if picture.bits == 8:
        pixels *= 257
    colour, alpha = pixels[..., :3], np.full(pixels.shape[:2], 65535, np.uint16)
    if pixels.shape[2] in (2, 4):
        colour, alpha = pixels[..., :-1], pixels[..., -1]
    return np.concatenate([np.broadcast_to(colour, (*alpha.shape, 3)), alpha[..., None]], axis=2)
