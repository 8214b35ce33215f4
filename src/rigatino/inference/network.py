"""One network, ready to be applied to arrays of any size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from rigatino.errors import ModelError
from rigatino.inference.card import ModelCard
from rigatino.inference.hints import NOTHING, SCHEMES, Known
from rigatino.inference.runtimes import open_session
from rigatino.inference.session import Floats, Session
from rigatino.inference.settings import Settings
from rigatino.inference.shelf import Model, model, verified


@dataclass(frozen=True, eq=False)
class Network:
    """A card and its loaded weights."""

    card: ModelCard
    session: Session

    def at(self, part: tuple[slice, slice]) -> Network:  # noqa: ARG002
        """The network for a part of the picture, rows and columns: the same everywhere."""
        return self

    def apply(
        self, picture: Floats, known: Known = NOTHING, beside: Floats | None = None
    ) -> Floats:
        """(H, W, 1 or 3) in 0…1 -> (scale · H, scale · W, the same), not clipped.

        Grey goes through a colour network three times over and comes back as the mean. The last
        row and column are repeated until the network takes the size. ``beside`` is what the card
        wants in further planes, of the picture's shape.
        """
        h, w, channels = picture.shape
        c, scale = self.card.channels, self.card.scale
        given = self._given(picture, beside)
        if channels != c and channels == 3:
            planes = [
                self.apply(picture[..., at : at + 1], known, _plane(beside, at)) for at in range(3)
            ]
            return np.concatenate(planes, axis=2)
        whole = np.concatenate([self._planes_first(part) for part in given], axis=1)
        out = self.session.run(whole, self.told(known, channels == 3))
        expected = (1, c, scale * whole.shape[2], scale * whole.shape[3])
        if out.shape != expected:
            raise ModelError(
                f"the model {self.card.name} gave an array of shape {out.shape}",
                f"{expected}, as its card says",
                "correct the card",
            )
        result: Floats = out[0].transpose(1, 2, 0)[: scale * h, : scale * w]
        return result if channels == c else np.asarray(result.mean(axis=2, keepdims=True))

    def _given(self, picture: Floats, beside: Floats | None) -> tuple[Floats, ...]:
        """What goes in; refused where it is not what the card wants."""
        if (beside is None) != (self.card.beside is None):
            raise ModelError(
                f"a picture {'alone' if beside is None else 'and more'} for {self.card.name}",
                f"a picture {'alone' if beside is not None else f'and its {self.card.beside}'}",
                "use a network that takes what there is",
            )
        return (picture,) if beside is None else (picture, beside)

    def _planes_first(self, part: Floats) -> Floats:
        """(H, W, 1 or c) -> (1, c, up to whole cells, up to whole cells)."""
        (h, w, channels), cell = part.shape, self.card.size_multiple
        whole = np.pad(part, ((0, -h % cell), (0, -w % cell), (0, 0)), mode="edge")
        planes = np.ascontiguousarray(whole.transpose(2, 0, 1)[None], np.float32)
        return np.repeat(planes, self.card.channels // channels, axis=1)

    def told(self, known: Known, coloured: bool) -> Floats | None:
        """(1, n), what a network with hints is told."""
        if self.card.hints is None:
            return None
        return SCHEMES[self.card.hints][1](known, coloured)[None]


def _plane(picture: Floats | None, at: int) -> Floats | None:
    return None if picture is None else picture[..., at : at + 1]


def open_network(name: str | Model, settings: Settings | None = None) -> Network:
    """Load a model by name; its weights are verified first."""
    found = model(name) if isinstance(name, str) else name
    if found.card.hints is not None and found.card.hints not in SCHEMES:
        raise ModelError(
            f"the model {found.card.name} wants hints {found.card.hints!r}",
            f"null or one of {', '.join(SCHEMES)}",
            "correct the card",
        )
    chosen = settings or Settings.of_environment()
    return Network(found.card, _session(found.path, found.card.sha256, found.shipped, chosen))


@lru_cache(maxsize=2)
def _session(path: Path, sha256: str, shipped: bool, settings: Settings) -> Session:
    """The last two are kept: many pictures in a row are mended by the same network."""
    return open_session(path, verified(path, sha256, shipped), settings)
