"""Every decoder: what makes colours between the pixels of an encoder's features.

Add one: a file with a class, and a line here; cards name decoders.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from rigatino.errors import ModelError
from rigatino.inference.enlarging.axis import Floats, Places
from rigatino.inference.enlarging.field import Field
from rigatino.inference.enlarging.liif import Liif


class Decoder(Protocol):
    """Asked block by block."""

    def decode(self, features: Floats, down: Places, across: Places) -> Floats:
        """(C, h, w) features of a window -> (3, H, W), what the bicubic enlargement lacks."""
        ...

    def multiplies(self, scale: float) -> float:
        """Multiplications per new pixel."""
        ...


DECODERS: dict[str, Callable[[Mapping[str, Floats]], Decoder]] = {"field": Field, "liif": Liif}


def decoder(kind: str, content: bytes, where: str) -> Decoder:
    """From the verified bytes of an .npz of arrays in half or single precision."""
    if kind not in DECODERS:
        raise ModelError(
            f"the card of {where} names the decoder {kind!r}", f"one of {', '.join(DECODERS)}",
            "correct the card",
        )  # fmt: skip
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            weights = {name: file[name].astype(np.float32) for name in file.files}
        return DECODERS[kind](weights)
    except (ValueError, KeyError, OSError) as error:
        raise ModelError(
            f"the decoder of {where} cannot be read: {error}", "the arrays of its kind",
            "reinstall rigatino",
        ) from error  # fmt: skip
