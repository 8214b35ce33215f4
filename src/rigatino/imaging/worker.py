"""The process in which damaged and rarer files are decoded: it may die, the program not.

Started by :mod:`isolation` as ``python -m rigatino.imaging.worker``. It reads requests
(length, JSON line, file bytes) from its standard input until that ends, and answers each
with a JSON line and the raw arrays.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import warnings
from typing import Any, BinaryIO

import numpy as np
from PIL import Image, PngImagePlugin

from rigatino.errors import ImageError, ImageLimitError
from rigatino.imaging.decoding import Decoded, decode_as_far_as_possible
from rigatino.imaging.limits import Limits

#: fields of :class:`Decoded` that travel as bytes behind the JSON line
BLOCKS = ("exif", "xmp", "icc")


def main() -> None:
    """Serve until the input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # A decoder that prints must not disturb the answers.
    sys.stdout = sys.stderr
    warnings.simplefilter("ignore")
    # Sizes are checked against Limits before anything is allocated.
    Image.MAX_IMAGE_PIXELS = None
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["bytes"])
        _answer(data, Limits(**request["limits"]), answers)


def limit_memory(size: int) -> None:
    """Cap this process's address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the others still hold
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    cap = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (cap, hard))


def _answer(data: bytes, limits: Limits, answers: BinaryIO) -> None:
    limit_memory(limits.worker_bytes)
    PngImagePlugin.MAX_TEXT_MEMORY = limits.text_bytes
    try:
        read = decode_as_far_as_possible(data, limits)
    except ImageLimitError as error:
        _send(answers, {"limit": (error.given, error.expected, error.advice)})
    except ImageError as error:
        _send(answers, {"refused": (error.given, error.expected, error.advice)})
    except Exception as error:
        _send(answers, {"error": " ".join(str(error).split())[:300] or type(error).__name__})
    else:
        _send_decoded(answers, read)
    answers.flush()


def _send(answers: BinaryIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")


def _send_decoded(answers: BinaryIO, read: Decoded) -> None:
    plain = {
        item.name: getattr(read, item.name)
        for item in dataclasses.fields(read)
        if item.name not in (*BLOCKS, "pixels")
    }
    sizes = {name: len(getattr(read, name)) for name in BLOCKS}
    shape, dtype = read.pixels.shape, read.pixels.dtype.str
    _send(answers, {"plain": plain, "blocks": sizes, "shape": shape, "dtype": dtype})
    for name in BLOCKS:
        answers.write(getattr(read, name))
    answers.write(np.ascontiguousarray(read.pixels).data)


if __name__ == "__main__":
    main()
