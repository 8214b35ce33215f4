"""From drafts to the record: texts mended, repositories found, duplicates merged, ids given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rigatino.brief.drafts import Draft, Remark, Sheet
from rigatino.brief.injection import find_injections
from rigatino.brief.links import is_repository, own_repositories, same_target
from rigatino.brief.notebook import Notebook, shown
from rigatino.brief.record import Brief, Model, Paper, Source
from rigatino.brief.traced import Traced
from rigatino.brief.values import Linked, Note, read_link, read_name, read_summary, read_text
from rigatino.errors import BriefError

EMPTY = Traced("", ())
_FIRST_WORDS = re.compile(r"\S(?:[^\n]{0,70}\S)?(?=\s|$)")
_LINK_PARTS = re.compile(r"[/?#&=]")
_NO_WORD = re.compile(r"(?:%20|[\W_])+")


@dataclass(slots=True)
class Item:
    """A model or paper with clean texts; models have no summary."""

    line: int
    name: Traced
    link: str | None
    github: str | None
    summary: Traced
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, code: str, message: str, line: int | None = None) -> None:
        """Keep a remark about this item."""
        self.remarks.append(Remark(code, message, line or self.line))

    def links(self) -> tuple[str, ...]:
        """Its links."""
        return tuple(link for link in (self.link, self.github) if link)


def assemble(sheet: Sheet, original: str, book: Notebook, literal: bool = False) -> Brief:
    """The record; with ``literal``, texts are taken as they stand."""
    for remark in sheet.remarks:
        book.note(remark.code, remark.message, line=remark.line)
    question = _question(sheet, original, book, literal)
    models = _items(sheet.drafts, "models", original, book, literal)
    papers = _items(sheet.drafts, "papers", original, book, literal)
    _note_absent(models, papers, book)
    brief = Brief(
        question.text,
        tuple(Model(i, m.name.text, m.link, m.github) for i, m in _numbered("M", models)),
        tuple(
            Paper(i, p.name.text, p.link, p.github, p.summary.text)
            for i, p in _numbered("P", papers)
        ),
        (Source("Q", question.text, question.segments()), *_sources(models, papers)),
        form=sheet.form,
        id=sheet.id,
    )
    for prefix, items in (("M", models), ("P", papers)):
        _report(prefix, items, book)
    _report_injections(brief, sheet, models + papers, book)
    return replace(brief, notices=book.notices())


def _question(sheet: Sheet, original: str, book: Notebook, literal: bool) -> Traced:
    def note(code: str, message: str) -> None:
        book.note(code, message, "Q", sheet.question_line)

    question = sheet.question if literal else read_text(sheet.question, original, note)
    if not question.text.strip():
        raise BriefError(
            "the question is blank", "a question", "add the question", line=sheet.question_line
        )
    return question


def _numbered(prefix: str, items: Iterable[Item]) -> list[tuple[str, Item]]:
    return [(f"{prefix}{number}", item) for number, item in enumerate(items, 1)]


def _sources(models: list[Item], papers: list[Item]) -> list[Source]:
    made = [Source(i, m.name.text, m.name.segments()) for i, m in _numbered("M", models)]
    for paper_id, paper in _numbered("P", papers):
        text = paper.name.joined("\n", paper.summary) if paper.summary.text else paper.name
        made.append(Source(paper_id, text.text, text.segments()))
    return made


def _items(
    drafts: list[Draft], section: str, original: str, book: Notebook, literal: bool
) -> list[Item]:
    """The items of a section, mended, completed and each one once."""
    items: list[Item] = []
    for draft in drafts:
        if draft.section == section:
            item = _taken(draft) if literal else _read(draft, original)
            if item.name.text or item.links() or item.summary.text:
                items.append(item)
            else:
                book.note("empty-item", "an item without name, link and summary", line=draft.line)
    if section == "papers":
        for item in items:
            _adopt_repository(item)
    return _merged(items)


def _taken(draft: Draft) -> Item:
    """A draft from a file that this program wrote: nothing to mend."""
    return Item(
        draft.line,
        draft.name or EMPTY,
        draft.link.text if draft.link else None,
        draft.github.text if draft.github else None,
        draft.summary or EMPTY,
    )


def _read(draft: Draft, original: str) -> Item:
    """A draft with every text mended."""
    item = Item(draft.line, EMPTY, None, None, EMPTY, list(draft.remarks))
    note: Note = item.remark
    beside: tuple[Traced, ...] = ()
    if draft.name is not None:
        item.name, beside = read_name(draft.name, original, note)
    if item.name.text.lower() in ("none", "n/a", "-") and not (draft.link or draft.summary):
        item.name = EMPTY
    found: list[Traced] = []
    for key, text in (("link", draft.link), ("github", draft.github)):
        linked = read_link(text, original, note) if text else Linked(None)
        setattr(item, key, linked.link.text if linked.link else None)
        found += [*([linked.link] if linked.link else []), *linked.more]
    found += beside
    _place_more(found, item)
    if draft.summary is not None:
        item.summary = read_summary(draft.summary, original, note)
    if not item.name.text:
        _name_nameless(item, found)
    return item


def _name_nameless(item: Item, links: list[Traced]) -> None:
    """Its link stands in for a missing name, else the first words of its summary."""
    if links:
        item.name = links[0]
        item.remark("name-missing", "its link stands in for the name")
    elif item.summary.text:
        words = _FIRST_WORDS.match(item.summary.text)
        item.name = item.summary.slice(0, words.end()) if words else item.summary
        item.remark("name-missing", "the first words of the summary stand in for the title")


def _place_more(links: list[Traced], item: Item) -> None:
    """Further links of an item: to the field that is free, or reported."""
    for link in links:
        if link.text in item.links():
            continue
        if is_repository(link.text) and item.github is None:
            item.github = link.text
        elif item.link is None:
            item.link = link.text
        else:
            item.remark("extra-link", f"{shown(link.text)} was not kept")


def _adopt_repository(item: Item) -> None:
    """The repository that only the summary names is the paper's."""
    if item.github or "/" not in item.summary.text:
        return
    found = own_repositories(item.summary.text)
    if not found:
        return
    orders = find_injections(item.summary.text)
    honest = [
        link for link in found if not any(o.start < link.end and link.start < o.end for o in orders)
    ]
    targets = {same_target(link.url) for link in honest}
    if len(targets) == 1:
        item.github = honest[0].url
        item.remark("github-from-summary", f"taken from the summary: {shown(honest[0].url)}")
    elif honest:
        named = ", ".join(shown(link.url) for link in honest)
        item.remark("github-undecided", f"the summary names {named}")


def _merged(items: list[Item]) -> list[Item]:
    """Every item once: the same name and no link that contradicts it."""
    kept: list[Item] = []
    by_name: dict[str, list[Item]] = {}
    for item in items:
        alike = by_name.setdefault(" ".join(item.name.text.lower().split()), [])
        twin = next((other for other in alike if _is_same(other, item)), None)
        if twin:
            _absorb(twin, item)
            continue
        if alike:
            code = "same-title" if item.summary.text or alike[0].summary.text else "same-name"
            item.remark(code, f"{shown(item.name.text)} is listed with another link as well")
        alike.append(item)
        kept.append(item)
    return kept


def _is_same(first: Item, second: Item) -> bool:
    pairs = ((first.link, second.link), (first.github, second.github))
    contradict = [a and b and same_target(a) != same_target(b) for a, b in pairs]
    return not contradict[0] and (not contradict[1] or bool(first.link and second.link))


def _absorb(kept: Item, twin: Item) -> None:
    """Complete the first of two equal items by what only the second says."""
    kept.remark("duplicate-merged", f"given again in line {twin.line}; kept once", twin.line)
    other = [link for link in twin.links() if link not in kept.links()]
    kept.link = kept.link or twin.link
    kept.github = kept.github or twin.github
    for link in other:
        if link not in kept.links():
            kept.remark("duplicate-differs", f"the other one links {shown(link)}", twin.line)
    if not kept.summary.text:
        kept.summary = twin.summary
    elif twin.summary.text and twin.summary.text != kept.summary.text:
        message = f"the other summary is not kept: {shown(twin.summary.text)}"
        kept.remark("duplicate-differs", message, twin.line)


def _note_absent(models: list[Item], papers: list[Item], book: Notebook) -> None:
    if not models:
        book.note("no-models", "no model is recommended")
    if not papers:
        book.note("no-papers", "no paper is listed")


def _report(prefix: str, items: list[Item], book: Notebook) -> None:
    for item_id, item in _numbered(prefix, items):
        for remark in item.remarks:
            book.note(remark.code, remark.message, item_id, remark.line)


def _report_injections(brief: Brief, sheet: Sheet, items: list[Item], book: Notebook) -> None:
    """One notice for every order to the answerer, in texts and in links."""
    ids = ["Q", *(m.id for m in brief.models), *(p.id for p in brief.papers)]
    lines = dict(zip(ids, [sheet.question_line, *(item.line for item in items)], strict=True))
    for source in brief.sources:
        for span in find_injections(source.text):
            if source.id == "Q" and span.kind == "request":
                continue  # the asker may well say how the answer should be
            message = f"not obeyed: {shown(span.text, 200)}"
            book.note("injection", message, source.id, lines[source.id])
    for item_id, links in brief.links().items():
        for link in links:
            if any(find_injections(words) for words in _spoken(link)):
                message = f"in a link, not obeyed: {shown(link, 200)}"
                book.note("injection", message, item_id, lines[item_id])


def _spoken(link: str) -> list[str]:
    """The parts of a link as words, where there are enough of them to say something."""
    parts = (_NO_WORD.sub(" ", part).strip() for part in _LINK_PARTS.split(link)[3:])
    return [part for part in parts if part.count(" ") >= 2]
