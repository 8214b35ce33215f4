"""Enlarging by any factor: an encoder's features, and decoders that are asked for any place.

::

    open_enlarger(name)                    -> Enlarger   both files verified
    Axis(old, new)                                       where new samples lie, one per direction
    enlarge_over(enlarger, canvas, axes, …) -> Tiling    window by window, memory bounded

Registry: ``DECODERS`` (decoders).
"""

from rigatino.inference.enlarging.axis import Axis, Places
from rigatino.inference.enlarging.decoders import DECODERS, Decoder
from rigatino.inference.enlarging.enlarger import (
    Enlarger,
    enlarge_over,
    enlarged_array,
    open_enlarger,
)

__all__ = [
    "DECODERS",
    "Axis",
    "Decoder",
    "Enlarger",
    "Places",
    "enlarge_over",
    "enlarged_array",
    "open_enlarger",
]
