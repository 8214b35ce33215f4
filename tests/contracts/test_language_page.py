"""The page on language models names every kind, variable, section and status that there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from rigatino.answer.modelled.claims import MOST_CLAIMS
from rigatino.answer.modelled.sections import SectionName
from rigatino.language.carrying import MOST_BYTES
from rigatino.language.registry import KINDS
from rigatino.language.retrying import TRIES
from rigatino.language.settings import DEFAULT_SECONDS, VARIABLES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "language-models.md").read_text("utf-8")


def test_every_variable_has_its_row() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert dict(rows) == VARIABLES


def test_every_kind_has_its_row_and_its_address() -> None:
    for name, kind in KINDS.items():
        row = re.search(rf"^\| `{name}:MODEL` \|.*$", PAGE, re.MULTILINE)
        assert row, name
        assert kind.url in row.group()
        assert (kind.key_name or "none") in row.group()


def test_the_figures_are_the_programs() -> None:
    assert f"({DEFAULT_SECONDS:.0f} seconds if nothing is said)" in PAGE
    assert f"No more than {MOST_BYTES // 2**20} MiB" in PAGE
    assert f"claims, up to {MOST_CLAIMS}" in PAGE
    assert TRIES == 3
    assert "three times at most" in PAGE
    for section in get_args(SectionName):
        assert f"`{section}`" in PAGE
