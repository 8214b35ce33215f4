"""How large a picture may be: every limit of this room, as data.

A file beyond a limit is refused with :class:`~rigatino.errors.ImageLimitError` before
anything of its size is allocated. Pass a changed copy (``replace(LIMITS, pixels=…)``)
to any reader to allow more, or less.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader accepts."""

    file_bytes: int = 512 * 2**20
    """Size of the file itself."""
    pixels: int = 2**28
    """Width × height; 268 megapixels are about 0.8 GiB as 8-bit RGB."""
    side: int = 2**17
    """Width or height alone."""
    frames: int = 10_000
    """Frames that are counted; only the first is ever decoded."""
    metadata_bytes: int = 32 * 2**20
    """EXIF, XMP or ICC, each; larger blocks are left out and the record says so."""
    text_bytes: int = 64 * 2**20
    """Compressed text in a PNG, once unpacked."""
    worker_seconds: float = 60.0
    """Wall clock for decoding one damaged or exotic file in the worker process."""
    worker_bytes: int = 6 * 2**30
    """Address space of that worker process."""
    scans: int = 100
    """Scans of one JPEG; ordinary progressive files have about ten."""
    serial_symbols: int = 20_000_000
    """Huffman symbols of one JPEG that had to be read one after the other (about 25 s)."""


LIMITS = Limits()
