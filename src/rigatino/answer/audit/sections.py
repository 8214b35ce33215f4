"""Which of the three sections a heading opens: the task, the workflow, or the sources."""

from __future__ import annotations

import re
from typing import Literal

SectionKind = Literal["task", "workflow", "sources", "other"]
THREE: tuple[SectionKind, ...] = ("task", "workflow", "sources")

# Word beginnings in the languages that answers have come in; order of the check matters:
# a heading about papers may also say "how", one about the workflow may also say "task".
_WORDS: dict[SectionKind, re.Pattern[str]] = {
    "sources": re.compile(
        r"\b(papers?|tools?|references?|referenced|sources?|links?|literature|bibliograph|citations?"
        r"|further reading|art[íi]culos?|herramientas?|fuentes?|referencias?|enlaces?|quellen"
        r"|literatur|werkzeuge|outils|r[ée]f[ée]rences?|liens|articoli|strumenti|fonti"
        r"|artigos|ferramentas|refer[êe]ncias)|논문|도구|참고|링크|출처|자료|論文|ツール|参考|论文|工具",
        re.I,
    ),
    "workflow": re.compile(
        r"→|->|=>|➜|\b(input|output|workflow|pipeline|how|works?|mechanism|inside|steps?|c[óo]mo"
        r"|flujo|entrada|salida|funciona|ablauf|eingabe|ausgabe|wie|funktioniert|comment|entr[ée]e"
        r"|sortie|fonctionn|come|flusso|ingresso|uscita|como|fluxo|sa[íi]da)"
        r"|입력|출력|작동|어떻게|워크플로|흐름|방식|入力|出力|仕組み|输入|输出|流程",
        re.I,
    ),
    "task": re.compile(
        r"\b(tasks?|trying|goal|aim|want|wants|problem|purpose|question|asked|asking|job|tarea"
        r"|objetivo|quieres?|intentas?|pretend|aufgabe|ziel|frage|m[öo]chte|t[âa]che|objectif|but"
        r"|compito|obiettivo|tarefa)|과제|작업|목표|하려는|하고 싶|질문|課題|タスク|任务|目标",
        re.I,
    ),
}
_NUMBER = re.compile(r"^\W*(?:section|teil|secci[óo]n|partie|parte)?\s*([1-3])\s*[.):\-–]", re.I)


def heading_kind(title: str) -> SectionKind:
    """The section that a heading opens; its words count before its number."""
    named = [kind for kind, pattern in _WORDS.items() if pattern.search(title)]
    number = _NUMBER.match(title)
    numbered = THREE[int(number.group(1)) - 1] if number else None
    if numbered and (numbered in named or not named):
        return numbered
    return named[0] if named else "other"


def kinds_in_order(titles: list[str]) -> list[SectionKind]:
    """The kinds of all headings; three headings that say nothing known count by order."""
    kinds = [heading_kind(title) for title in titles]
    if len(titles) == 3 and kinds.count("other") >= 2:
        return list(THREE)
    return kinds
