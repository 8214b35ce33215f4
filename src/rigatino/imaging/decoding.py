"""From the bytes of a file to pixels, by Pillow; in this process or in the worker."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
)

from rigatino.errors import ImageError, ImageLimitError
from rigatino.imaging import deep, metadata, modes
from rigatino.imaging.formats import FORMAT_NAMES, READABLE, is_heif
from rigatino.imaging.limits import Limits
from rigatino.imaging.record import Pixels

Opener = Callable[[], ImageFile.ImageFile]
#: formats that are opened without asking Pillow to guess (nor to warn about sizes)
_DIRECT: dict[bytes, type[ImageFile.ImageFile]] = {
    b"\xff\xd8\xff": JpegImagePlugin.JpegImageFile,
    b"\x89PNG": PngImagePlugin.PngImageFile,
    b"GIF8": GifImagePlugin.GifImageFile,
    b"BM": BmpImagePlugin.BmpImageFile,
}


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Pixels as stored (not yet turned) and what came along."""

    pixels: Pixels = field(repr=False)
    format: str
    source_bits: int
    orientation: int
    exif: bytes
    xmp: bytes
    icc: bytes
    frames: int
    notices: tuple[str, ...]
    warnings: tuple[str, ...]


def decode(data: bytes, limits: Limits) -> Decoded:
    """Decode a whole file; anything odd raises an exception of Pillow's or :class:`ImageError`."""
    opener = _opener(data)
    image = opener()
    check_size(image.height, image.width, limits)
    notices: list[str] = []
    frames = _frames(opener(), limits, notices)
    told = metadata.gather(image, data, limits)
    if deep.is_deep(image):
        pixels: Pixels = deep.read_deep(opener)
        pixels = modes.with_colour_key(pixels, image.info.get("transparency"))
        icc = told.icc
    else:
        image.load()
        told = metadata.gather(image, data, limits)
        pixels, icc = modes.to_array(image, told.icc, told.bits, notices)
    icc = metadata.fitting_icc(icc, pixels.shape[2], notices)
    if told.bits > 8 * pixels.dtype.itemsize:
        notices.append(f"{told.bits} bits per sample were reduced to {8 * pixels.dtype.itemsize}")
    return Decoded(pixels, READABLE[image.format or ""], told.bits, told.orientation, told.exif,
                   told.xmp, icc, frames, tuple(notices), told.warnings)  # fmt: skip


def decode_as_far_as_possible(data: bytes, limits: Limits) -> Decoded:
    """Like :func:`decode`; a damaged file gives what can be read, and a warning.

    Changes a setting of Pillow that is global, so this belongs into the worker process.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        return decode(data, limits)
    except ImageError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    read = decode(data, limits)
    return replace(read, warnings=(*read.warnings, f"damaged, read as far as it goes: {reason}"))


def _opener(data: bytes) -> Opener:
    kind = next((plugin for magic, plugin in _DIRECT.items() if data.startswith(magic)), None)
    if kind is not None:
        return lambda: kind(io.BytesIO(data))
    if is_heif(data):
        _register_heif()
    return lambda: _guessed(data)


def _guessed(data: bytes) -> ImageFile.ImageFile:
    for plugin in ("AvifImagePlugin", "TiffImagePlugin", "WebPImagePlugin"):
        import_module(f"PIL.{plugin}")
    try:
        image = Image.open(
            io.BytesIO(data), formats=[name for name in READABLE if name in Image.ID]
        )
    except UnidentifiedImageError:
        raise ImageError("a file of unknown kind", FORMAT_NAMES, "check the file") from None
    assert isinstance(image, ImageFile.ImageFile)
    return image


def _register_heif() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()


def check_size(height: int, width: int, limits: Limits) -> None:
    """Refuse a picture that is too large, before anything of its size is allocated."""
    if height * width > limits.pixels or max(height, width) > limits.side:
        raise ImageLimitError(
            f"a picture of {width}×{height}",
            f"at most {limits.pixels} pixels and {limits.side} a side",
            "make it smaller, or raise rigatino.imaging.Limits",
        )


def _frames(image: ImageFile.ImageFile, limits: Limits, notices: list[str]) -> int:
    """Count the frames; only the first is used, and that is said."""
    try:
        count = int(getattr(image, "n_frames", 1))
    except Exception:  # the first frame is there; a broken later one is no reason to stop
        return 1
    if count > limits.frames:
        raise ImageLimitError(f"{count} frames", f"at most {limits.frames}", "raise Limits.frames")
    if count > 1:
        notices.append(f"the first of {count} frames is used")
    return count
