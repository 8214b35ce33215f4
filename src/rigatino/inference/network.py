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

    def apply(self, picture: Floats, known: Known = NOTHING) -> Floats:
        """(H, W, 1 or 3) in 0…1 -> (scale · H, scale · W, the same), not clipped.

        Grey goes through a colour network three times over and comes back as the mean. The last
        row and column are repeated until the network takes the size.
        """
        h, w, channels = picture.shape
        c, cell, scale = self.card.channels, self.card.size_multiple, self.card.scale
        if channels != c and channels == 3:
            planes = [self.apply(picture[..., at : at + 1], known) for at in range(3)]
            return np.concatenate(planes, axis=2)
        whole = np.pad(picture, ((0, -h % cell), (0, -w % cell), (0, 0)), mode="edge")
        planes_first = np.ascontiguousarray(whole.transpose(2, 0, 1)[None], np.float32)
        told = self.told(known, channels == 3)
        out = self.session.run(np.repeat(planes_first, c // channels, axis=1), told)
        expected = (1, c, scale * whole.shape[0], scale * whole.shape[1])
        if out.shape != expected:
            raise ModelError(
                f"the model {self.card.name} gave an array of shape {out.shape}",
                f"{expected}, as its card says",
                "correct the card",
            )
        result: Floats = out[0].transpose(1, 2, 0)[: scale * h, : scale * w]
        return result if channels == c else np.asarray(result.mean(axis=2, keepdims=True))

    def told(self, known: Known, coloured: bool) -> Floats | None:
        """(1, n), what a network with hints is told."""
        if self.card.hints is None:
            return None
        return SCHEMES[self.card.hints][1](known, coloured)[None]


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
