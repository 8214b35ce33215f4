"""Files in memory: a JPEG with given tables and sampling (libjpeg's plain rounding), a PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from rigatino.errors import UsageError

#: what Pillow's encoder can be asked for
_SAMPLINGS = ("4:4:4", "4:2:2", "4:2:0")


def saved_as_jpeg(
    pixels: NDArray[np.uint8], tables: Sequence[NDArray[np.integer]], sampling: str
) -> bytes:
    """``pixels``: (H, W, 1 or 3); ``tables``: (8, 8) per component, the last for all the rest."""
    if pixels.shape[2] == 3 and sampling not in _SAMPLINGS:
        raise UsageError(
            f"a JPEG with the sampling {sampling}", f"one of {', '.join(_SAMPLINGS)}",
            "take a file with another sampling",
        )  # fmt: skip
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    steps = [[int(step) for step in table.reshape(64)] for table in tables]
    told = {"subsampling": sampling} if pixels.shape[2] == 3 else {}
    out = io.BytesIO()
    image.save(out, "JPEG", qtables=steps[: pixels.shape[2]], **told)
    return out.getvalue()


def saved_as_png(pixels: NDArray[np.uint8]) -> bytes:
    """(H, W, 1 or 3), without loss and without haste to be small."""
    out = io.BytesIO()
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
