"""One moment by which everything has to be done."""

from __future__ import annotations

from time import monotonic


class Deadline:
    """So many seconds from now, whatever they are spent on."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds = seconds
        self._began = monotonic()

    def spent(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._began

    def left(self) -> float:
        """Seconds to go, never negative."""
        return max(0.0, self.seconds - self.spent())
