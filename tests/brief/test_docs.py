"""The reference page says what the code says."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

from rigatino.brief import NOTICE_CODES, grammar

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "brief.md").read_text("utf-8")
SOURCES = ROOT / "src" / "rigatino" / "brief"


def table(heading: str) -> dict[str, str]:
    """The rows of the table below a heading."""
    below = PAGE.split(f"\n{heading}\n")[1].split("\n#")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", below, re.MULTILINE)
    return dict(row for row in rows[1:] if not row[0].startswith("---"))


def test_every_notice_code_is_documented_as_it_is() -> None:
    assert table("## Notices") == {f"`{code}`": text for code, text in NOTICE_CODES.items()}


def test_every_notice_code_is_used() -> None:
    code = "\n".join(
        file.read_text("utf-8") for file in SOURCES.glob("*.py") if file.stem != "notebook"
    )
    assert [c for c in NOTICE_CODES if f'"{c}"' not in code] == []


def test_the_vocabulary_is_documented_as_it_is() -> None:
    text = resources.files("rigatino.brief").joinpath("vocabulary.toml").read_text("utf-8")
    data = tomllib.loads(text)
    assert table("### Types") == {k: ", ".join(words) for k, words in data["types"].items()}
    assert table("### Task words") == {
        slug: ", ".join([*entry["words"], *entry.get("exact", [])])
        for slug, entry in data["tasks"].items()
    }


def test_the_rule_is_the_same_in_code_and_docs() -> None:
    words = re.compile(r"[A-Za-z]+")
    rule = (grammar.__doc__ or "").split("**The rule.**")[1].split("What looks like")[0]
    below = PAGE.split("## What opens an item or a section")[1].split("What looks like")[0]
    assert words.findall(below) == words.findall(rule)
