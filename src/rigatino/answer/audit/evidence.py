"""A brief made ready for an audit: its items, their texts, and which belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rigatino.answer.audit.urls import same_place, version_of
from rigatino.answer.audit.words import content_stems, stem, words
from rigatino.brief.injection import find_injections
from rigatino.brief.record import Brief

_SUMMARY_LINK = re.compile(r"https?://[^\s<>\"'`|\\^{}\])]+")


@dataclass(frozen=True)
class Item:
    """A model or paper of the brief: ``title`` is its name or title, ``text`` all it says."""

    id: str
    title: str
    text: str
    links: tuple[str, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(content_stems(self.text))


@dataclass(frozen=True, eq=False)
class Evidence:
    """All that an answer may rest on.

    ``kin`` gives, by id, the items that are the same work (they share a link), the id
    itself included: what the paper of a model says is said of the model.
    """

    question: str
    items: dict[str, Item]
    kin: dict[str, frozenset[str]]

    @cached_property
    def text(self) -> str:
        """Everything the brief says, the question first."""
        return "\n".join((self.question, *(item.text for item in self.items.values())))

    @cached_property
    def question_stems(self) -> frozenset[str]:
        """The stems of the asker's content words."""
        return frozenset(content_stems(self.question))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of everything the brief says."""
        return self.question_stems.union(*(item.stems for item in self.items.values()))

    @cached_property
    def word_stems(self) -> frozenset[str]:
        """The stems of all words of the brief, those without content included."""
        return frozenset(stem(word) for word in words(self.text))

    @cached_property
    def owners(self) -> dict[str, frozenset[str]]:
        """The items that a link belongs to, by the link's normal form."""
        found: dict[str, set[str]] = {}
        for item in self.items.values():
            for link in item.links:
                found.setdefault(same_place(link), set()).add(item.id)
        return {link: frozenset(ids) for link, ids in found.items()}

    def owners_of(self, url: str) -> frozenset[str]:
        """The items that a link belongs to; none if it asks for a version they do not give."""
        place, version = same_place(url), version_of(url)
        given = {
            version_of(x) for i in self.items.values() for x in i.links if same_place(x) == place
        }
        known = version is None or version in given
        return self.owners.get(place, frozenset()) if known else frozenset()

    def texts(self, ids: frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
        """What the items with these ids and their kin say."""
        wanted = frozenset().union(*(self.kin[i] for i in ids))
        return tuple(item.text for item in self.items.values() if item.id in wanted)


@lru_cache(maxsize=16)
def evidence_of(brief: Brief) -> Evidence:
    """Lay a brief out for an audit (kept for the last few briefs)."""
    items = {m.id: Item(m.id, m.name, m.name, brief.links()[m.id]) for m in brief.models}
    for paper in brief.papers:
        summary = _without_orders(paper.summary)
        text = f"{paper.title}\n{summary}" if summary else paper.title
        links = brief.links()[paper.id] + tuple(_SUMMARY_LINK.findall(summary))
        items[paper.id] = Item(paper.id, paper.title, text, links)
    return Evidence(brief.question, items, _kin(items))


def _without_orders(text: str) -> str:
    """A text without the orders planted in it: nothing may rest on those."""
    for span in sorted(find_injections(text), key=lambda s: s.start, reverse=True):
        text = text[: span.start] + " " + text[span.end :]
    return text


def _kin(items: dict[str, Item]) -> dict[str, frozenset[str]]:
    places = {i: {same_place(link) for link in item.links} for i, item in items.items()}
    return {i: frozenset(j for j in items if i == j or places[i] & places[j]) for i in items}
