"""The shelf of task cards: read from ``cards/*.toml`` when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rigatino.errors import IntegrityError
from rigatino.tasks.card import CLAUSES, TELLABLE, Card, Sight

_LISTS = ("also", "inputs", "outputs", "hooks")


@cache
def slugs() -> tuple[str, ...]:
    """Every task this installation knows, by name of its card file."""
    folder = files(__package__) / "cards"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def card(slug: str) -> Card:
    """Read one card; ``KeyError`` for a slug without a card."""
    if slug not in slugs():
        raise KeyError(slug)
    text = (files(__package__) / "cards" / f"{slug}.toml").read_text(encoding="utf-8")
    try:
        return _card(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise IntegrityError(
            f"the task card {slug}.toml is damaged ({error})",
            "a card with every field of rigatino.tasks.Card",
            "reinstall rigatino, or mend the card",
        ) from error


def _card(data: dict[str, Any]) -> Card:
    """Build a card, insisting on every field."""
    data = dict(data)
    sights = tuple(Sight(tuple(s["words"]), s["say"]) for s in data.pop("sights"))
    replies = {kind: tuple(data["replies"][kind]) for kind in CLAUSES}
    data.pop("replies")
    neighbours = dict(data.pop("neighbours"))
    again = tuple(dict(more) for more in data.pop("again", ()))
    odd = {field for more in again for field in more} - set(TELLABLE)
    if odd:
        raise KeyError(f"[[again]] tells {', '.join(sorted(odd))}")
    lists: dict[str, Any] = {key: tuple(data.pop(key)) for key in _LISTS}
    return Card(**data, **lists, sights=sights, replies=replies, neighbours=neighbours, again=again)
