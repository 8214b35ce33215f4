"""What a runtime offers: one network, one array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: how runtimes phrase it, whose own error classes do not say it
_OUT_OF_MEMORY = re.compile(
    r"bad.?alloc|alloc\w* (?:memory|failed)|out of memory|not enough memory|failed to allocate"
    r"|could not (?:create|allocate) (?:a )?memory",
    re.IGNORECASE,
)


class Session(Protocol):
    """A network that is loaded and ready."""

    @property
    def runtime(self) -> str:
        """Name and version."""
        ...

    @property
    def device(self) -> str:
        """What it computes on, and with which precision."""
        ...

    def run(self, picture: Floats, hints: Floats | None) -> Floats:
        """(1, C, H, W) and (1, n) -> (1, C, scale · H, scale · W); MemoryError if it is short."""
        ...


@contextmanager
def memory_errors() -> Iterator[None]:
    """Let every runtime's way of saying that memory ran out be a MemoryError."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if _OUT_OF_MEMORY.search(str(error)):
            raise MemoryError(str(error)) from error
        raise
