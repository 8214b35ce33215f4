"""Links that the brief does not have, and links of the brief beside the wrong item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.layout import Block, Layout
from rigatino.answer.audit.masking import without_links
from rigatino.answer.audit.mentions import Mention, find_mentions
from rigatino.answer.audit.urls import Link, find_links, is_code_place, is_paper_place, same_place

_CODE_LABEL = re.compile(r"\b(?:code|github|repo(?:sitory)?|implementation)\b\W{0,5}$", re.I)
_OF_THE_PAPER = re.compile(
    r"\b(?:code|github|repo(?:sitory)?)\b[^.;]{0,20}\b(?:paper|preprint)\b\W{0,5}$", re.I
)
_PAPER_LABEL = re.compile(r"\b(?:paper|arxiv|pdf|preprint)\b\W{0,5}$", re.I)


@dataclass(frozen=True, slots=True)
class WrongLink:
    """A link that is unknown (``owners`` empty) or beside the wrong item."""

    link: Link
    owners: frozenset[str]
    beside: frozenset[str]


def wrong_links(layout: Layout, evidence: Evidence) -> Iterator[WrongLink]:
    """Every link that is not in the brief, or does not belong to the item it stands with."""
    bare = without_links(layout.text)
    mentions = find_mentions(bare, evidence)
    for link in find_links(layout.text):
        owners = evidence.owners_of(link.url)
        if not owners:
            yield WrongLink(link, owners, frozenset())
            continue
        beside = _beside(link, layout, mentions)
        if beside and not beside & owners and not _follows(link, layout, mentions, owners):
            yield WrongLink(link, owners, beside)
        elif _mislabelled(link, bare):
            yield WrongLink(link, owners, frozenset())


def _beside(link: Link, layout: Layout, mentions: tuple[Mention, ...]) -> frozenset[str]:
    """The item that the nearest mention before the link speaks of.

    Looked for in the link's own block, then in the items it is nested in, then in the
    blocks above it in the section, as far as the last one that has a mention.
    """
    index = _block_at(link, layout.blocks)
    if index is None:
        return frozenset()
    own = [m for m in mentions if layout.blocks[index].start <= m.start < link.start]
    if own:
        return _last_with_same(own, layout.text)
    parent = layout.blocks[index].parent
    if parent is not None:
        above = [m for m in mentions if _within(m, layout.blocks[parent])]
        return above[-1].ids if above else frozenset()
    return (
        frozenset()
        if _first_after(link, index, layout, mentions)
        else _above(index, layout, mentions)
    )


def _first_after(link: Link, index: int, layout: Layout, mentions: tuple[Mention, ...]) -> bool:
    """Whether the block names its item only after the link."""
    return any(_within(m, layout.blocks[index]) and m.start > link.end for m in mentions)


def _last_with_same(own: list[Mention], text: str) -> frozenset[str]:
    """The last mention, joined with the ones right before it ("[P1] SwinIR: ...")."""
    ids = own[-1].ids
    for earlier, later in zip(reversed(own[:-1]), reversed(own), strict=False):
        if (
            len(text[earlier.end : later.start].split()) > 3
            or "://" in text[earlier.end : later.start]
        ):
            break
        if later.form == "mark" and earlier.form == "mark":
            ids |= earlier.ids
            continue
        ids = earlier.ids & ids or (earlier.ids if earlier.form == "mark" else ids)
    return ids


def _above(index: int, layout: Layout, mentions: tuple[Mention, ...]) -> frozenset[str]:
    section = layout.blocks[index].section
    for other in reversed(layout.blocks[:index]):
        if other.section != section:
            break
        found = [m for m in mentions if _within(m, other)]
        if found:
            return found[-1].ids
    return frozenset()


def _within(mention: Mention, block: Block) -> bool:
    return block.start <= mention.start < block.end


def _follows(
    link: Link, layout: Layout, mentions: tuple[Mention, ...], owners: frozenset[str]
) -> bool:
    """Whether the owner's mark comes right after the link: ``https://... [P1]``."""
    close = [m for m in mentions if link.end <= m.start <= link.end + 6]
    joined = (not set(layout.text[link.end : m.start]) - set(" )],([*_") for m in close)
    return any(m.ids & owners and near for m, near in zip(close, joined, strict=True))


def _mislabelled(link: Link, bare: str) -> bool:
    """A paper announced as code, or code announced as a paper; ``bare`` is without links."""
    before = bare[max(0, link.start - 24) : link.start]
    place = same_place(link.url)
    if _OF_THE_PAPER.search(bare[max(0, link.start - 40) : link.start]):
        return False  # "GitHub listed with the paper:" announces neither alone
    if _CODE_LABEL.search(before):
        return is_paper_place(place)
    return bool(_PAPER_LABEL.search(before)) and is_code_place(place)


def _block_at(link: Link, blocks: tuple[Block, ...]) -> int | None:
    for index, block in enumerate(blocks):
        if block.start <= link.start < block.end:
            return index
    return None
