"""The file formats, as data: what each can hold, and which suffix asks for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """What a file format can hold when this program writes it."""

    name: str
    suffixes: tuple[str, ...]
    lossy: str
    """``always``, ``never`` or ``asked``: only when a quality is given (GIF: in colour)."""
    bits: tuple[int, ...] = (8,)
    grey: bool = True
    alpha: bool = True
    icc: bool = True
    exif: bool = True
    xmp: bool = True
    side: int = 2**31 - 1
    """Largest width or height."""
    extra: str = ""
    """Optional part that reading and writing need."""


#: Every format that is written. All of them are read as well.
FORMATS = (
    Format("PNG", (".png",), "never", bits=(8, 16)),
    Format("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), "always", alpha=False, side=65535),
    Format("TIFF", (".tif", ".tiff"), "never", bits=(8, 16)),
    Format("WEBP", (".webp",), "asked", grey=False, side=16383),
    Format("AVIF", (".avif",), "always", grey=False, side=65536),
    Format("BMP", (".bmp",), "never", alpha=False, icc=False, exif=False, xmp=False),
    Format("GIF", (".gif",), "asked", alpha=False, icc=False, exif=False, xmp=False, side=65535),
    Format("HEIF", (".heic", ".heif"), "always", grey=False, extra="heic", side=16384),
)
#: suffix -> format
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
#: what Pillow is allowed to recognise, and our name for it
READABLE = {
    "JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "AVIF": "AVIF",
    "TIFF": "TIFF", "BMP": "BMP", "DIB": "BMP", "GIF": "GIF", "HEIF": "HEIF",
}  # fmt: skip
FORMAT_NAMES = "JPEG, PNG, WebP, AVIF, TIFF, BMP, GIF or HEIC"
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def is_heif(data: bytes) -> bool:
    """Whether the file calls itself HEIF with HEVC inside (an AVIF does not)."""
    if data[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(data[:4], "big"), 256)
    compatible = {data[at : at + 4] for at in range(16, size, 4)}
    return data[8:12] in _HEIF_BRANDS and not {b"avif", b"avis"} & (compatible | {data[8:12]})
