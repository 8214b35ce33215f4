"""Which networks there are: those shipped in the package, and those a user added.

A user's models lie in a folder of their own (see ``models_folder``), each as a file of weights and
a card, named after the model. Nothing is ever loaded whose bytes are not what its card says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rigatino.errors import IntegrityError, ModelError, UsageError
from rigatino.inference.card import ModelCard, read_card
from rigatino.inference.settings import models_folder

#: what the package ships, the preferred first; the cards are ``weights/NAME.json``
SHIPPED = ("mend", "sharpen", "enlarge", "SISR-Any-LIIF-EDSR")
_WEIGHTS = Path(__file__).with_name("weights")


@dataclass(frozen=True, slots=True)
class Model:
    """A card, and where its weights lie."""

    card: ModelCard
    folder: Path
    shipped: bool

    @property
    def path(self) -> Path:
        """The file of its weights."""
        return self.folder / self.card.file

    def verified(self) -> bytes:
        """Its weights; :class:`IntegrityError` if a file is not what the card says."""
        if self.card.decoder is not None:
            verified(self.folder / self.card.decoder.file, self.card.decoder.sha256, self.shipped)
        return verified(self.path, self.card.sha256, self.shipped)


def verified(path: Path, sha256: str, shipped: bool = False) -> bytes:
    """The bytes of a file whose SHA-256 must be this."""
    advice = "reinstall rigatino" if shipped else "remove the model and add it again"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise IntegrityError(
            f"{path} cannot be read ({error.strerror})", "the weights its card names", advice
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise IntegrityError(
            f"{path} has the SHA-256 {found[:16]}…", f"{sha256[:16]}… as its card says", advice
        )
    return content


def models() -> tuple[Model, ...]:
    """Every model there is: shipped ones first, then the user's by name."""
    return (*(_shipped(name) for name in SHIPPED), *_added())


def model(name: str) -> Model:
    """The model of that name."""
    if name in SHIPPED:
        return _shipped(name)
    card = models_folder() / f"{name}.json"
    if Path(name).name == name and card.is_file():
        return _read(card)
    known = ", ".join(m.card.name for m in models())
    raise UsageError(
        f"the model {name!r}",
        f"one of {known}",
        "or add it: rigatino models add FILE --card CARD",
    )


def model_for(task: str) -> Model | None:
    """The first model that the package ships for a task; a user's own must be named."""
    return next((m for m in map(_shipped, SHIPPED) if task in m.card.tasks), None)


def _shipped(name: str) -> Model:
    text = (_WEIGHTS / f"{name}.json").read_bytes()
    return Model(read_card(text, f"{name}.json"), _WEIGHTS, True)


def _added() -> Iterator[Model]:
    folder = models_folder()
    if folder.is_dir():
        for card in sorted(folder.glob("*.json")):
            yield _read(card)


def _read(path: Path) -> Model:
    try:
        card = read_card(path.read_bytes(), path.name)
    except OSError as error:
        raise ModelError(
            f"the card {path} cannot be read ({error.strerror})", "a readable file", "check it"
        ) from error
    return Model(card, path.parent, False)
