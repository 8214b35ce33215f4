"""The three sections that an answer owes: task; input, model, output; papers and tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.layout import Layout
from rigatino.answer.audit.mentions import find_mentions
from rigatino.answer.audit.sections import THREE, SectionKind
from rigatino.answer.audit.urls import find_links
from rigatino.answer.audit.words import content_stems

_WHAT: dict[SectionKind, str] = {
    "task": "what the asker is trying to do",
    "workflow": "input, model and output",
    "sources": "papers and tools",
    "other": "",
}
_TASK_CUE = re.compile(
    r"\b(?:tasks?|trying|want(?:s|ed)?|wish|goal|called|tarea|quiere\w*|aufgabe|m[öo]cht\w+|t[âa]che)\b|과제|작업|원하",
    re.I,
)
_FLOW_CUES = (
    re.compile(
        r"\b(?:input|entrada|eingabe|entr[ée]e|goes in|takes? in|ingresso)\b|입력|入力|输入", re.I
    ),
    re.compile(
        r"\b(?:output|salida|ausgabe|sortie|comes out|uscita|sa[íi]da)\b|출력|出力|输出", re.I
    ),
)


@dataclass(frozen=True, slots=True)
class MissingSection:
    """A section that is absent or empty, and the offset where it should stand."""

    kind: SectionKind
    what: str
    at: int


def missing_sections(layout: Layout, evidence: Evidence) -> Iterator[MissingSection]:
    """The sections that are absent; without any headings, those of which nothing tells."""
    headed = any(section.kind != "other" for section in layout.sections)
    for kind in THREE:
        present = _headed(layout, kind) if headed else _told(layout, kind, evidence)
        if not present:
            yield MissingSection(kind, _WHAT[kind], _place(layout, kind))


def _headed(layout: Layout, kind: SectionKind) -> bool:
    """Whether a section of that kind has a sentence in it."""
    return any(layout.kind_of(sentence) == kind for sentence in layout.sentences)


def _told(layout: Layout, kind: SectionKind, evidence: Evidence) -> bool:
    """Whether unheaded text does what the section is for."""
    text = layout.text
    if kind == "sources":
        return bool(find_links(text)) and bool(find_mentions(text, evidence))
    if kind == "workflow":
        return "→" in text or all(cue.search(text) for cue in _FLOW_CUES)
    opening = " ".join(s.text for s in layout.sentences[:4])
    shared = set(content_stems(opening)) & evidence.question_stems
    return bool(_TASK_CUE.search(opening)) and len(shared) >= 2


def _place(layout: Layout, kind: SectionKind) -> int:
    """Before the first later section, else at the end."""
    later = THREE[THREE.index(kind) + 1 :]
    for section in layout.sections:
        if section.kind in later:
            return max(0, section.start - len(section.heading) - section.level - 1)
    return len(layout.text)
