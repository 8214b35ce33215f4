"""docs/reference/audit.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from rigatino.answer.audit import CODES
from rigatino.answer.audit.boilerplate import MANNER, TRANSFERABLE
from rigatino.answer.audit.grounding import SURE
from rigatino.answer.audit.mutations import KINDS
from rigatino.answer.audit.score import CAPS, PRICES

HEADS = ("code", "reason", "kind", "status")
PAGE = (Path(__file__).parents[3] / "docs/reference/audit.md").read_text(encoding="utf-8")


def rows(heading: str, count: int) -> list[list[str]]:
    """The cells of the tables with ``count`` columns in a chapter, without their heads."""
    chapter = re.split(r"^## ", PAGE, flags=re.M)
    below = next(part for part in chapter if part.startswith(heading))
    lines = [line for line in re.findall(r"^\|(.+)\|$", below, re.M) if set(line) - set("-|")]
    cells = [[cell.strip(" `") for cell in line.split(" | ")] for line in lines]
    return [row for row in cells if len(row) == count and row[0] not in HEADS]


def test_the_table_of_codes_is_the_codes() -> None:
    assert dict(rows("Findings", 2)) == CODES


def test_prices_and_caps_are_those_of_the_code() -> None:
    prices = {code: int(price) for code, price in rows("Score", 2)}
    assert prices == PRICES
    caps = {reason: int(most) for reason, most, _ in rows("Score", 3)}
    assert caps == CAPS


def test_the_mutation_table_is_the_mutations() -> None:
    assert {kind: code for kind, _, code in rows("The selftest", 3)} == KINDS


def test_thresholds_in_the_text_are_those_of_the_code() -> None:
    assert f"From {TRANSFERABLE} on" in PAGE
    assert f"at least {MANNER}" in PAGE
    assert f"gives {SURE} or more" in PAGE
