"""A progress line on stderr: redrawn on a terminal, every ten seconds elsewhere."""

from __future__ import annotations

import sys
from time import monotonic

_WIDTH, _BAR = 60, 24


class Meter:
    """Draws at most five lines a second; ``clear`` wipes the last."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet or sys.stderr is None
        self._drawn = not self._quiet and sys.stderr.isatty()
        self._every = 0.2 if self._drawn else 10.0
        self._began = self._last = monotonic()

    def say(self, line: str) -> None:
        """Draw a line, if it is time."""
        if self._quiet or monotonic() - self._last < self._every:
            return
        self._last = monotonic()
        self._write(f"\r{line:<{_WIDTH}}" if self._drawn else line + "\n")

    def share(self, done: float) -> None:
        """A bar, with the time to go."""
        spent = monotonic() - self._began
        left = "" if done <= 0 else f", about {duration(spent * (1 - done) / done)} left"
        bar = "#" * round(done * _BAR)
        self.say(f"[{bar:.<{_BAR}}] {done:4.0%}{left}")

    def clear(self) -> None:
        """Wipe the redrawn line."""
        if self._drawn:
            self._write("\r" + " " * _WIDTH + "\r")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._quiet = True  # nobody watches any more; the work goes on


def duration(seconds: float) -> str:
    """As minutes:seconds, or hours and minutes."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{rest:02}"
