"""Turns of phrase by key and variant, from ``en.toml``; the choice is the question's."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from rigatino.tasks import Card


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "en.toml").read_text(encoding="utf-8"))


T = TypeVar("T")


def pick(variants: Sequence[T], seed: str) -> T:
    """One of the variants, always the same for the same seed."""
    return variants[zlib.crc32(seed.encode()) % len(variants)]


def headings() -> tuple[str, str, str]:
    """The three headings."""
    first, second, third = _table()["headings"]
    return first, second, third


def kind(name: str) -> str:
    """An input or output in words: "image" is "a picture"."""
    return str(_table()["kinds"].get(name, name.removesuffix(" (optional)")))


def mark(fit: str) -> str:
    """What stands behind an item in the list of section 3."""
    return str(_table()["marks"][fit])


def reason(key: str, **values: str) -> str:
    """Why a paper is only a neighbour, in a few words."""
    return str(_table()["reasons"][key]).format(**values)


class Phrases:
    """The phrases of one answer: variants are drawn by the question."""

    def __init__(self, question: str) -> None:
        """Remember what the choice depends on."""
        self._question = question

    def say(self, key: str, salt: str = "", **values: str) -> str:
        """A phrase with its blanks filled."""
        variants: list[str] = _table()[key]
        return pick(variants, f"{key}|{salt}|{self._question}").format(**values)

    def choose(self, variants: Sequence[T], salt: str = "") -> T:
        """One of some variants that come from elsewhere (a task card)."""
        return pick(variants, f"{salt}|{self._question}")

    def telling(self, card: Card, field: str) -> str:
        """One telling of a card's field: the same wherever this answer speaks of it."""
        return self.choose(card.told(field), f"{card.slug} {field}")


def notice(language: str) -> str:
    """In the asker's language: why the answer is in English."""
    return str(_table()["notices"][language])
