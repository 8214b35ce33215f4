"""How much memory a network takes for a pixel, measured in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rigatino.errors import ModelError
from rigatino.inference.card import ModelCard

#: sides of the two pictures whose peaks are compared
_SMALL, _LARGE = 64, 512
_STATUS = Path("/proc/self/status")


def bytes_per_pixel(file: Path, card: ModelCard, hints: int) -> int:
    """From two pictures; :class:`ModelError` where this system cannot tell or it fails."""
    if not _STATUS.exists():
        raise _unmeasured(card, "memory can be measured on Linux only")
    sides = [-(-side // card.size_multiple) * card.size_multiple for side in (_SMALL, _LARGE)]
    command = [sys.executable, "-m", __spec__.name, str(file), str(card.planes), str(hints)]
    done = subprocess.run([*command, *map(str, sides)], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended by itself"])[-1]
        raise _unmeasured(card, f"it cannot be run on {sides[1]}×{sides[1]}: {last[:200]}")
    small, large = (int(number) for number in done.stdout.split())
    return max(4 * card.channels, round((large - small) / (sides[1] ** 2 - sides[0] ** 2)))


def _unmeasured(card: ModelCard, reason: str) -> ModelError:
    return ModelError(
        f"the memory that {card.name} takes is not known: {reason}",
        "a network that runs, or bytes_per_pixel in its card",
        "correct the card",
    )


def _peak() -> int:
    found = re.search(r"VmHWM:\s+(\d+)", _STATUS.read_text())
    return 1024 * int(found[1]) if found else 0


def _main() -> None:
    """FILE CHANNELS HINTS SIDE SIDE -> the peak after each."""
    import numpy as np

    from rigatino.inference.runtimes import open_session
    from rigatino.inference.settings import Settings

    file, (channels, hints, *sides) = Path(sys.argv[1]), map(int, sys.argv[2:])
    session = open_session(file, file.read_bytes(), Settings.of_environment())
    for side in sides:
        picture = np.zeros((1, channels, side, side), np.float32)
        session.run(picture, np.zeros((1, hints), np.float32) if hints else None)
        print(_peak())


if __name__ == "__main__":
    _main()
