"""The lists of single words in ``wordlists.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    data = files("rigatino.answer.audit").joinpath("wordlists.toml").read_text("utf-8")
    return {name: frozenset(text.split()) for name, text in tomllib.loads(data).items()}


def wordlist(name: str) -> frozenset[str]:
    """One list, by the name it has in the file."""
    return _lists()[name]
