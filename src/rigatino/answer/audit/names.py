"""Names of outside works, people and products: anything the brief does not name.

Three kinds of evidence count: a name of the field from ``known_names.txt``; a word shaped
like the name of a method or body (inner capitals, digits, an abbreviation) that is no
general term; and, in languages that write common nouns small, a capital in the middle of
a sentence. Words of the brief, also in pieces, are never outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.mentions import GENERAL_TERMS
from rigatino.answer.audit.wordlists import wordlist
from rigatino.answer.audit.words import STOPWORDS, stem

_WORD = re.compile(r"[^\W_](?:[\w.+'’&]*[\w+])?(?:-[\w+]+)*")
_AUTHOR_YEAR = re.compile(
    r"\b[A-Z][\w'’-]+(?:(?:,? (?:and|&) [A-Z][\w'’-]+)?,? \(?(?:19|20)\d\d[a-z]?\)?"
    r"| et al\.?(?:,? \(?(?:19|20)\d\d[a-z]?\)?)?"
    r"| and (?:his |her |their )?(?:colleagues|co-workers|co-authors|others)"
    r"(?: (?:from|in|of) (?:19|20)\d\d)?)"
)
_WORK_WORDS = (
    "paper|model|method|project|study|article|survey|app|application|program|software|tool|plugin"
    "|service|website|dataset|data set|network|algorithm|library|package|framework|product|company"
)
_WORK = re.compile(rf"\W{{0,3}}\b(?:{_WORK_WORDS})s?\b", re.I)
_WORK_BEFORE = re.compile(rf"\b(?:{_WORK_WORDS}|called|named|known as)s?\W{{0,3}}$", re.I)
_ALNUM = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_MODULE_TYPE = re.compile(r"^[A-Z]\w{1,8}2[A-Z]\w{1,8}$")
_UNIT_LIKE = re.compile(r"^[xX×]?\d[\w.]*$|^\d+(?:[x×]\d+)+$|^[xXvVwWqQ]\d+(?:\.\d+)*$")

_ORDINARY_CAPITALS = wordlist("ordinary_capitals")


@dataclass(frozen=True, slots=True)
class OutsideName:
    """``text[start:end]`` is a name from outside the brief."""

    start: int
    end: int
    why: str


def outside_names(sentence: str, evidence: Evidence, capitals_tell: bool) -> Iterator[OutsideName]:
    """The outside names of a sentence in which links are blanked out.

    ``capitals_tell`` is whether the language writes common nouns with a small letter.
    """
    taken: list[tuple[int, int]] = []
    for name in _candidates(sentence, evidence, capitals_tell):
        if not any(a < name.end and name.start < b for a, b in taken):
            taken.append((name.start, name.end))
            yield name


def _candidates(sentence: str, evidence: Evidence, capitals_tell: bool) -> Iterator[OutsideName]:
    for match in _AUTHOR_YEAR.finditer(sentence):
        if not _is_known(match.group().split()[0], evidence) and _is_person(match.group()):
            yield OutsideName(match.start(), match.end(), "an author whom the brief does not name")
    for match in _known_names().finditer(sentence):
        cased = _cased_alike(match.group()) if capitals_tell else not match.group().islower()
        if cased and not _is_known(match.group(), evidence):
            yield OutsideName(
                match.start(), match.end(), "a known name that the brief does not give"
            )
    found = [*_shaped(sentence, evidence)]
    found += [*_capitalised(sentence, evidence)] if capitals_tell else []
    for start, end in _joined(sentence, sorted(found)):
        yield OutsideName(start, end, "a name that the brief does not give")


def _is_person(text: str) -> bool:
    """Months and sentence openings before a year are no authors."""
    first = text.split(maxsplit=1)[0].rstrip(",")
    return first not in _ORDINARY_CAPITALS and first.lower() not in wordlist("openings")


@lru_cache(maxsize=1)
def _known_names() -> re.Pattern[str]:
    text = files("rigatino.answer.audit").joinpath("known_names.txt").read_text("utf-8")
    names = [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
    names.sort(key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![a-z])", re.I)


def _cased_alike(name: str) -> bool:
    return not (name.islower() and name in wordlist("also_words"))


def _shaped(sentence: str, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Words with inner capitals or digits, and abbreviations."""
    for match in _WORD.finditer(sentence):
        if match.group().islower():
            continue
        word = _without_possessive(match.group())
        if _looks_like_a_name(word) and not _is_known(word, evidence):
            yield match.start(), match.start() + len(word)


def _looks_like_a_name(word: str) -> bool:
    if _UNIT_LIKE.match(word) or _MODULE_TYPE.match(word) or word.upper() in GENERAL_TERMS:
        return False
    pieces = [p for p in word.split("-") if p]
    return any(_distinct_piece(piece) for piece in pieces)


@lru_cache(maxsize=8192)
def _distinct_piece(piece: str) -> bool:
    if piece.upper() in GENERAL_TERMS or piece.upper().rstrip("S") in GENERAL_TERMS:
        return False
    if not piece.isascii() or len(piece) < 3 or _UNIT_LIKE.match(piece) or piece[0].isdigit():
        return False
    if "'" in piece or "’" in piece or "&" in piece:
        return False
    inner = any(c.isupper() for c in piece[1:])
    return inner or (piece[0].isupper() and any(c.isdigit() for c in piece))


def _capitalised(sentence: str, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Words with a capital where the place in the sentence does not ask for one.

    One that is rare and unknown to the brief is a name. A row of common ones is a name if
    it stands by a word for a work ("the Magic Picture app") and the brief lacks one of them.
    """
    spans = [m.span() for m in _WORD.finditer(sentence) if _has_needless_capital(sentence, m)]
    for start, end in spans:
        word = _without_possessive(sentence[start:end])
        if not _is_common(word) and not _is_known(word, evidence):
            yield start, start + len(word)
    for start, end in _joined(sentence, spans):
        row = sentence[start:end].split()
        known = all(_is_known(word, evidence) for word in row)
        if len(row) > 1 and not known and _by_a_work(sentence, start, end):
            yield start, end


def _has_needless_capital(sentence: str, match: re.Match[str]) -> bool:
    if match.group().islower():
        return False
    word = _without_possessive(match.group())
    before = sentence[: match.start()].rstrip()
    opens = not before or before[-1] in ".:!?\"“‘'*_([{•–—-|/→>#…»«"
    opens = opens or "\n" in sentence[len(before) : match.start()]  # a line of its own
    plain = word[0].isupper() and len(word) > 2 and word[1:].islower()
    return plain and not opens and word not in _ORDINARY_CAPITALS


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _is_common(word: str) -> bool:
    """A common word of the language or the field, in its plain form or another."""
    lower = word.lower()
    return lower in wordlist("field_words") or lower in _common_words() or lower in STOPWORDS


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    data = files("rigatino.answer.audit").joinpath("common_words.txt").read_text("utf-8")
    return frozenset(data.split())


@lru_cache(maxsize=1)
def common_stems() -> frozenset[str]:
    """The stems of the common words of the language and of the field's."""
    return frozenset(stem(w) for w in _common_words() | wordlist("field_words") | STOPWORDS)


def _by_a_work(sentence: str, start: int, end: int) -> bool:
    after = _WORK.match(sentence, end)
    return bool(after or _WORK_BEFORE.search(sentence, max(0, start - 24), start))


def _joined(sentence: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbouring names make one name."""
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current and start <= current[1] + 1 and not sentence[current[1] : start].strip():
            current = (current[0], max(current[1], end))
        else:
            if current:
                yield current
            current = (start, end)
    if current:
        yield current


def _is_known(name: str, evidence: Evidence) -> bool:
    """Whether the brief has the name: whole, in another spelling, or in all its pieces."""
    known = _brief_names(
        evidence.text, tuple(link for i in evidence.items.values() for link in i.links)
    )
    squeezed = _squeeze(_without_possessive(name))
    if squeezed in known or squeezed.rstrip("s") in known:
        return True
    pieces = [p for p in re.split(r"[\s/-]+", name) if p]
    if len(pieces) > 1:
        return all(_squeeze(p) in known or not _distinct_piece(p) for p in pieces)
    return stem(name.lower()) in evidence.word_stems


@lru_cache(maxsize=16)
def _brief_names(text: str, links: tuple[str, ...]) -> frozenset[str]:
    """Words, their hyphen and camel pieces and neighbours, all squeezed to letters and digits."""
    found: set[str] = set()
    for chunk in (text, *links):
        cased = _ALNUM.findall(chunk)
        words = [w.lower() for w in cased]
        pieces = [p.lower() for w in cased for p in _camel_pieces(w)]
        for run in (words, pieces):
            for size in (1, 2, 3):
                found.update("".join(run[i : i + size]) for i in range(len(run) - size + 1))
    return frozenset(found)


def _camel_pieces(word: str) -> list[str]:
    return [word] if word.islower() and word.isalpha() else _CAMEL.findall(word)


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
