"""Where an answer speaks of an item of the brief: by its mark, its title or its short name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.urls import same_place
from rigatino.answer.audit.wordlists import wordlist

#: Abbreviations that belong to the language and never stand for one work.
GENERAL_TERMS = wordlist("general_terms")

_MARK = re.compile(r"(?<![\w./-])([MP])(\d{1,3})(?![\w-]|\.\d|/)")
_MARK_RANGE = re.compile(r"(?<![\w./-])([MP])(\d{1,2})\s*[–-]\s*\1(\d{1,2})(?!\w)")
_DISTINCT = re.compile(r"[A-Za-z][A-Za-z0-9+]*(?:-[A-Za-z0-9+]+)*")
_MODULE_TYPE = re.compile(
    r"^(?:[A-Z]\w*2[A-Z]\w*|[vV]?\d+(?:\.\d+)*|[xXqQwW]\d+(?:\.\d+)?|any|base|large|small)$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` speaks of one of ``ids`` (several where the name does not tell)."""

    start: int
    end: int
    ids: frozenset[str]
    form: str  # mark | title | name


@dataclass(frozen=True, slots=True)
class Names:
    """The ways in which an answer may name the items of one brief."""

    titles: dict[str, frozenset[str]]  # by lower-case title
    names: dict[str, frozenset[str]]  # by short name, case kept
    pattern: re.Pattern[str] | None


@lru_cache(maxsize=1024)
def find_mentions(text: str, evidence: Evidence) -> tuple[Mention, ...]:
    """Every mention in order; where two overlap the longer one counts."""
    names = names_of(evidence)
    found = [*_marks(text, evidence), *_mark_ranges(text, evidence)]
    if names.pattern:
        for match in names.pattern.finditer(text):
            mention = _named(match, names, evidence)
            if mention:
                found.append(mention)
    found.sort(key=lambda m: (m.start, -m.end))
    return tuple(m for i, m in enumerate(found) if not any(o.end > m.start for o in found[:i]))


def title_spans(text: str, evidence: Evidence) -> tuple[tuple[int, int], ...]:
    """Where full or short titles stand: no sentence ends inside one."""
    names = names_of(evidence)
    if names.pattern is None:
        return ()
    return tuple(
        m.span() for m in names.pattern.finditer(text) if _plain(m.group()) in names.titles
    )


def marks_outside(text: str, evidence: Evidence) -> list[tuple[int, int]]:
    """Marks such as [P9] that no item of the brief has."""
    return [
        m.span()
        for m in _MARK.finditer(text)
        if m.group() not in evidence.items
        and text[max(0, m.start() - 1) : m.start()] in "[("
        and m.start() > 0
    ]


def _marks(text: str, evidence: Evidence) -> list[Mention]:
    return [
        Mention(m.start(), m.end(), frozenset((m.group(),)), "mark")
        for m in _MARK.finditer(text)
        if m.group() in evidence.items
    ]


def _mark_ranges(text: str, evidence: Evidence) -> list[Mention]:
    found = []
    for m in _MARK_RANGE.finditer(text):
        ids = {f"{m.group(1)}{n}" for n in range(int(m.group(2)), int(m.group(3)) + 1)}
        if ids and ids <= evidence.items.keys():
            found.append(Mention(m.start(), m.end(), frozenset(ids), "mark"))
    return found


def _named(match: re.Match[str], names: Names, evidence: Evidence) -> Mention | None:
    """A title or short name; a plain word of the question counts only with a capital."""
    word = _plain(match.group())
    if word in names.titles and (" " in word or match.group() in names.names):
        return Mention(match.start(), match.end(), names.titles[word], "title")
    ids = names.names.get(match.group())
    if ids is None:
        return None
    ordinary = match.group()[1:].islower() and word in evidence.question.lower()
    opens = not match.string[: match.start()].rstrip(' *_"“(').endswith((",", ";")) and (
        match.string[: match.start()].rstrip(' \n*_"“(')[-1:] in ".:!?\n-" or match.start() == 0
    )
    return None if ordinary and opens else Mention(match.start(), match.end(), ids, "name")


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def names_of(evidence: Evidence) -> Names:
    """Titles, the part before a colon, and names that look like a method's name."""
    return _names(tuple((i.id, i.title, i.links) for i in evidence.items.values()))


@lru_cache(maxsize=16)
def _names(items: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Names:
    titles: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for item_id, title, links in items:
        head = title.split(":", 1)[0].strip()
        for whole in {title.strip(), title.strip().rstrip("?.!"), head}:
            if " " in whole or whole == title.strip():
                titles.setdefault(_plain(whole), set()).add(item_id)
        for name in [*_short_names(title), *_short_names(_repository(links))]:
            short.setdefault(name, set()).add(item_id)
        if head and " " not in head:
            short.setdefault(head, set()).add(item_id)
            titles.setdefault(_plain(head), set()).add(item_id)
    forms = sorted({*titles, *short}, key=len, reverse=True)
    return Names(
        {k: frozenset(v) for k, v in titles.items()},
        {k: frozenset(v) for k, v in short.items()},
        _any_of(forms),
    )


def _any_of(forms: list[str]) -> re.Pattern[str] | None:
    if not forms:
        return None
    choices = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{choices})(?!\w|-\w)", re.I)


def _short_names(title: str) -> list[str]:
    """Words with an inner capital or digit, and abbreviations that are no general term."""
    found = []
    for word in _DISTINCT.findall(title):
        for piece in {word, *word.split("-")}:
            if _is_distinct(piece):
                found.append(piece)
    return found


def _is_distinct(word: str) -> bool:
    if len(word) < 3 or word.upper() in GENERAL_TERMS or _MODULE_TYPE.match(word):
        return False
    inner_capital = any(c.isupper() for c in word[1:]) and not _title_case_hyphen(word)
    return inner_capital or (any(c.isdigit() for c in word) and word[0].isupper())


def _title_case_hyphen(word: str) -> bool:
    """Ordinary compounds in a title, such as Scale-Arbitrary."""
    return "-" in word and all(p[1:].islower() or len(p) < 2 for p in word.split("-"))


def _repository(links: tuple[str, ...]) -> str:
    """The last part of the first code link, which is often the method's name."""
    places = [link for link in links if same_place(link).startswith("github.com/")]
    return places[0].rstrip("/").rsplit("/", 1)[-1].removesuffix(".git") if places else ""
