"""Writes small ONNX files, so that outside models can be tested without another dependency.

A message is a list of fields (number, value): an int is a varint, bytes are length-delimited.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

FLOAT = 1
_IR, _OPSET = 8, 17


def _varint(n: int) -> bytes:
    out = bytearray()
    n &= (1 << 64) - 1
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes((*out, n))


def _message(*fields: tuple[int, int | bytes | str]) -> bytes:
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += _varint(number << 3) + _varint(value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += _varint(number << 3 | 2) + _varint(len(data)) + data
    return out


def tensor(name: str, values: Sequence[float], shape: Sequence[int]) -> bytes:
    raw = struct.pack(f"<{len(values)}f", *values)
    return _message(*((1, d) for d in shape), (2, FLOAT), (8, name), (9, raw))


def ints(name: str, values: Sequence[int]) -> bytes:
    """An attribute."""
    return _message((1, name), *((8, v) for v in values), (20, 7))


def text(name: str, value: str) -> bytes:
    """An attribute."""
    return _message((1, name), (4, value), (20, 3))


def node(kind: str, given: Sequence[str], out: str, *attributes: bytes) -> bytes:
    return _message(
        *((1, name) for name in given), (2, out), (3, out), (4, kind), *((5, a) for a in attributes)
    )


def _value(name: str, channels: int, extra: bytes = b"") -> bytes:
    dims = [_message((2, "n")), _message((1, channels)), _message((2, "h")), _message((2, "w"))]
    shape = _message(*((1, d) for d in dims))
    return _message((1, name), (2, _message((1, _message((1, FLOAT), (2, shape)))))) + extra


def model(nodes: Sequence[bytes], tensors: Sequence[bytes] = (), channels: int = 3) -> bytes:
    """A graph from ``picture`` to ``mended``."""
    graph = _message(
        *((1, n) for n in nodes), (2, "graph"), *((5, t) for t in tensors),
        (11, _value("picture", channels)), (12, _value("mended", channels)),
    )  # fmt: skip
    return _message((1, _IR), (7, graph), (8, _message((1, ""), (2, _OPSET))))


def brighter(by: float = 0.1) -> bytes:
    """picture + by."""
    return model([node("Add", ["picture", "by"], "mended")], [tensor("by", [by], [1])])


def softened(channels: int = 3) -> bytes:
    """The mean of 3×3, per channel, zeros beyond the border: receptive radius 1."""
    weight = tensor("w", [1 / 9] * 9 * channels, [channels, 1, 3, 3])
    group = _message((1, "group"), (3, channels), (20, 2))
    conv = node("Conv", ["picture", "w"], "mended", ints("pads", [1] * 4), group)
    return model([conv], [weight], channels)


def enlarged(times: int) -> bytes:
    """Every pixel as many times in both directions."""
    resize = node("Resize", ["picture", "", "s"], "mended", text("mode", "nearest"))
    return model([resize], [tensor("s", [1, 1, times, times], [4])])


def centred() -> bytes:
    """picture − its own mean: every pixel looks at all others."""
    mean = node("ReduceMean", ["picture"], "mean", ints("axes", [2, 3]))
    return model([mean, node("Sub", ["picture", "mean"], "mended")])
