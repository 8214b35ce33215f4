"""Kernels from files: a picture (bright is much) or a NumPy array."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from rigatino.deconvolution.spectra import Array
from rigatino.errors import InputError, RigatinoError
from rigatino.imaging import load, to_float

#: pixels along a side; more is a photograph handed in by mistake
_MOST = 255
_EXPECTED = "a small picture or NPY array of the blur's path, both sides odd"


def read_kernel(path: str | Path) -> Array:
    """A kernel of sum 1; :class:`InputError` says in one line what is wrong with it."""
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _off(name, f"cannot be read ({error.strerror or error})") from error
    values = _array(data, name) if data[:6] == b"\x93NUMPY" else _picture(data, name)
    return _checked(values, name)


def _array(data: bytes, name: str) -> np.ndarray:
    try:
        found = np.load(io.BytesIO(data), allow_pickle=False)
        return np.asarray(found, np.float64)
    except (ValueError, TypeError, EOFError, OSError, MemoryError) as error:
        raise _off(name, "is no array of numbers") from error


def _picture(data: bytes, name: str) -> np.ndarray:
    try:
        return np.asarray(to_float(load(data).colour).mean(axis=2), np.float64)
    except RigatinoError as error:
        raise _off(name, f"is no picture ({error.given})") from error


def _checked(values: np.ndarray, name: str) -> Array:
    if values.ndim != 2 or not all(n % 2 and n <= _MOST for n in values.shape):
        sides = " × ".join(map(str, values.shape)) or "no"
        raise _off(name, f"has {sides} values (wanted: two odd sides of at most {_MOST})")
    if not np.isfinite(values).all() or values.min() < 0:
        raise _off(name, "holds values that are negative or no numbers")
    if values.sum() <= 0:
        raise _off(name, "is black all over")
    return np.asarray(values / values.sum(), np.float32)


def _off(name: str, what: str) -> InputError:
    return InputError(f"the kernel {name} {what}", _EXPECTED, "correct it, or leave --kernel out")
