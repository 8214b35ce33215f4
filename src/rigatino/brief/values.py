"""The texts of a brief, freed from what the file did to them.

One function for each kind of value: running text, a name or title, a link. The writer
asks the same functions whether a text would survive, so that what it writes is read
back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from rigatino.brief.links import Link, find_links, says_nothing
from rigatino.brief.markup import latex_left, mend_latex, mend_references, spell_out
from rigatino.brief.mojibake import mend_mojibake
from rigatino.brief.notebook import shown
from rigatino.brief.page import repair_message
from rigatino.brief.traced import Edit, Traced

#: Takes a code and a message.
Note = Callable[[str, str], None]

_BROKEN = re.compile(r"[ \t]*\n\s*")
_WRAPPED = (
    re.compile(r"(\*\*\*|\*\*|\*|__|_|`)(?=\S)(?P<inside>.+?)(?<=\S)\1", re.DOTALL),
    re.compile(r"<(?P<inside>[^<>]+)>"),
)
_MARKDOWN_LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]\(<?(?P<url>[^()\s]+(?:\([^()]*\))?[^()\s]*?)>?\)"
)
_BEFORE_LINK = re.compile(
    r"(?:[\s,;:|(\[<*_–—-]|\b(?:paper|link|url|arxiv|pdf|github|code|repo)\b(?=\W*$))*$",
    re.IGNORECASE,
)
_AROUND = " \t\n\"'“”‘’`<>()[]{}*_|.,;:!?…"


class Linked(NamedTuple):
    """What a link field holds: its link and further ones."""

    link: Traced | None
    more: tuple[Traced, ...] = ()


def mend(text: Traced, note: Note) -> Traced:
    """Undo character references, mojibake that came out of them, and LaTeX."""
    resolved, edits = mend_references(text)
    if edits:
        note("html-entities", repair_message(text.text, edits))
    whole, edits = mend_mojibake(resolved)
    if edits:
        note("mojibake", repair_message(resolved.text, edits))
    plain, made = mend_latex(whole)
    if made:
        note("latex", _latex_message(whole.text, made))
    left = latex_left(plain.text)
    if left:
        note("latex-left", f"{shown(left)} has no plain form here")
    return plain


def _latex_message(text: str, made: list[Edit]) -> str:
    start = min(edit[0] for edit in made[:1])
    return f"LaTeX turned into plain text, first near {shown(text[start : start + 24])}"


def read_text(text: Traced, original: str, note: Note) -> Traced:
    """A question."""
    return spell_out(mend(text, note).strip(), original)


class Named(NamedTuple):
    """What a name line holds: the name, and links that stood in it."""

    name: Traced
    links: tuple[Traced, ...] = ()


def read_name(text: Traced, original: str, note: Note) -> Named:
    """A name or title on one line, and the links that it is wrapped in or followed by."""
    name = mend(text.strip(), note).strip()
    links: list[Traced] = []
    match = _MARKDOWN_LINK.fullmatch(name.text)
    if match:
        links.append(spell_out(name.slice(*match.span("url")), original))
        name = name.slice(*match.span("words")).strip()
    name, more = _without_links(name, original, note)
    name = _unwrapped(name)
    breaks = [(m.start(), m.end(), " ") for m in _BROKEN.finditer(name.text)]
    if breaks:
        note("whitespace", "line breaks became spaces")
        name = name.edited(breaks)
    return Named(spell_out(name, original), (*links, *more))


def _without_links(name: Traced, original: str, note: Note) -> tuple[Traced, list[Traced]]:
    """``X, Paper: https://…`` or ``X (https://…)``: the name is what stands before."""
    found = [link for link in find_links(name.text) if link.complete]
    before = _BEFORE_LINK.sub("", name.text[: found[0].start]) if found else ""
    if not before:
        return name, []
    note("link-inferred", f"links beside the name: {shown(name.text[len(before) :])}")
    links = [spell_out(name.slice(link.start, link.end), original) for link in found]
    return name.slice(0, len(before)), links


def read_summary(text: Traced, original: str, note: Note) -> Traced:
    """A summary; one that says "none" is none."""
    summary = mend(text, note).strip()
    return spell_out(summary, original) if not says_nothing(summary.text) else summary.slice(0, 0)


def _unwrapped(name: Traced) -> Traced:
    """Without bold, code or angle signs that go from end to end."""
    for pattern in _WRAPPED:
        match = pattern.fullmatch(name.text)
        if match and match.group(0)[0] not in match["inside"]:
            name = name.slice(*match.span("inside")).strip()
    return name


def read_link(text: Traced, original: str, note: Note) -> Linked:
    """The link of a field, bare; what is no link is reported."""
    value = mend(text.strip(), _only(note, "html-entities", "mojibake")).strip()
    if says_nothing(value.text):
        return Linked(None)
    links = find_links(value.text)
    if not links:
        note("no-link", f"{shown(value.text)} is no link; counted as missing")
        return Linked(None)
    distinct = list({link.url: link for link in reversed(links)}.values())[::-1]
    first = distinct[0]
    if not first.complete:
        note("link-incomplete", f"{shown(first.url)} is kept as written")
    _note_rest(value.text, links, note)
    found = tuple(spell_out(value.slice(link.start, link.end), original) for link in distinct)
    return Linked(found[0], found[1:])


def _note_rest(value: str, links: list[Link], note: Note) -> None:
    """Report what stood round the links."""
    rest = value
    for start, end, *_ in reversed(links):
        rest = rest[:start] + " " + rest[end:]
    words = rest.strip(_AROUND)
    if words:
        note("link-text", f"beside the link stood {shown(words)}")
    elif rest.strip():
        note("link-trimmed", f"taken off the link: {shown(rest.strip())}")


def _only(note: Note, *codes: str) -> Note:
    def chosen(code: str, message: str) -> None:
        if code in codes:
            note(code, message)

    return chosen


def is_link_value(value: str) -> bool:
    """Whether a field's value is a link with no more than a word or two, or says none."""
    if says_nothing(value):
        return True
    links = find_links(value)
    if not links:
        return False
    rest = value[: links[0].start] + value[links[-1].end :]
    return len(re.findall(r"\w+", rest)) <= 3
