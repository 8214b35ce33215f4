"""Pillow's pixel modes become ours: grey, grey+alpha, RGB, RGBA in 8 or 16 bits."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageCms

from rigatino.imaging.record import Pixels

#: modes that are taken as they are, or after one conversion that loses nothing
_PLAIN = {"L": "L", "LA": "LA", "La": "LA", "RGB": "RGB", "RGBA": "RGBA", "RGBa": "RGBA",
          "1": "L", "PA": "RGBA", "RGBX": "RGB"}  # fmt: skip
#: rows that are copied out of Pillow at a time
_BAND = 256


def to_array(image: Image.Image, icc: bytes, bits: int, notices: list[str]) -> tuple[Pixels, bytes]:
    """The pixels of a loaded picture, and the profile they are in now; ``bits`` in the file."""
    if image.mode.startswith(("I", "F")):
        return _deep_grey(image, notices), icc
    if image.mode == "P":
        return _array(image.convert(_palette_mode(image))), icc
    if image.mode in _PLAIN:
        wanted = _PLAIN[image.mode]
        pixels = _array(image if image.mode == wanted else image.convert(wanted))
        return with_colour_key(pixels, image.info.get("transparency"), bits), icc
    return _array(_to_rgb(image, icc, notices)), b""


def _array(image: Image.Image) -> Pixels:
    """(H, W, C), copied band by band: all at once, Pillow would need the picture twice more."""
    channels = len(image.getbands())
    out = np.empty((image.height, image.width, channels), np.uint8)
    for top in range(0, image.height, _BAND):
        bottom = min(top + _BAND, image.height)
        band = np.asarray(image.crop((0, top, image.width, bottom)))
        out[top:bottom] = band.reshape(bottom - top, image.width, channels)
    return out


def _palette_mode(image: Image.Image) -> str:
    rich = image.palette is not None and image.palette.mode.startswith("RGBA")
    return "RGBA" if rich or "transparency" in image.info else "RGB"


def _deep_grey(image: Image.Image, notices: list[str]) -> Pixels:
    """Grey of 16 bits as it is; integers and floats beyond that by a stated rule."""
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        grey = values.astype(np.uint16)
        key = image.info.get("transparency")
        return with_colour_key(grey[..., None], key)
    if image.mode == "F":
        notices.append("float samples were read as 0 … 1 and stored in 16 bits")
        values = np.rint(np.nan_to_num(values) * 65535)
    else:
        notices.append("32-bit integers were clipped to 0 … 65535")
    clipped: Pixels = np.clip(values, 0, 65535).astype(np.uint16)
    return clipped[..., None]


def with_colour_key(pixels: Pixels, key: Any, bits: int = 16) -> Pixels:
    """Pixels with alpha added where one colour is declared transparent.

    The colour is given in the file's own ``bits``; fewer than 8 were spread over 0 … 255.
    """
    if not isinstance(key, int | tuple):
        return pixels
    top = np.iinfo(pixels.dtype).max
    colours = np.atleast_1d(np.array(key, np.int64)) * (255 // (2**bits - 1) if bits < 8 else 1)
    if len(colours) != pixels.shape[2]:
        return pixels
    alpha = np.where((pixels == colours).all(axis=2, keepdims=True), 0, top)
    return np.concatenate([pixels, alpha.astype(pixels.dtype)], axis=2)


def _to_rgb(image: Image.Image, icc: bytes, notices: list[str]) -> Image.Image:
    """CMYK, Lab, YCbCr: by the file's own profile where it has one, else by Pillow's formula."""
    if image.mode in ("CMYK", "LAB"):
        try:
            converted = _by_profile(image, icc)
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            notices.append(f"{image.mode} was converted to sRGB by its colour profile")
            return converted
    notices.append(f"{image.mode} was converted to RGB without a colour profile")
    return image.convert("RGB")


def _by_profile(image: Image.Image, icc: bytes) -> Image.Image | None:
    if image.mode == "LAB":
        source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    elif icc[16:20] == b"CMYK":
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    else:
        return None
    target = ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, source, target, outputMode="RGB")


def to_srgb(pixels: Pixels, icc: bytes) -> Pixels | None:
    """8-bit pixels taken from a profile to sRGB; alpha stays. None where that cannot be done."""
    return between_profiles(pixels, icc, b"") if icc else None


def between_profiles(pixels: Pixels, source: bytes, target: bytes) -> Pixels | None:
    """8-bit pixels from one profile to another (empty: sRGB); None where that cannot be done."""
    colours = 1 if pixels.shape[2] < 3 else 3
    if pixels.dtype != np.uint8 or (colours == 1 and target):
        return None
    mode = "L" if colours == 1 else "RGB"
    image = Image.fromarray(
        pixels[..., 0] if colours == 1 else np.ascontiguousarray(pixels[..., :3])
    )
    try:
        turned = ImageCms.profileToProfile(
            image, _profile(source), _profile(target), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    colour = _array(turned if turned is not None else image)
    if mode == "L":
        colour = colour[..., 1:2]
    return np.concatenate([colour, pixels[..., colours:]], axis=2)


def _profile(icc: bytes) -> ImageCms.ImageCmsProfile:
    if icc:
        return ImageCms.ImageCmsProfile(io.BytesIO(icc))
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
