"""What every operator offers.

::

    Operator          apply(x, rng=None), out_size(size), facts
    ├── Fixed         the same picture always comes out alike
    │   └── Linear    also adjoint(y) and pseudo_inverse(y)
    └── Drawn         draws from ``rng``, which must be given

``apply`` checks what it is given; a subclass only writes the arithmetic.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from rigatino.degradation.arrays import Array, Size, picture, size_of
from rigatino.errors import UsageError

#: How far A⁺ is kept from dividing by nothing; see `Linear.pseudo_inverse`.
RIDGE = 1e-8


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for an operator with these very settings."""

    #: A(ax + by) = aAx + bAy
    linear: bool
    #: needs a random generator
    stochastic: bool
    #: values in 0…1 stay in 0…1
    bounded: bool
    #: doing it twice (with the same draws) changes no more than doing it once
    idempotent: bool
    #: what is taken to be true of the picture and of its surroundings
    assumption: str


class Operator(ABC):
    """One way in which a picture gets damaged."""

    @property
    @abstractmethod
    def facts(self) -> Facts:
        """What holds for these settings."""

    @abstractmethod
    def apply(self, x: Array, rng: np.random.Generator | None = None) -> Array:
        """Damage a picture: (H, W, C) in 0…1 -> a new array."""

    def out_size(self, size: Size) -> Size:
        """Height and width of what comes out of a picture of this size."""
        return size


class Fixed(Operator):
    """Draws nothing: ``rng`` is accepted, so that all operators are called alike, and unused."""

    def apply(self, x: Array, rng: np.random.Generator | None = None) -> Array:  # noqa: ARG002
        """Damage a picture: (H, W, C) in 0…1 -> a new array."""
        return np.asarray(self._apply(picture(x)), np.float32)

    @abstractmethod
    def _apply(self, x: Array) -> Array:
        """The arithmetic, on a checked picture."""


class Drawn(Operator):
    """Draws from a generator: the same seed gives the same damage."""

    def apply(self, x: Array, rng: np.random.Generator | None = None) -> Array:
        """Damage a picture: (H, W, C) in 0…1 -> a new array."""
        return np.asarray(self._apply(picture(x), required(rng, self)), np.float32)

    @abstractmethod
    def _apply(self, x: Array, rng: np.random.Generator) -> Array:
        """The arithmetic, on a checked picture."""


class Linear(Fixed):
    """y = Ax. ``size`` is the height and width of x; left out, it is that of y."""

    def adjoint(self, y: Array, size: Size | None = None) -> Array:
        """A*y, for which <Ax, y> = <x, A*y>."""
        return np.asarray(self._adjoint(picture(y), self._before(y, size)), np.float32)

    def pseudo_inverse(self, y: Array, size: Size | None = None, ridge: float = RIDGE) -> Array:
        """A⁺y = (A*A + ridge)⁻¹ A*y: of all pictures that explain y best, the smallest.

        With the default ridge ε this is the Moore-Penrose inverse in all but name: A A⁺ A differs
        from A by at most √ε / 2 (in the spectral norm). A larger ridge, noise variance over signal
        variance, keeps noise from being blown up.
        """
        size = self._before(y, size)
        return np.asarray(self._pseudo_inverse(picture(y), size, ridge), np.float32)

    def _before(self, y: Array, size: Size | None) -> Size:
        """The size of x, once it is known to lead to that of y."""
        before = size or size_of(y)
        if self.out_size(before) != size_of(y):
            raise UsageError(
                f"a result of {size_of(y)} pixels for a picture of {before}",
                f"{self.out_size(before)}",
                "give size=(height, width) of the picture before it was damaged",
            )
        return before

    @abstractmethod
    def _adjoint(self, y: Array, size: Size) -> Array:
        """The arithmetic of A*."""

    @abstractmethod
    def _pseudo_inverse(self, y: Array, size: Size, ridge: float) -> Array:
        """The arithmetic of A⁺."""


def required(rng: np.random.Generator | None, operator: Operator) -> np.random.Generator:
    """The generator, or a line that says how to make one."""
    if rng is None:
        raise UsageError(
            f"{type(operator).__name__} without a random generator",
            "rng, so that the damage can be repeated",
            "pass rng=numpy.random.default_rng(seed)",
        )
    return rng
