"""The documentation holds: examples run, generated pages are fresh, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contracts import docs

#: Pages at the top of the repository whose links are held to the same.
OUTSIDE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```(?:console|python)$", re.MULTILINE)
EXAMPLES = [page for page in docs.pages() if _BLOCK.search(page.read_text(encoding="utf-8"))]


def links(page: Path) -> list[tuple[Path, str]]:
    """(file, anchor) of every relative link of a page."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    inside = [link for link in _LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    split = [link.partition("#") for link in inside]
    return [((page.parent / path).resolve() if path else page, anchor) for path, _, anchor in split]


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked by."""
    found = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in found]
    return {heading.strip().replace(" ", "-") for heading in plain}


def test_the_generated_pages_are_fresh() -> None:
    assert docs.stale() == []


@pytest.mark.docs
@pytest.mark.parametrize("page", EXAMPLES, ids=lambda p: str(p.relative_to(docs.ROOT)))
def test_the_examples_run(page: Path) -> None:
    assert docs.check_page(page) == []


@pytest.mark.parametrize(
    "page",
    [*sorted(docs.DOCS.rglob("*.md")), *(docs.ROOT / name for name in OUTSIDE)],
    ids=lambda p: str(p.relative_to(docs.ROOT)),
)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        assert target.exists(), target
        assert not anchor or anchor in anchors(target), f"{target}#{anchor}"


def test_every_page_is_reachable_from_the_index() -> None:
    start = docs.DOCS / "index.md"
    reached, open_ = {start}, [start]
    while open_:
        new = {t for t, _ in links(open_.pop()) if t.suffix == ".md" and t.exists()} - reached
        reached |= new
        open_ += new
    unreached = set(docs.DOCS.rglob("*.md")) - reached
    assert not unreached, sorted(str(p.relative_to(docs.DOCS)) for p in unreached)
