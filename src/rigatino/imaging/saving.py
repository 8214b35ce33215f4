"""Write a picture: the suffix chooses the format, and what is lost on the way is said."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image, PngImagePlugin

from rigatino.errors import MissingExtraError, OutputError, UsageError
from rigatino.imaging import exif as exif_block
from rigatino.imaging import modes
from rigatino.imaging.formats import BY_SUFFIX, Format
from rigatino.imaging.png_writer import write_png16
from rigatino.imaging.record import Picture, Pixels
from rigatino.imaging.tiff_writer import write_tiff

_QUALITY = {"JPEG": 95, "AVIF": 90, "HEIF": 90}
#: a JPEG segment holds at most this much
_SEGMENT = 65_000


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What was written, and what it cost."""

    path: Path
    format: str
    bits: int
    lossy: bool
    """Whether the file differs from the pixels that were handed in."""
    quality: int | None
    size: int
    """Bytes."""
    notices: tuple[str, ...]
    """What was left out or changed, in plain words."""


@dataclass(slots=True)
class _Job:
    """A picture on its way into a file; each step may change it and say so."""

    pixels: Pixels
    icc: bytes
    exif: bytes
    xmp: bytes
    form: Format
    quality: int | None
    lossy: bool
    notices: list[str]

    def lose(self, what: str) -> None:
        self.lossy = True
        self.notices.append(what)


def save(
    picture: Picture | Pixels, path: str | os.PathLike[str], *, like: Picture | None = None,
    quality: int | None = None, strip_metadata: bool = False, overwrite: bool = False,
) -> SaveReport:  # fmt: skip
    """Write a picture file atomically.

    ``like`` lends profile and metadata to a bare array (or instead of the picture's own).
    A file that exists is replaced only with ``overwrite``. WebP is lossless unless
    ``quality`` (1 … 100) is given; JPEG, AVIF and HEIC are always lossy, and say so.
    ``strip_metadata`` drops EXIF and XMP; the colour profile stays, since the pixels need it.
    """
    target = Path(path)
    form = check_target(target, overwrite)
    if quality is not None and not 1 <= quality <= 100:
        raise UsageError(f"quality {quality}", "a number from 1 to 100", "change it")
    job = _job(picture, like, form, quality, strip_metadata)
    _fit(job)
    with _beside(target) as stream:
        try:
            _write(stream, job)
        except (ValueError, OSError, SystemError, MemoryError) as error:
            raise _failed(target, str(error)) from error
    return SaveReport(target, form.name, 8 * job.pixels.dtype.itemsize, job.lossy, job.quality,
                      target.stat().st_size, tuple(job.notices))  # fmt: skip


def check_target(path: Path, overwrite: bool) -> Format:
    """Whether a picture may be written there; can be asked before any work is done."""
    form = _format(path)
    if path.exists() and not overwrite:
        raise OutputError(
            f"{path} exists", "a name that is free", "choose another, or ask to overwrite"
        )
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise _failed(path, "no file can be made there")
    return form


def _format(path: Path) -> Format:
    form = BY_SUFFIX.get(path.suffix.lower())
    if form is None:
        raise UsageError(f'the suffix "{path.suffix}" of {path.name}',
                         "one of " + " ".join(BY_SUFFIX), "change the name")  # fmt: skip
    return form


def _job(
    picture: Picture | Pixels, like: Picture | None, form: Format, quality: int | None, strip: bool
) -> _Job:
    source = picture if isinstance(picture, Picture) else Picture(picture)
    facts, size = like or source, (source.height, source.width)
    kept = not strip
    job = _Job(source.pixels, facts.icc, b"", b"", form, quality, False, [])
    if facts.exif and kept:
        job.exif = exif_block.cleaned(facts.exif, size)
    if facts.xmp and kept:
        job.xmp = exif_block.cleaned_xmp(facts.xmp)
    if max(size) > form.side:
        raise OutputError(
            f"a picture of {size[1]}×{size[0]}", f"at most {form.side} a side in {form.name}",
            "write PNG or TIFF",
        )  # fmt: skip
    if facts.icc and facts.icc[16:20] != (b"GRAY" if source.pixels.shape[2] < 3 else b"RGB "):
        job.icc = b""
        job.notices.append("the colour profile does not fit the picture and was left out")
    return job


def _fit(job: _Job) -> None:
    """Change the picture into something its format can hold."""
    form = job.form
    if 8 * job.pixels.dtype.itemsize not in form.bits:
        job.lose(f"{form.name} holds 8 bits; 16-bit samples were rounded")
        job.pixels = ((job.pixels.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    _fit_alpha(job)
    _fit_profile(job)
    _fit_grey(job)
    _fit_metadata(job)
    _fit_quality(job)


def _fit_grey(job: _Job) -> None:
    """Formats without grey get three equal channels; so does deep grey+alpha in a TIFF.

    Pillow, among other readers, does not know that last combination.
    """
    channels = job.pixels.shape[2]
    unread = job.form.name == "TIFF" and channels == 2 and job.pixels.dtype == np.uint16
    if channels >= 3 or (job.form.grey and not unread):
        return
    if unread and job.icc:
        job.icc = b""
        job.notices.append("the grey profile was left out: the picture is stored as RGBA")
    grey, rest = job.pixels[..., :1], job.pixels[..., 1:]
    job.pixels = np.concatenate([grey, grey, grey, rest], axis=2)


def _fit_quality(job: _Job) -> None:
    name, lossy = job.form.name, job.form.lossy
    if name == "GIF":
        job.quality = None
        if job.pixels.shape[2] >= 3:
            job.lose("GIF holds 256 colours; others were rounded to them; PNG keeps all")
    elif lossy == "always" or (lossy == "asked" and job.quality is not None):
        job.quality = job.quality or _QUALITY[name]
        job.lose(f"{name} does not keep the pixels exactly (quality {job.quality}); PNG does")
    else:
        job.quality = None


def _fit_alpha(job: _Job) -> None:
    if job.form.alpha or job.pixels.shape[2] in (1, 3):
        return
    top = np.iinfo(job.pixels.dtype).max
    colour, alpha = job.pixels[..., :-1].astype(np.float32), job.pixels[..., -1:] / np.float32(top)
    if job.pixels[..., -1].min() < top:
        job.lose(f"{job.form.name} has no transparency; the picture was put on white")
    job.pixels = np.rint(colour * alpha + top * (1 - alpha)).astype(job.pixels.dtype)


def _fit_profile(job: _Job) -> None:
    """A format without profiles gets sRGB; so does grey that must become RGB."""
    if not job.icc or (job.form.icc and (job.form.grey or job.pixels.shape[2] >= 3)):
        return
    turned = modes.to_srgb(job.pixels, job.icc)
    job.icc = b""
    if turned is None:
        job.lose("the colour profile could not be kept nor converted")
        return
    job.pixels = turned
    job.lose(f"{job.form.name} holds no such colour profile; converted to sRGB")


def _fit_metadata(job: _Job) -> None:
    limit = _SEGMENT if job.form.name == "JPEG" else 2**31
    for name, held in (("exif", job.form.exif), ("xmp", job.form.xmp)):
        block = getattr(job, name)
        if block and (not held or len(block) > limit):
            job.notices.append(f"{name.upper()} was left out: {job.form.name} does not hold it")
            setattr(job, name, b"")


def _write(stream: BinaryIO, job: _Job) -> None:
    if job.form.name == "TIFF":
        write_tiff(stream, job.pixels, job.icc, job.exif, job.xmp)
    elif job.pixels.dtype == np.uint16:
        write_png16(stream, job.pixels.astype(np.uint16, copy=False), job.icc, job.exif, job.xmp)
    else:
        _write_by_pillow(stream, job)


def _write_by_pillow(stream: BinaryIO, job: _Job) -> None:
    if job.form.extra:
        _register_heif()
    squeezed = job.pixels[..., 0] if job.pixels.shape[2] == 1 else job.pixels
    image = Image.fromarray(np.ascontiguousarray(squeezed))
    image.save(stream, job.form.name, **_options(job))


def _register_heif() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise MissingExtraError("writing HEIC files", "heic") from error
    register_heif_opener()


def _options(job: _Job) -> dict[str, Any]:
    """What Pillow's writer is told."""
    name = job.form.name
    told: dict[str, Any] = {}
    if job.icc:
        told["icc_profile"] = job.icc
    if job.exif:
        told["exif"] = b"Exif\0\0" + job.exif
    if job.xmp:
        told |= {"pnginfo": _xmp_text(job.xmp)} if name == "PNG" else {"xmp": job.xmp}
    if name == "WEBP":
        told |= {"lossless": job.quality is None, "quality": job.quality or 75, "exact": True}
    elif job.quality is not None:
        told |= {"quality": job.quality, "subsampling": "4:4:4"}
        told |= {"chroma": 444} if name == "HEIF" else {}
    return told


def _xmp_text(xmp: bytes) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode("utf-8", "replace"))
    return info


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    """A file beside the target that takes its place once it is complete."""
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".part", dir=target.parent
        )
    except OSError as error:
        raise _failed(target, error.strerror or str(error)) from error
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        raise _failed(target, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _failed(target: Path, reason: str) -> OutputError:
    return OutputError(f"{target} could not be written: {reason}", "a folder with room",
                       "check the folder; nothing was left there")  # fmt: skip
