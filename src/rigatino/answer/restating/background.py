"""Background written by a model: plain words on the task that name and promise nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from rigatino.answer.audit.boilerplate import field_stems
from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.names import outside_names
from rigatino.answer.audit.quantities import find_quantities
from rigatino.answer.audit.splitting import sentence_spans
from rigatino.answer.audit.words import content_stems
from rigatino.answer.restating.appeals import is_command
from rigatino.answer.restating.characters import plain_fault
from rigatino.answer.restating.figures import figures_fault
from rigatino.answer.restating.namesakes import rare_fault
from rigatino.answer.restating.operators import promise_fault
from rigatino.brief import Brief, find_injections
from rigatino.recommendation import Recommendation
from rigatino.tasks import card

MOST_CHARACTERS = 320
#: the least share of its content words that question, task card and trade have
ON_SUBJECT = 0.6
#: the share of its content words in one sentence of a paper that makes it that paper's
BORROWED = 0.6
_NOBODY = Evidence("", {}, {})
_WORKS = r"papers?|briefs?|sources?|authors?|stud(?:y|ies)|research|researchers?|articles?"
_THINGS = (
    r"models?|modules?|tools?|works?|lists?|materials?|apps?|programs?|products?|services?"
    r"|compan(?:y|ies)|software|methods?|approach(?:es)?|systems?|websites?|links?"
)
_DEICTIC = r"this|these|those|the|that|your|our|its|their|such|an?|any"
_POINTED = r"this|these|those|our|listed|given|provided|recommended|suggested|above|following"
_POINTS = re.compile(
    rf"\b(?:{_DEICTIC})\s+(?:[\w-]+\s+){{0,2}}?(?:{_WORKS})\b"
    rf"|\b(?:{_POINTED})\s+(?:[\w-]+\s+){{0,2}}?(?:{_THINGS})\b"
    r"|\b(?:according to|they (?:show|report|find|prove)|scientists|experts|studies"
    r"|it is (?:proven|known that)|we|our|I|me|my)\b|\[",
    re.IGNORECASE,
)
_GIVES_BACK = r"(?:recover|restor|bring|brought|get|give|reveal|show|find|return)\w*"
_TRUE_THING = (
    r"true|real|original|actual|(?:was|were) (?:really )?there|who (?:was|it)|as it was|had been"
    r"|lost detail"
)
_BOAST = re.compile(
    rf"\b{_GIVES_BACK}\b[^.]{{0,40}}\b(?:{_TRUE_THING})\b"
    r"|\b(?:true|real|actual|original) (?:face|person|detail|scene)s?\b"
    r"|\bidentif\w+|\b(?:completely|entirely|fully|totally|wholly|evidence|certainty)\b",
    re.IGNORECASE,
)
_NO_GUESS = re.compile(
    r"\b(?:nothing|none|no|never|not)\b[^.]{0,30}\b(?:invent|ma[dk]e up|fak|los[est]|chang)\w*"
    r"|\bwithout (?:any |a )?(?:loss|error|doubt|mistake|guess)\w*",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|cannot|never|no|nobody|nothing|rather than|whether)\b|n['’]t\b", re.IGNORECASE
)
_COUNTS = re.compile(
    r"\b(?:half|thirds?|quarters?|doubl\w+|tripl\w+|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|percent|majority)\b",
    re.IGNORECASE,
)


def background_fault(text: str, brief: Brief, rec: Recommendation) -> str | None:
    """Why a sentence of a model may not stand as general background, if anything speaks against."""
    if len(text) > MOST_CHARACTERS:
        return "it is too long for background"
    order = "it gives an order" if is_command(text) or find_injections(text) else None
    boast = "background promises nothing" if _boasts(text) else None
    fault = plain_fault(text) or order or _named(text, brief.question) or boast
    fault = fault or promise_fault(text)
    return fault or _borrowed(text, brief) or _off_subject(text, brief, rec)


def _named(text: str, question: str) -> str | None:
    """A number that is not the asker's own, a name, or somebody's work."""
    counted = [w for w in _COUNTS.findall(text) if w.lower() not in question.lower()]
    small = all(q.worded and q.values[0] <= 2 for q in find_quantities(text))
    if counted or (not small and figures_fault(text, question)) or re.search(r"[%°$€£]", text):
        return "background gives no number"
    named = next(iter(outside_names(text, _NOBODY, capitals_tell=True)), None)
    if named is not None:
        return f"background names nothing, and {text[named.start : named.end]!r} is a name"
    if _POINTS.search(text):
        return "background speaks of no source and of nobody's work"
    return None


def _boasts(text: str) -> bool:
    """What no repair can do, said without a "not" in front."""
    found = _BOAST.search(text)
    return bool(_NO_GUESS.search(text)) or bool(found and not _DENIED.search(text, 0, found.end()))


def _borrowed(text: str, brief: Brief) -> str | None:
    """Background that says what a paper says has to quote it; else nobody could check it."""
    stems = frozenset(content_stems(text))
    for paper in brief.papers:
        for start, end in sentence_spans(paper.summary, 0, len(paper.summary)):
            common = stems & frozenset(content_stems(paper.summary[start:end]))
            if len(common) >= 3 and len(common) >= BORROWED * len(stems):
                return f"it restates {paper.id} without quoting it"
    return None


def restates(text: str, source: str) -> bool:
    """Whether most of a text's words stand in a source: then it speaks of that, not in general."""
    stems = frozenset(content_stems(text))
    return len(stems & frozenset(content_stems(source))) >= BORROWED * max(1, len(stems))


def _off_subject(text: str, brief: Brief, rec: Recommendation) -> str | None:
    subject = _subject(brief.question, tuple(g.slug for g in rec.tasks))
    rare = rare_fault(text, subject)
    stems = content_stems(text)
    known = subject | field_stems()
    if rare or not stems:
        return rare or "it says nothing"
    if sum(s in known for s in stems) < max(2, ON_SUBJECT * len(stems)):
        return "background keeps to the subject of the question"
    return None


@lru_cache(maxsize=32)
def _subject(question: str, tasks: tuple[str, ...]) -> frozenset[str]:
    """The stems of the question and of the cards of its tasks."""
    texts = [question]
    for slug in tasks:
        c = card(slug)
        told = (c.told(field) for field in ("notices", "lost", "clues", "brings", "unknowable"))
        texts += [c.name, c.goal, *(t for each in told for t in each)]
    return frozenset(content_stems("\n".join(texts)))
