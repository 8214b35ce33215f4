"""How large a picture is to become."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rigatino.errors import UsageError
from rigatino.imaging import LIMITS

#: the smallest and the largest factor, and the largest that the networks were trained on
LEAST, MOST, TRAINED = 1.0, 8.0, 4.0
_NUMBER = r"(\d+(?:\.\d+)?)"
_FACTORS = re.compile(rf"{_NUMBER}(?:[x×]{_NUMBER})?")
_SIZE = re.compile(r"(\d+)[x×](\d+)")


@dataclass(frozen=True, slots=True)
class Target:
    """Factors or a size, one of them; of the upright picture, width first."""

    factors: tuple[float, float] | None = None
    size: tuple[int, int] | None = None

    def of(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of the result; refused where that is no enlargement, or too large."""
        if self.factors is None:
            wide, tall = self.size or (width, height)
        else:
            wide, tall = (round(n * f) for n, f in zip((width, height), self.factors, strict=True))
        made = wide / width, tall / height
        if min(made) < LEAST or max(made) > MOST or (wide, tall) == (width, height):
            raise UsageError(
                f"{wide}×{tall} pixels from {width}×{height}",
                f"{LEAST:g} to {MOST:g} times the size in each direction, and more in one",
                "change --scale or --size",
            )
        if wide * tall > LIMITS.pixels or max(wide, tall) > LIMITS.side:
            raise UsageError(
                f"a result of {wide}×{tall} pixels",
                f"at most {LIMITS.pixels} pixels and {LIMITS.side} a side",
                "ask for less",
            )
        return wide, tall


Factors = float | tuple[float, float]


def target(scale: Factors | None, size: tuple[int, int] | None) -> Target | None:
    """Checked; None if nothing is asked for."""
    if scale is not None and size is not None:
        raise UsageError("a scale and a size", "one of them", "leave one out")
    if size is not None:
        if min(size) < 1:
            raise UsageError(f"a size of {size[0]}×{size[1]}", "pixels from 1 on", "change it")
        return Target(size=(int(size[0]), int(size[1])))
    if scale is None:
        return None
    across, down = scale if isinstance(scale, tuple) else (scale, scale)
    if not (LEAST <= across <= MOST and LEAST <= down <= MOST) or across == down == 1:
        raise UsageError(
            f"a scale of {across:g}×{down:g}", f"factors from {LEAST:g} to {MOST:g}, not both 1",
            "change it",
        )  # fmt: skip
    return Target(factors=(float(across), float(down)))


def as_factors(text: str | None) -> Factors | None:
    """``2.7``, or ``2x3``: width and height apart."""
    if text is None:
        return None
    found = _FACTORS.fullmatch(text.strip())
    if not found:
        raise UsageError(f"--scale {text!r}", "a number, or two with x between", "e.g. 2.7 or 2x3")
    across, down = found.groups()
    return float(across) if down is None else (float(across), float(down))


def as_size(text: str | None) -> tuple[int, int] | None:
    """``3840x2160``: width and height."""
    if text is None:
        return None
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise UsageError(f"--size {text!r}", "width x height in pixels", "e.g. 3840x2160")
    return int(found[1]), int(found[2])
