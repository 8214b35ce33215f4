"""What a single line of a brief may be: a field, a heading, an instruction, the end.

This is the vocabulary of the text forms; which of these readings holds at a given place
is decided by ``items`` and ``question``.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Key = Literal["name", "link", "github", "summary"]
Section = Literal["models", "papers", "undivided"]

_ALIASES: dict[Key, str] = {
    "name": "model|model name|module|module name|name|title|paper title|modelo|모델",
    "link": "paper|paper link|paper url|link|url|arxiv|arxiv link|arxiv url|arxiv id"
    "|pdf|pdf link|doi|article|reference|논문",
    "github": "github|github link|github url|github repo|github repository|git|code"
    "|code link|code url|repo|repo link|repository|source code|codebase|깃허브",
    "summary": "summary|abstract|paper summary|tl dr|tldr|resumen|요약",
}
_KEYS: dict[str, Key] = {
    alias: key for key, aliases in _ALIASES.items() for alias in aliases.split("|")
}

_LEAD = r"[ \t]*(?:(?:[-*+•·‣–>]|\d{1,3}[.)]|\(\d{1,3}\)|\[[MP]?\d{1,3}\])[ \t]+|\#{1,6}[ \t]*)*"
_BOLD = r"(?:\*{1,3}|_{1,3})?"
_FIELD = re.compile(
    rf"(?P<lead>{_LEAD})(?P<bold>{_BOLD})(?P<key>[^\W\d_][\w /-]{{0,18}}?)"
    r"(?:[ \t]*(?:\([^()\n]{1,12}\)|\#?\d{1,3}))?[ \t]*"
    rf"(?:{_BOLD}[ \t]*[:：][ \t]*{_BOLD})[ \t]*"
)
_HEADING = re.compile(
    r"[ \t]*(?:(?P<hash>\#{1,6})[ \t]*)?(?P<bold>\*\*|__)?(?P<number>\d{1,2}[.)][ \t]+)?"
    r"(?P<text>[^\n]{1,80}?)[ \t]*(?P<colon>[:：])?(?:\*\*|__)?[ \t]*(?P<late>[:：])?"
    r"[ \t]*\#*[ \t]*"
)
_LIKE_A_HEADING = re.compile(r"^[ \t]*(?:#|\*\*|__)|[:：][*_ \t]*$")
_MODELS = re.compile(
    r"(?:the )?(?:recommended|suggested|provided|listed|proposed|selected|matched)?\s*"
    r"(?:ai|cnaps(?: ai)?)?\s*(?:models?|modules?)(?: and tools)?"
    r"|modelos(?: de ia)? recomendados|추천\s*(?:ai\s*)?모델",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"(?:the )?(?:related|relevant|supporting|recommended|provided|listed|matched)?\s*"
    r"(?:research|scientific)?\s*(?:papers?|literature|publications|articles)"
    r"|art[ií]culos relacionados|관련\s*논문",
    re.IGNORECASE,
)
_UNDIVIDED = re.compile(
    r"(?:referenced|relevant|related|recommended|provided|listed|list of|supporting|the)?\s*"
    r"(?:relevant\s*)?(?:models|papers|tools|references)"
    r"(?:\s*(?:,|&|and|/)\s*(?:models|papers|tools|references|links|resources)){1,2}"
    r"|references",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"\s|^관련|^추천|^(?:models|papers|modules)$", re.IGNORECASE)
_OTHER_FIELD = re.compile(
    rf"{_LEAD}{_BOLD}(?:authors?|year|date|published|venue|score|similarity|rank|tasks?|category"
    r"|type|tags?|licen[cs]e|downloads|likes|stars|id|inputs?|outputs?|task|keywords|citations)"
    rf"{_BOLD}[ \t]*[:：]",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"[^\w\n\"“'(]*(?:a|the|one)?\s*user\s+(?:has\s+|just\s+)?ask(?:ed|s)\b[^:\n]{0,60}[:：]\W{0,4}?(?=[\"“'\s]|$)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[^\w\n\"“'(]*(?:(?:the\s+)?(?:user(?:['’]s)?|original)\s+)?(?:question|query|prompt)"
    r"[*_ \t]*(?:[:：][*_]*[ \t]*|$)"
    r"|[^\w\n\"“'(]*(?:사용자\s*)?질문[*_ \t]*(?:[:：][*_]*[ \t]*|$)"
    r"|[^\w\n\"“'(]*pregunta(?: del usuario)?[*_ \t]*(?:[:：][*_]*[ \t]*|$)",
    re.IGNORECASE,
)
_BASED_ON = re.compile(
    r"\W*based\s+on\s+the\s+[^\n]{0,40}\b(?:models?|modules?|papers?)\b[^\n]{0,60}",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"[\s#*_>]*(?:answer|response)[*_ \t]*[:：][*_\s]*", re.IGNORECASE)
_ANSWER_HEADING = re.compile(r"\s*#{1,6}\s*(?:answer|response)\s*", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*")
#: Lines of the founding prompt that say nothing about this brief.
_PREAMBLE = re.compile(
    r"\W*you are an? (?:ai|expert|helpful)[^\n]{0,40}"
    r"|\W*(?:1|a)[.)]?\W*what task (?:is )?the user[^\n]{0,40}"
    r"|\W*(?:2|b)[.)]?\W*how (?:the|would|does|do)[^\n]{0,20}models?\b[^\n]{0,100}"
    r"|\W*(?:3|c)[.)]?\W*(?:list )?(?:the )?relevant papers[^\n]{0,100}"
    r"|\W*use \W*only the provided models and papers[^\n]{0,60}"
    r"|\W*brief\W*",
    re.IGNORECASE,
)


class Field(NamedTuple):
    """A line of the form ``Key: value``; ``value`` is where the value begins in the line."""

    key: Key
    word: str
    value: int
    decorated: bool


def read_field(line: str) -> Field | None:
    """The field that a line states, if its key is one of ours."""
    match = _FIELD.match(line)
    if not match:
        return None
    word = " ".join(match["key"].lower().replace("-", " ").replace("/", " ").split())
    key = _KEYS.get(word)
    if not key:
        return None
    return Field(key, word, match.end(), bool(match["lead"].strip() or match["bold"]))


def is_other_field(line: str) -> bool:
    """Whether a line is a field that catalogues have and a brief has no place for."""
    return bool(_OTHER_FIELD.match(line))


def is_heading(line: str) -> bool:
    """Whether a line is set as a heading: with hashes, or bold from end to end."""
    text = line.strip()
    bold = len(text) > 4 and text[:2] in ("**", "__") and text[:2] == text[-2:]
    return bold or (text.startswith("#") and bool(text.strip("# ")))


def read_section(line: str) -> Section | None:
    """The section that a heading opens, if it is one of ours.

    Without hashes or bold, it has to be more than one word and end in a colon.
    """
    if len(line) > 100 or not _LIKE_A_HEADING.search(line):
        return None
    match = _HEADING.fullmatch(line)
    if not match:
        return None
    text = match["text"].strip(" *_")
    plain = not (match["hash"] or match["bold"])
    if plain and not ((match["colon"] or match["late"]) and _QUALIFIED.search(text)):
        return None
    for section, pattern in _SECTIONS:
        if pattern.fullmatch(text):
            return section
    return None


_SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    ("models", _MODELS),
    ("papers", _PAPERS),
    ("undivided", _UNDIVIDED),
)


def question_begins(line: str) -> int | None:
    """Where in the line the question may begin, if the line introduces it."""
    match = _ASKED.match(line) or _QUESTION.match(line)
    return match.end() if match else None


def is_based_on(line: str) -> bool:
    """Whether this is the sentence that follows the question in the founding prompt."""
    return len(line) < 160 and bool(_BASED_ON.fullmatch(line.rstrip()))


def is_preamble(line: str) -> bool:
    """Whether the line belongs to the founding prompt and says nothing about the brief."""
    text = line.rstrip()
    return len(text) < 200 and (bool(_PREAMBLE.fullmatch(text)) or is_based_on(text))


def is_answer(line: str) -> bool:
    """Whether this is the closing ``Answer:`` line."""
    return len(line) < 40 and bool(_ANSWER.fullmatch(line) or _ANSWER_HEADING.fullmatch(line))


def is_rule(line: str) -> bool:
    """Whether this is a horizontal rule."""
    return bool(_RULE.fullmatch(line))
