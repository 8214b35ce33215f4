"""Links in a text, and when two of them lead to the same place.

Treated as equal, because nobody is led elsewhere by it: http and https, a leading
``www.``, upper and lower case in the host (for GitHub and arXiv in the path too), a
trailing slash, ``.git``, a fragment; and on arXiv the abstract page, the PDF and the HTML
page of one paper. A version may be left out, but not changed or added: nobody has said that
another one exists. Every other difference counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ADDRESS = r"[^\s<>\"'`|\\^{}\[\]…，。、）」”’]+"
_LINK = re.compile(
    rf"(?:https?|ftp)://{_ADDRESS}"
    rf"|(?<![\w./@-])(?:www\.[\w-]+\.|(?:[\w-]+\.)*(?:arxiv\.org|github\.com|gitlab\.com"
    rf"|huggingface\.co|doi\.org|openaccess\.thecvf\.com|youtu\.be|bit\.ly)/){_ADDRESS}"
    r"|\barxiv\s*:?\s*(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?"
    r"|(?<![\w./])10\.\d{4,9}/[^\s\"<>\])]+",
    re.I,
)
_ARXIV = re.compile(
    r"(?:[\w-]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps)/"
    r"(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?(?:\.pdf)?$",
    re.I,
)
_ARXIV_MARK = re.compile(r"arxiv\s*:?\s*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?$", re.I)
_VERSION = re.compile(r"\d(v\d+)(?:\.pdf)?/?$", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a text, without the punctuation that follows it."""

    url: str
    start: int
    end: int


@lru_cache(maxsize=256)
def find_links(text: str) -> tuple[Link, ...]:
    """Every link of a text: bare, in brackets, in Markdown, with or without a scheme."""
    if "/" not in text and "arxiv" not in text.lower():
        return ()
    return tuple(
        Link(url, m.start(), m.start() + len(url))
        for m in _LINK.finditer(text)
        if (url := _without_punctuation(m.group())).count("/") or ":" in url
    )


def _without_punctuation(url: str) -> str:
    """Cut what belongs to the sentence: end marks, emphasis, unbalanced brackets."""
    while url:
        if url[-1] in ".,;:!?*_~" or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        elif ")" in url and "(" not in url:  # [text](link)more
            url = url[: url.index(")")]
        else:
            return url
    return url


@lru_cache(maxsize=4096)
def same_place(url: str) -> str:
    """The normal form of a link: equal for links that lead to the same place."""
    mark = _ARXIV_MARK.match(url)
    if mark:
        return f"arxiv.org/{mark.group(1).lower()}"
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", _without_punctuation(url.strip()), flags=re.I)
    bare = bare.split("#", 1)[0].rstrip("/")
    arxiv = _ARXIV.match(bare)
    if arxiv:
        return f"arxiv.org/{arxiv.group(1).lower()}"
    host, _, path = bare.partition("/")
    if host.lower() == "github.com":
        path = path.removesuffix(".git").lower()
    return f"{host.lower()}/{path}".rstrip("/")


def version_of(url: str) -> str | None:
    """The version that an arXiv link asks for, ``None`` where it leads to the newest."""
    if not same_place(url).startswith("arxiv.org/"):
        return None
    match = _VERSION.search(_without_punctuation(url.strip()).split("#", 1)[0])
    return match.group(1).lower() if match else None


def is_code_place(place: str) -> bool:
    """Whether a normal form leads to a repository rather than a paper."""
    return place.startswith(("github.com/", "gitlab.com/", "huggingface.co/"))


def is_paper_place(place: str) -> bool:
    """Whether a normal form leads to a paper for sure."""
    return place.startswith(("arxiv.org/", "doi.org/"))
