"""What comes along with the pixels: EXIF, XMP, colour profile, depth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFile

from rigatino.imaging import exif
from rigatino.imaging.limits import Limits

#: TIFF tags that describe the picture and not its storage: description, maker, model,
#: software, date, artist, copyright, EXIF and GPS directories
TELLING = (270, 271, 272, 305, 306, 315, 33432, 34665, 34853)
#: those of them that are directories
DIRECTORIES = (34665, 34853)
_PIXI = re.compile(rb"pixi\0\0\0\0[\1-\4]([\1-\x20])")
_XMP_TAG = 700


@dataclass(frozen=True, slots=True)
class Told:
    """What an opened file tells."""

    bits: int
    orientation: int
    exif: bytes
    xmp: bytes
    icc: bytes
    warnings: tuple[str, ...]


def gather(image: ImageFile.ImageFile, data: bytes, limits: Limits) -> Told:
    """Metadata within the limits; what is too large is left out with a warning."""
    warnings: list[str] = []
    kept = {
        name: _limited(name, block, limits, warnings)
        for name, block in (
            ("EXIF", _exif(image)),
            ("XMP", _xmp(image)),
            ("ICC", _bytes(image.info.get("icc_profile"))),
        )
    }
    turned = _turn(image, kept["EXIF"])
    return Told(_bits(image, data), turned, kept["EXIF"], kept["XMP"], kept["ICC"], tuple(warnings))


def _turn(image: ImageFile.ImageFile, block: bytes) -> int:
    """Pillow turns a TIFF itself while loading; a HEIF decoder does so as well."""
    return 1 if image.format in ("TIFF", "HEIF") else exif.orientation(block)


def _limited(name: str, block: bytes, limits: Limits, warnings: list[str]) -> bytes:
    if len(block) <= limits.metadata_bytes:
        return block
    warnings.append(f"{name} of {len(block)} bytes was left out")
    return b""


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return bytes(value) if isinstance(value, bytes | bytearray) else b""


def _exif(image: ImageFile.ImageFile) -> bytes:
    if image.format == "TIFF":
        return _exif_of_tiff(image)
    block = _bytes(image.info.get("exif"))
    return block.removeprefix(b"Exif\0\0")


def _exif_of_tiff(image: ImageFile.ImageFile) -> bytes:
    """A TIFF is its own EXIF block; keep the tags that describe the picture."""
    found = image.getexif()
    kept = Image.Exif()
    for tag in TELLING:
        if tag in found:
            kept[tag] = found.get_ifd(tag) if tag in DIRECTORIES else found[tag]
    try:
        return kept.tobytes().removeprefix(b"Exif\0\0") if len(kept) else b""
    except Exception:  # tags of a broken file that cannot be written again
        return b""


def _xmp(image: ImageFile.ImageFile) -> bytes:
    if image.format == "TIFF":
        return _bytes(getattr(image, "tag_v2", {}).get(_XMP_TAG))
    return _bytes(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"))


def _bits(image: ImageFile.ImageFile, data: bytes) -> int:
    """Bits per sample as the file states them."""
    if image.format == "PNG":
        return data[24]
    if image.format == "TIFF":
        stated = getattr(image, "tag_v2", {}).get(258, (1,))
        return int(max(stated)) if isinstance(stated, tuple) and stated else 8
    if image.format in ("AVIF", "HEIF"):
        match = _PIXI.search(data[:65536])
        return match.group(1)[0] if match else 8
    return 1 if image.mode == "1" else 8


def fitting_icc(icc: bytes, channels: int, notices: list[str]) -> bytes:
    """The profile if it is for this kind of picture; one that is not is dropped and said so."""
    wanted = b"GRAY" if channels < 3 else b"RGB "
    if not icc or icc[16:20] == wanted:
        return icc
    notices.append("a colour profile for another kind of picture was dropped")
    return b""
