"""Read a picture: decide where it is decoded, turn it upright, keep the record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rigatino.errors import ImageError
from rigatino.imaging import structure
from rigatino.imaging.decoding import Decoded, check_size, decode
from rigatino.imaging.isolation import WORKER
from rigatino.imaging.jpeg.coefficients import JpegCoefficients, coefficients
from rigatino.imaging.jpeg.header import JpegHeader
from rigatino.imaging.limits import LIMITS, Limits
from rigatino.imaging.record import Picture, Pixels
from rigatino.imaging.source import Source, named, read_source


def load(source: Source, limits: Limits = LIMITS) -> Picture:
    """Read a picture file, given as a path or as bytes.

    JPEG and PNG files whose structure is sound are decoded right here. Everything else (a
    damaged file, a rarer format) goes through a worker process with limits on time and
    memory. A damaged file is read as far as it goes, and ``warnings`` says so.
    """
    data = read_source(source, limits)
    with named(source):
        return _loaded(data, limits)


def _loaded(data: bytes, limits: Limits) -> Picture:
    header = structure.jpeg_facts(data)
    flaws = structure.flaws(data, header)
    read = _decode_here(data, limits, header) if flaws == () else None
    if read is None:
        read = WORKER.decode(data, limits)
    return Picture(
        upright(read.pixels, read.orientation), read.format, read.source_bits, read.orientation,
        read.exif, read.xmp, read.icc, read.frames, read.notices,
        (*(flaws or ()), *read.warnings), header if read.format == "JPEG" else None,
    )  # fmt: skip


def load_with_coefficients(
    source: Source, limits: Limits = LIMITS
) -> tuple[Picture, JpegCoefficients | None]:
    """The picture, and for a JPEG its coefficients; None with a warning saying why not."""
    data = read_source(source, limits)
    with named(source):
        picture = _loaded(data, limits)
    if picture.format != "JPEG":
        return picture, None
    try:
        return picture, coefficients(data, limits)
    except ImageError as error:
        return replace(picture, warnings=(*picture.warnings, str(error))), None


def _decode_here(data: bytes, limits: Limits, header: JpegHeader | None) -> Decoded | None:
    """Decode a sound file in this process; None where it turns out not to be."""
    height, width = (header.height, header.width) if header else structure.png_size(data)
    check_size(height, width, limits)
    try:
        return decode(data, limits)
    except ImageError:
        raise
    except Exception:  # whatever a decoder objects to, the worker shall say
        return None


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn pixels as EXIF orientation 1 … 8 asks."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
