r"""Fuzz everything here that reads a file's bytes itself.

    pip install atheris
    python -m tests.fuzz.imaging_target -max_total_time=600 -max_len=20000 \
        -artifact_prefix=/tmp/ -rss_limit_mb=4096 CORPUS

CORPUS is a folder with JPEG files to start from (it grows). The memory limit is for the
fuzzer, whose own share grows with time. A finding is any exception but
:class:`~rigatino.errors.ImageError`, or an input that takes more than ten seconds.
Pixels are Pillow's business and run in the worker process; they are not fuzzed here.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["rigatino.imaging"]):
    from rigatino.errors import ImageError
    from rigatino.imaging import Limits, coefficients, exif, intervals, structure

#: small, so that inputs stay quick and claims of huge sizes are refused
LIMITS = Limits(pixels=2**18, serial_symbols=200_000)


def one_input(data: bytes) -> None:
    """Header, metadata, skeleton and coefficients of one input."""
    exif.cleaned(data, (1, 1))
    exif.has_thumbnail(data)
    exif.cleaned_xmp(data)
    header = structure.jpeg_facts(data)
    structure.flaws(data, header)
    if header is not None:
        assert header.sampling
        assert header.colour
        assert len(header.qualities) == len(header.components)
    try:
        read = coefficients(data, LIMITS)
    except ImageError:
        return
    for part in read.components:
        bounds = intervals(part)
        assert (bounds.lower <= bounds.upper).all()


def main() -> None:
    """Run until told to stop."""
    atheris.Setup([*sys.argv, "-timeout=10"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
