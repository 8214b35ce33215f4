"""Links: found in a field, freed from what is round them, compared, found in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"“”‘’`|\\^{}]+", re.IGNORECASE)
#: An address without its scheme, an arXiv number or a DOI: kept as written.
_PARTIAL = re.compile(
    r"(?:www\.|(?:[a-z0-9-]+\.)?(?:arxiv\.org|github\.com|gitlab\.com|github\.io|doi\.org"
    r"|huggingface\.co|openreview\.net|bitbucket\.org|codeberg\.org)/)[^\s<>\"“”‘’`|\\^{}]+"
    r"|(?:arxiv\s?:\s?)?\b\d{4}\.\d{4,5}(?:v\d+)?\b(?!\.\d)"
    r"|arxiv\s?:\s?[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?"
    r"|\b10\.\d{4,9}/[^\s<>\"“”‘’`|\\^{}]+",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?…'*_~|)]>"
_OPENING = {")": "(", "]": "["}
_NOTHING_WORDS = (
    "none|no|n/a|na|null|nil|nan|-|–|—|--|?|tbd|tba|missing|unavailable|unknown|not available"
    "|not provided|not given|not found|no link|no link provided|no link available|no paper"
    "|no code|no repository|no repo|no github|no url|없음|ninguno|ninguna|no disponible|"
)
_NOTHING = frozenset(_NOTHING_WORDS.split("|"))
_REPOSITORY = re.compile(
    r"(?:https?://)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)"
    r"/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+(?:/[^\s<>\"“”‘’`|\\^{},;()\[\]]*)?",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"^(?:(?:export\.)?arxiv\.org/(?:pdf|abs|html)/|arxiv\s?:\s?)?(\d{4}\.\d{4,5})(?:v\d+)?$"
)
_OWN = re.compile(
    r"\b(?:code|codes|implementation|source|released?|available|project|dataset|model|weights"
    r"|our|here|repository|repo|github|publish\w*|download\w*|found|public\w*)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:based on|built on|build on|builds on|building on|adapted from|borrow\w*|thank"
    r"|compared? (?:to|with)|baselines?|original|follow\w*|forked?|using|uses?)\b.*$",
    re.IGNORECASE,
)


class Link(NamedTuple):
    """A link within a text: its place, and whether it is a complete address."""

    start: int
    end: int
    url: str
    complete: bool


def says_nothing(value: str) -> bool:
    """Whether a field's value is one of the ways to write "none"."""
    return " ".join(value.strip(" \t.*_()[]<>`'\"").split()).lower() in _NOTHING


def find_links(text: str) -> list[Link]:
    """Every link, without the punctuation and brackets that belong to the sentence."""
    found = list(_links(_URL, text, True))
    for link in _links(_PARTIAL, text, False):
        if not any(link.start < other.end and other.start < link.end for other in found):
            found.append(link)
    return sorted(found)


def _links(pattern: re.Pattern[str], text: str, complete: bool) -> Iterator[Link]:
    for match in pattern.finditer(text):
        url = bare(match.group())
        if url:
            yield Link(match.start(), match.start() + len(url), url, complete)


def bare(url: str) -> str:
    """A link without what follows it; brackets that it opened itself are its own."""
    for i, sign in enumerate(url):
        if sign in _OPENING and url.count(_OPENING[sign], 0, i) < url.count(sign, 0, i + 1):
            url = url[:i]
            break
    while url and url[-1] in _TRAILING:
        opening = _OPENING.get(url[-1])
        if opening and url.count(opening) >= url.count(url[-1]):
            break
        url = url[:-1]
    return url


def is_repository(url: str) -> bool:
    """Whether a link leads to a code repository."""
    return bool(_REPOSITORY.match(url))


def same_target(url: str) -> str:
    """A key that is equal for two spellings of one link (not for two arXiv numbers)."""
    key = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower()).rstrip("/")
    key = re.sub(r"\.(?:pdf|git)$", "", key)
    return _ARXIV.sub(r"arxiv:\1", key)


def own_repositories(summary: str) -> list[Link]:
    """Repositories that a summary names as its paper's, rather than as somebody else's.

    A single repository is the paper's. Of several, those count that the words before
    them claim ("code is available at"); if none is claimed, all are returned.
    """
    found = [
        Link(m.start(), m.start() + len(url), url, True)
        for m in _REPOSITORY.finditer(summary)
        if (url := bare(m.group())) and url.rstrip("/").count("/") >= 2
    ]
    distinct = {same_target(link.url): link for link in reversed(found)}
    if len(distinct) < 2:
        return found[:1]
    claimed = [link for link in found if _is_claimed(summary[: link.start])]
    return claimed or found


def _is_claimed(before: str) -> bool:
    clause = _REPOSITORY.sub("", re.split(r"(?<=[.;!?])\s", before)[-1])[-120:]
    return bool(_OWN.search(clause)) and not _OTHERS.search(clause)
